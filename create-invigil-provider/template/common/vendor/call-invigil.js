// @ts-check
// What your service says to the core of its own accord. Your backend does the same, in whatever language it is written.

const ATTEMPTS = '/api/edx_proctoring/v1/proctored_exam/attempt'

/** @typedef {{ url: string, clientId: string, clientSecret: string }} CoreAddress what the operator gives you: `callback` in the core's configuration */

/** @param {CoreAddress} core */
export function createInvigilClient ({ url, clientId, clientSecret }) {
  async function signIn () {
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret })
    const response = await fetch(`${url}/oauth2/access_token`, { method: 'POST', body: form, signal: AbortSignal.timeout(10_000) })
    if (!response.ok) throw new Error(`the core refuses our client id or secret (${response.status})`)
    const { access_token: token } = await response.json()
    return token
  }

  /** @param {string} attemptId @param {'ready' | 'reviewed'} what @param {object} body */
  async function tell (attemptId, what, body) {
    const response = await fetch(`${url}${ATTEMPTS}/${encodeURIComponent(attemptId)}/${what}`, {
      method: 'POST',
      headers: { authorization: `JWT ${await signIn()}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    })
    if (!response.ok) throw new Error(`the core answered ${response.status} to "${what}": ${await response.text()}`)
  }

  return {
    /** The learner's set-up is done; the exam page lets him start. @param {string} attemptId the id you gave the attempt */
    ready: attemptId => tell(attemptId, 'ready', { status: 'ready' }),
    /** Your verdict. @param {string} attemptId @param {object} review what `normaliseReview` of the provider reads */
    review: (attemptId, review) => tell(attemptId, 'reviewed', review),
  }
}
