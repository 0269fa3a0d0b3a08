import type { DomainContext } from '../context.ts'
import { INV_BAD_REQUEST } from '../../errors.ts'
import type { OnboardingRefusal, RegistrationContext } from '../../provider/contract.ts'
import type { LoadedProvider } from '../../provider/registry.ts'
import { allowanceValue, POLICY_EXCEPTION } from '../allowance/read.ts'
import { examFacts } from '../exam/exam-facts.ts'
import { storeExamExternalId } from '../exam/save.ts'
import { savedExam } from '../exam/saved-exam.ts'
import { obscureUserId } from '../obscure-user-id.ts'
import { allowedMinutesFor } from './allowed-time.ts'
import type { Actor, Attempt, Exam, User } from './attempt.ts'

/** What the vendor made of a registration. */
export interface Registration {
  provider: string
  externalId: string | null
  /** The onboarding step the learner is missing; the attempt is kept in this status. */
  refusal: OnboardingRefusal | null
  fullName: string
  profileName: string
}

interface Input {
  exam: Exam
  user: User
  actor: Actor
  attemptCode: string
  reviewPolicy: { text: string } | null
  /** The learner's present attempt: its saved time counts. */
  current: Pick<Attempt, 'timeRemainingSeconds'> | null
}

/**
 * Registers an attempt with the exam's provider: awaited by the learner, outside any transaction.
 * @throws what the guarded call throws: refused, failed, timed out, unavailable
 */
export async function registerAttempt (ctx: DomainContext, input: Input): Promise<Registration> {
  const { actor, attemptCode } = input
  if (!input.exam.isProctored) throw new INV_BAD_REQUEST(`Exam ${input.exam.id} is not proctored: expected attempt_proctored to be false.`)
  const provider = ctx.providers.require(input.exam.backend)
  const exam = await introduceExam(ctx, provider, input.exam, actor)
  const names = await learnerNames(ctx, exam, input.user)
  const answer = await provider.call('registerAttempt', [examFacts(exam), await registrationContext(ctx, input, names)], {
    requestId: actor.requestId ?? null,
    idempotencyKey: attemptCode,
  })
  const refusal = answer && 'onboarding' in answer ? answer.onboarding : null
  const externalId = answer && 'externalId' in answer ? answer.externalId : null
  return { provider: provider.name, externalId, refusal, fullName: names.fullName, profileName: names.profileName }
}

/** A learner may be faster than the notice of the exam itself: then the vendor is told of it now. */
async function introduceExam (ctx: DomainContext, provider: LoadedProvider, exam: Exam, actor: Actor): Promise<Exam> {
  if (exam.externalId !== null || !provider.has('examSaved')) return exam
  const externalId = await provider.call('examSaved', [await savedExam(ctx.db, exam)], { requestId: actor.requestId ?? null, idempotencyKey: `exam-${exam.id}` })
  if (!externalId) return exam
  await storeExamExternalId(ctx, exam.id, externalId, actor)
  return { ...exam, externalId }
}

async function registrationContext (ctx: DomainContext, input: Input, names: LearnerNames): Promise<RegistrationContext> {
  const { exam, user, attemptCode, reviewPolicy, current } = input
  const exception = await allowanceValue(ctx.db, user.id, exam.id, POLICY_EXCEPTION)
  return {
    attemptCode,
    timeLimitMins: await allowedMinutesFor(ctx, exam, user.id, current),
    isSampleAttempt: exam.isPracticeExam,
    userId: obscureUserId(ctx.settings.user_obfuscation_key, user.id, exam.backend),
    fullName: names.fullName,
    email: names.email,
    lmsHost: ctx.urls.lmsHost,
    launchUrl: ctx.urls.launch(attemptCode),
    ...(reviewPolicy && { reviewPolicy: reviewPolicy.text }),
    ...(exception !== null && { reviewPolicyException: exception }),
    defaultReviewPolicy: ctx.settings.default_review_policy,
  }
}

interface LearnerNames { fullName: string, profileName: string, email: string | null }

/** The verified name goes before the profile's; without a platform to ask, the token's name and address serve. */
async function learnerNames (ctx: DomainContext, exam: Exam, user: User): Promise<LearnerNames> {
  const [state, verified] = await Promise.all([
    degrade(ctx, () => ctx.lms.credit.getCreditState(user.id, exam.courseId)),
    degrade(ctx, () => ctx.lms.nameAffirmation.getVerifiedName(user.id)),
  ])
  const known = ctx.platform.adapter === 'none' ? { fullName: user.fullName, email: user.email || null } : { fullName: '', email: null }
  const profileName = state?.profileFullname ?? known.fullName
  return { fullName: verified || profileName, profileName, email: state?.studentEmail ?? known.email }
}

async function degrade<T> (ctx: DomainContext, ask: () => Promise<T | null>): Promise<T | null> {
  try {
    return await ask()
  } catch (err) {
    ctx.log.warn({ err }, 'A platform service failed; the attempt is registered without its answer.')
    return null
  }
}
