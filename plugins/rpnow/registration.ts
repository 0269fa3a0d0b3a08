import { refuse, type CallInfo, type Provider, type ProviderContext, type RegistrationContext, type SavedExam } from 'invigil/provider'
import { examPassword } from './exam-password.ts'
import { examNameFor, splitName } from './names.ts'
import type { RpnowOptions } from './options.ts'
import { signRequest } from './signature.ts'

const CONTENT_TYPE = 'application/json'
const MINUTE_MS = 60_000
const EXCERPT_LENGTH = 1000

/** What the vendor is told of an attempt. */
export function registrationBody (exam: SavedExam, context: RegistrationContext, options: Readonly<RpnowOptions>, now: Date) {
  return {
    examCode: context.attemptCode,
    organization: options.organization,
    duration: context.timeLimitMins,
    reviewedExam: !context.isSampleAttempt,
    reviewerNotes: reviewerNotes(context),
    examPassword: examPassword(context.attemptCode, options.crypto_key),
    examSponsor: options.exam_sponsor,
    examName: examNameFor(exam.examName),
    ssiProduct: 'rp-now',
    examUrl: context.launchUrl,
    orgExtra: {
      examStartDate: now.toUTCString(),
      examEndDate: new Date(now.getTime() + context.timeLimitMins * MINUTE_MS).toUTCString(),
      noOfStudents: 1,
      examID: exam.id,
      courseID: exam.courseId,
      ...splitName(context.fullName),
      ...(options.send_email && { email: context.email }),
    },
  }
}

function reviewerNotes ({ reviewPolicy, reviewPolicyException, defaultReviewPolicy = '' }: RegistrationContext): string {
  const policy = reviewPolicy ?? defaultReviewPolicy
  return reviewPolicyException ? `${policy}; ${reviewPolicyException}` : policy
}

/** Makes the `registerAttempt` of a provider. */
export function createRegistration ({ options, clock, fetch }: ProviderContext<RpnowOptions>): Provider['registerAttempt'] {
  return async (exam, context, call) => {
    const now = clock.now()
    const body = registrationBody(exam, context, options, now)
    const date = now.toUTCString()
    const keys = { secretKeyId: options.secret_key_id, secretKey: options.secret_key }
    const headers = { 'content-type': CONTENT_TYPE, date, authorization: signRequest(body, { contentType: CONTENT_TYPE, date }, keys) }
    const send = () => fetch(options.exam_register_endpoint, { method: 'POST', headers, body: JSON.stringify(body), redirect: 'manual', signal: call.signal })
    return { externalId: readLocator(await exchange(send, call)) }
  }
}

interface Answer { status: number, text: string }

async function exchange (send: () => Promise<Response>, { signal }: CallInfo): Promise<Answer> {
  try {
    const response = await send()
    return { status: response.status, text: await response.text() }
  } catch (cause) {
    if (signal.aborted) throw signal.reason
    throw new Error('the registration got no answer from the vendor', { cause })
  }
}

/** The vendor's id of the attempt. */
function readLocator ({ status, text }: Answer): string {
  const excerpt = text.slice(0, EXCERPT_LENGTH)
  if (status !== 200 && status !== 201) throw refuse(status, excerpt || `the vendor answered ${status} to a registration`)
  const locator = locatorIn(text)
  if (!locator) throw refuse(502, `the vendor registered the attempt without an ssiRecordLocator: ${excerpt || '(nothing)'}`)
  return locator
}

function locatorIn (text: string): string | null {
  try {
    const answer: unknown = JSON.parse(text)
    const locator: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'ssiRecordLocator') : null
    return typeof locator === 'string' || typeof locator === 'number' ? String(locator) : null
  } catch {
    return null
  }
}
