import type { Config } from '../../config/schema.ts'
import { createLmsClient } from '../../lms/client.ts'
import { note, ok, reasonOf, wrong, type Finding } from './finding.ts'

const WHAT = 'platform services'
const TIMEOUT_MS = 5_000
/** A question every platform can answer and that means nothing: is nobody staff of no course? */
const QUESTION = { service: 'instructor', method: 'is_course_staff', args: { user: 0, course_id: 'course-v1:invigil+doctor+check' } }

export async function checkPlatform ({ lms }: Config): Promise<Finding[]> {
  if (lms.adapter === 'none' || lms.services_url === null) return [note(WHAT, 'none (lms.adapter)', 'Credit, grades and certificates are left alone. Set lms.adapter to http and lms.services_url to connect the platform.')]
  const client = createLmsClient({ servicesUrl: lms.services_url, token: lms.token, log: { warn: () => {} } })
  try {
    const answer = await client.post(QUESTION, { deadlineMs: TIMEOUT_MS, isQuery: true })
    if (answer) return [ok(WHAT, `${lms.services_url} answers`)]
    return [note(WHAT, `${lms.services_url} has no instructor.is_course_staff (404)`, 'If the platform should have it, correct lms.services_url; else staff of courses are known by their tokens only.')]
  } catch (error) {
    return [explain(error, lms.services_url)]
  } finally {
    await client.close()
  }
}

function explain (error: unknown, url: string): Finding {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  const status = error instanceof Error && 'platformStatus' in error ? error.platformStatus : undefined
  // a refusal with a reason is an answer
  if (code === 'INV_LMS_REFUSED') return ok(WHAT, `${url} answers`)
  if (status === 401 || status === 403) return wrong(WHAT, `the platform refuses the token (${status})`, 'Correct lms.token.')
  if (code === 'INV_LMS_BAD_ANSWER' || code === 'INV_LMS_FAILED') return wrong(WHAT, reasonOf(error), 'Is lms.services_url the root of the service calls? Look at the platform\'s log.')
  return wrong(WHAT, reasonOf(error), 'Check lms.services_url and the network between here and the platform.')
}

/** Can tokens of the platform be checked? */
export async function checkTokens ({ auth: { jwt } }: Config): Promise<Finding[]> {
  const what = 'tokens'
  if (jwt.jwks_url === null) return [jwt.secret === null ? wrong(what, 'neither auth.jwt.secret nor auth.jwt.jwks_url is set', 'Set one of them: nobody can sign in.') : ok(what, 'checked with the shared secret')]
  try {
    const answer = await fetch(jwt.jwks_url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    const body: unknown = answer.ok ? await answer.json() : null
    const keys = typeof body === 'object' && body !== null && 'keys' in body && Array.isArray(body.keys) ? body.keys.length : 0
    return [keys > 0 ? ok(what, `checked with ${keys} keys of ${jwt.jwks_url}`) : wrong(what, `${jwt.jwks_url} answers ${answer.status} and no keys`, 'Correct auth.jwt.jwks_url.')]
  } catch (error) {
    return [wrong(what, `${jwt.jwks_url} cannot be read: ${reasonOf(error)}`, 'Correct auth.jwt.jwks_url, or mend the network.')]
  }
}
