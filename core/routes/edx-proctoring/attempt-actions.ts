import type { FastifyRequest } from 'fastify'
import { markReadyToResume, reportError, startAttempt, type ActionRequest } from '../../domain/attempt/actions.ts'
import type { AttemptRecord } from '../../domain/attempt/attempt.ts'
import { changeStatus } from '../../domain/attempt/apply.ts'
import { getAttempt } from '../../domain/attempt/read.ts'
import { resetPractice } from '../../domain/attempt/reset-practice.ts'
import type { AttemptStatus } from '../../domain/attempt/status.ts'
import type { DomainContext } from '../../domain/context.ts'
import { INV_BAD_REQUEST, INV_FORBIDDEN } from '../../errors.ts'
import { assertCourseStaff } from '../../http/access.ts'
import { readId } from './fields.ts'
import { actorOf, bodyObject, ownedBy } from './requests.ts'

type Action = (ctx: DomainContext, request: ActionRequest) => Promise<AttemptRecord | null>

const goTo = (to: AttemptStatus): Action => (ctx, { attemptId, actor, authorise }) => changeStatus(ctx, attemptId, { to, actor, authorise })

/** What a learner may ask of his attempt (contract 02 §4.6). */
const LEARNER_ACTIONS: Readonly<Record<string, Action>> = {
  start: startAttempt,
  stop: goTo('ready_to_submit'),
  submit: goTo('submitted'),
  click_download_software: goTo('download_software_clicked'),
  decline: goTo('declined'),
  error: reportError,
  reset_attempt: (ctx, { attemptId, actor, authorise }) => resetPractice(ctx, attemptId, actor, authorise),
}
export const ACTION_NAMES = Object.keys(LEARNER_ACTIONS)
const RESUME = 'mark_ready_to_resume'

/** Answers the id of the attempt that was changed, or false when the request was tolerated without effect. */
export async function takeAction (ctx: DomainContext, request: FastifyRequest, attemptId: number): Promise<number | false> {
  const body = bodyObject(request)
  const named = namedLearner(body)
  if (named !== null || body.action === RESUME) return resume(ctx, request, attemptId, named)
  const action = typeof body.action === 'string' && Object.hasOwn(LEARNER_ACTIONS, body.action) ? LEARNER_ACTIONS[body.action] : undefined
  if (!action) {
    ownedBy(request)(await getAttempt(ctx, attemptId))
    throw new INV_BAD_REQUEST(`Expected action to be one of ${Object.keys(LEARNER_ACTIONS).join(', ')}; found ${JSON.stringify(body.action ?? null).slice(0, 60)}.`)
  }
  if (body.action === 'error') request.log.warn({ attemptId, detail: body.detail }, 'The learner\'s page reports a proctoring error.')
  const changed = await action(ctx, { attemptId, actor: actorOf(request, 'learner'), authorise: ownedBy(request) })
  return changed ? changed.attempt.id : false
}

/** Absent, null, 0 and empty text name nobody. */
function namedLearner ({ user_id: value }: Readonly<Record<string, unknown>>): number | null {
  if (value === undefined || value === null || value === '' || value === 0) return null
  const userId = readId(value)
  if (userId === null) throw new INV_BAD_REQUEST(`Expected user_id to be a whole number, found ${JSON.stringify(value).slice(0, 60)}.`)
  return userId === 0 ? null : userId
}

/** Only course staff, and only for the learner they name (Q34). */
async function resume (ctx: DomainContext, request: FastifyRequest, attemptId: number, learner: number | null): Promise<number> {
  const { exam, attempt } = await getAttempt(ctx, attemptId)
  await assertCourseStaff(request, exam.courseId)
  if (bodyObject(request).action !== RESUME) throw new INV_FORBIDDEN(`With user_id the only action is ${RESUME}.`)
  if (learner === null) throw new INV_FORBIDDEN(`${RESUME} needs the user_id of the learner.`)
  if (attempt.userId !== learner) throw new INV_FORBIDDEN(`Attempt ${attemptId} is not one of user ${learner}.`)
  const record = await markReadyToResume(ctx, { attemptId, actor: actorOf(request, 'staff'), authorise: () => {} })
  return record.attempt.id
}
