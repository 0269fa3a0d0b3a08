// @ts-check
// Runs in the learner's browser, in a Web Worker. The core bundles it when it starts; imports are welcome.
import { handlerWrapper } from 'invigil/worker'

const USUAL_LIMIT_MS = 5000

/** What the exam page asks. A promise that is rejected keeps the exam closed, and in a ping ends it with an error: say in words what is wrong. */
class Handler {
  /** @param {{ appUrl?: unknown }} [options] what the provider gives as `workerOptions` */
  constructor ({ appUrl } = {}) {
    this.appUrl = String(appUrl ?? '')
  }

  /** @param {number} [timeout] milliseconds @param {string} [attemptExternalId] */
  onStartExamAttempt (timeout, attemptExternalId) {
    return this.assertWatching(timeout, attemptExternalId)
  }

  /** @param {number} [timeout] milliseconds @param {string} [attemptExternalId] */
  onPing (timeout, attemptExternalId) {
    return this.assertWatching(timeout, attemptExternalId)
  }

  /** @param {string} [attemptExternalId] */
  async onEndExamAttempt (attemptExternalId) {
    await this.ask('POST', 'close', USUAL_LIMIT_MS, attemptExternalId)
  }

  /** @param {number} [timeout] @param {string} [attemptExternalId] */
  async assertWatching (timeout, attemptExternalId) {
    const { watching } = await this.ask('GET', 'status', timeout || USUAL_LIMIT_MS, attemptExternalId)
    if (watching !== true) throw new Error('Acme Proctoring is open, but it does not watch this exam. Please start it again.')
  }

  /**
   * @param {'GET' | 'POST'} method
   * @param {string} what
   * @param {number} limitMs
   * @param {string} [attemptExternalId]
   * @returns {Promise<{ watching?: unknown }>}
   */
  async ask (method, what, limitMs, attemptExternalId = '') {
    const url = `${this.appUrl}/app/${encodeURIComponent(attemptExternalId)}/${what}`
    const response = await fetch(url, { method, signal: AbortSignal.timeout(limitMs) }).catch(() => null)
    if (!response?.ok) throw new Error('Acme Proctoring does not answer. Please make sure that it is running on this computer.')
    return response.json()
  }
}

export default handlerWrapper(Handler)
