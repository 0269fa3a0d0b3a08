import { allowedMinutesFor, isPastDueFor } from '../domain/attempt/allowed-time.ts'
import { attemptFacts } from '../domain/attempt/attempt-facts.ts'
import { getCurrent } from '../domain/attempt/read.ts'
import { isInProgress } from '../domain/attempt/status.ts'
import { hasPassed, remainingSeconds } from '../domain/attempt/time.ts'
import { dueDateInForce } from '../domain/exam/due-date.ts'
import { examEvent } from '../domain/exam/exam-events.ts'
import { providerOf } from '../domain/exam/exam-provider.ts'
import { areSatisfied, classifyPrerequisites, type Prerequisites as Requirements } from '../domain/exam/prerequisites.ts'
import { settlePrerequisites } from '../domain/exam/prerequisites-for.ts'
import { findExamByContent } from '../domain/exam/read.ts'
import { createExam } from '../domain/exam/save.ts'
import { INV_BAD_REQUEST, INV_EXAM_EXISTS } from '../errors.ts'
import { waitDeadline } from './variables.ts'
import { examFamily, selectView, type Prerequisites, type Selection, type ViewFacts } from './select.ts'
import type { Actor, Attempt, Exam, User } from '../domain/attempt/attempt.ts'
import type { DomainContext } from '../domain/context.ts'
import type { CreditRequirement } from '../lms/services.ts'
import type { CallOptions, LoadedProvider } from '../provider/registry.ts'

/** What the host says about the section when it asks for a page (contract 03 §1). */
export interface ViewContext {
  displayName: string | null
  defaultTimeLimitMins: number | null
  isProctored: boolean
  isPracticeExam: boolean
  dueDate: Date | null
  hideAfterDue: boolean
  allowProctoringOptOut: boolean
  gracePeriodSeconds: number
  creditRequirements: readonly CreditRequirement[] | null
  courseEnd: Date | null
}

export interface ViewRequest {
  user: User
  mayTakeProctored: boolean
  courseId: string
  contentId: string
  role: string
  context: ViewContext
  actor: Actor
  call: CallOptions
  /** The attempt code a vendor's secure browser proved with its cookie, if any. */
  launchedAttemptCode: string | null
}

/** The page that was chosen, with what its variables are built from. */
export interface ChosenView {
  view: NonNullable<Selection['view']>
  exam: Exam
  attempt: Attempt | null
  provider: LoadedProvider | null
  facts: ViewFacts
  prerequisites: Requirements
}

/** Which page this learner is shown instead of the exam content; null = show the content. */
export async function chooseView (ctx: DomainContext, request: ViewRequest): Promise<ChosenView | null> {
  if (request.role !== 'student') return null
  const stored = await findExamByContent(ctx.db, request.courseId, request.contentId) ?? await createFromContext(ctx, request)
  if (!stored.isActive) return null
  const exam: Exam = { ...stored, dueDate: request.context.dueDate }
  const provider = providerOf(ctx.providers, exam)
  const current = await getCurrent(ctx, request.user.id, exam.id)
  const prerequisites = classifyPrerequisites(request.context.creditRequirements ?? [], exam.contentId)
  const facts = await gatherFacts(ctx, request, { exam, attempt: current?.attempt ?? null, provider, prerequisites })
  const { view, effects } = selectView(facts)
  if (effects.includes('decline-attempt')) await settlePrerequisites(ctx, exam, request.user, request.actor, prerequisites)
  if (effects.includes('option-presented')) await ctx.db.transaction(tx => ctx.enqueue(tx, [examEvent(exam, 'option-presented')], request.actor.requestId ?? null))
  return view && { view, exam, attempt: current?.attempt ?? null, provider, facts, prerequisites }
}

interface Known { exam: Exam, attempt: Attempt | null, provider: LoadedProvider | null, prerequisites: Requirements }

async function gatherFacts (ctx: DomainContext, request: ViewRequest, { exam, attempt, provider, prerequisites }: Known): Promise<ViewFacts> {
  const { context, user } = request
  const now = ctx.clock.now()
  const family = examFamily(exam, provider?.attributes.supportsOnboarding ?? false)
  const dueDate = await dueDateInForce(ctx, exam, user.id)
  return {
    role: request.role,
    family,
    examActive: exam.isActive,
    courseEnded: hasPassed(context.courseEnd, now),
    mayTakeProctored: request.mayTakeProctored,
    accountActive: user.isActive,
    status: attempt?.status ?? null,
    readyToResume: attempt !== null && attempt.readyToResume && !attempt.resumed,
    acknowledged: attempt?.isStatusAcknowledged ?? false,
    pastDue: await isPastDueFor(ctx, exam, user.id),
    pastDueForAll: await isPastDueFor(ctx, exam, null),
    viewablePastDue: ctx.settings.viewable_past_due,
    hideAfterDue: exam.hideAfterDue,
    graceActive: waitDeadline({ now, dueDate, gracePeriodSeconds: context.gracePeriodSeconds }) !== null,
    prerequisites: prerequisiteWord(prerequisites),
    blockedByProvider: attempt !== null && isInProgress(attempt.status) && await isBlocked(request, provider, attempt),
  }
}

function prerequisiteWord (requirements: Requirements): Prerequisites {
  if (areSatisfied(requirements)) return 'satisfied'
  if (requirements.declined.length > 0) return 'declined'
  return requirements.failed.length > 0 ? 'failed' : 'pending'
}

/** A provider that cannot say does not lock a learner out of a running exam. */
async function isBlocked ({ call, launchedAttemptCode }: ViewRequest, provider: LoadedProvider | null, { attemptCode }: Attempt): Promise<boolean> {
  if (provider?.state !== 'ready' || !provider.has('blocksContent')) return false
  const launchedBySecureBrowser = launchedAttemptCode === attemptCode
  return await provider.call('blocksContent', [{ attemptCode, launchedBySecureBrowser }], call).catch(() => false) ?? false
}

async function createFromContext (ctx: DomainContext, { courseId, contentId, context, actor }: ViewRequest): Promise<Exam> {
  const { displayName, defaultTimeLimitMins, isProctored, isPracticeExam, dueDate, hideAfterDue } = context
  if (displayName === null || defaultTimeLimitMins === null) {
    throw new INV_BAD_REQUEST(`There is no exam for ${contentId} in ${courseId}: expected context.display_name and context.default_time_limit_mins to create it from.`)
  }
  try {
    return await createExam(ctx, { courseId, contentId, examName: displayName, timeLimitMins: defaultTimeLimitMins, isProctored, isPracticeExam, dueDate, hideAfterDue }, actor)
  } catch (error) {
    // a whole class opens the section at the same moment: one of them was first
    const exam = error instanceof INV_EXAM_EXISTS ? await findExamByContent(ctx.db, courseId, contentId) : null
    if (!exam) throw error
    return exam
  }
}

/** What the vendor says about setting up; a vendor who does not answer in time must not keep the page from the learner. */
export async function setupFacts ({ attempt, exam, provider, view }: ChosenView, call: CallOptions) {
  if (view !== 'proctored_exam/instructions' || !attempt) return null
  if (provider?.state !== 'ready') return 'unavailable' as const
  try {
    const details = await provider.call('getAttempt', [attemptFacts(attempt, exam)], call)
    const softwareDownloadUrl = details?.downloadUrl || await provider.call('getSoftwareDownloadUrl', [], call) || null
    return { instructions: details?.instructions ?? null, softwareDownloadUrl }
  } catch {
    return 'unavailable' as const
  }
}

export async function pageTimes (ctx: DomainContext, { exam, attempt, facts }: ChosenView, user: User, gracePeriodSeconds: number) {
  const now = ctx.clock.now()
  return {
    now,
    dueDate: await dueDateInForce(ctx, exam, user.id),
    pastDue: facts.pastDue,
    computedMinutes: await allowedMinutesFor(ctx, exam, user.id, attempt),
    remainingSeconds: attempt ? remainingSeconds(attempt, now) : 0,
    gracePeriodSeconds,
  }
}
