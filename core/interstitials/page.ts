import type { User } from '../domain/attempt/attempt.ts'
import type { DomainContext } from '../domain/context.ts'
import { linkPrerequisites } from '../domain/exam/prerequisites.ts'
import { listOnboardingExams } from '../domain/exam/read.ts'
import { reviewPolicyOf } from '../domain/exam/review-policy-of.ts'
import type { CallOptions } from '../provider/registry.ts'
import { durationWords } from './human-time.ts'
import type { Renderer } from './render.ts'
import { pageTimes, setupFacts, type ChosenView, type ViewContext } from './student-view.ts'
import { attemptUrls, buildProctoredVariables, buildTimedVariables, type PageFacts, type ProctoredPageFacts } from './variables.ts'

const API_ROOT = '/api/edx_proctoring'

export interface PageInput { chosen: ChosenView, user: User, context: ViewContext, language: string, call: CallOptions }

/** The variables a page is printed with (contract 03 §3). */
export async function pageVariables (ctx: DomainContext, renderer: Pick<Renderer, 'translator'>, input: PageInput): Promise<object> {
  const facts = await sharedFacts(ctx, renderer, input)
  return facts.family === 'timed' ? buildTimedVariables(facts) : buildProctoredVariables(await proctoredFacts(ctx, facts, input))
}

async function sharedFacts (ctx: DomainContext, renderer: Pick<Renderer, 'translator'>, { chosen, user, context, language }: PageInput): Promise<PageFacts> {
  const { exam, attempt, provider, facts } = chosen
  const { platform } = ctx
  return {
    exam,
    attempt,
    family: facts.family ?? 'timed',
    platform: {
      name: platform.platform_name,
      contactEmail: platform.contact_email,
      techSupportEmail: platform.tech_support_email,
      linkUrls: platform.link_urls,
      escalationEmail: await ctx.lms.instructor.getProctoringEscalationEmail(exam.courseId).catch(() => null),
    },
    urls: { ...attemptUrls(API_ROOT, attempt?.id ?? null), progressPage: ctx.urls.progress(exam.courseId), resetPassword: ctx.urls.passwordAssistance },
    times: await pageTimes(ctx, chosen, user, context.gracePeriodSeconds),
    words: durationWords(renderer.translator(provider?.name ?? null, language)),
  }
}

async function proctoredFacts (ctx: DomainContext, facts: PageFacts, { chosen, context, call }: PageInput): Promise<ProctoredPageFacts> {
  const { exam, provider } = chosen
  if (!provider) throw new Error(`exam ${exam.id} has proctored pages but no provider`)
  return {
    ...facts,
    provider: provider.attributes,
    worker: provider.worker && { url: ctx.urls.worker(provider), integrity: provider.worker.integrity },
    reviewPolicy: (await reviewPolicyOf(ctx.db, exam.id))?.text || null,
    allowOptOut: context.allowProctoringOptOut,
    viewablePastDue: ctx.settings.viewable_past_due,
    blockedByProvider: chosen.facts.blockedByProvider,
    setup: await setupFacts(chosen, call),
    prerequisiteStatus: prerequisiteStatus(ctx, chosen),
    onboardingLink: await onboardingLink(ctx, chosen),
  }
}

function prerequisiteStatus (ctx: DomainContext, { exam, facts, prerequisites }: ChosenView): object | null {
  if (facts.prerequisites !== 'failed' && facts.prerequisites !== 'pending') return null
  const linked = linkPrerequisites(prerequisites, contentId => ctx.urls.jumpTo(exam.courseId, contentId))
  return {
    are_prerequisites_satisifed: false,
    satisfied_prerequisites: linked.satisfied,
    failed_prerequisites: linked.failed,
    pending_prerequisites: linked.pending,
    declined_prerequisites: linked.declined,
  }
}

/** The newest onboarding exam of the same provider (Q52). */
async function onboardingLink (ctx: DomainContext, { view, exam }: ChosenView): Promise<string | null> {
  if (view !== 'proctored_exam/onboarding_error') return null
  const exams = await listOnboardingExams(ctx.db, exam.courseId)
  const same = exams.find(({ backend }) => (backend ?? ctx.providers.defaultName) === (exam.backend ?? ctx.providers.defaultName))
  return same ? ctx.urls.jumpTo(same.courseId, same.contentId) : null
}
