const VENDOR_URL = 'http://127.0.0.1:8001'
const USUAL_TIMEOUT_MS = 5000

/** Asks the demo vendor whether the (simulated) desktop application is running; a real vendor would ask the application itself. */
export class Handler {
  readonly vendorUrl: string

  constructor ({ vendorUrl }: { vendorUrl?: unknown } = {}) {
    this.vendorUrl = typeof vendorUrl === 'string' ? vendorUrl.replace(/\/+$/, '') : VENDOR_URL
  }

  onStartExamAttempt (timeout?: number, attemptExternalId?: string) {
    return this.checkRunning(timeout, attemptExternalId)
  }

  onPing (timeout?: number, attemptExternalId?: string) {
    return this.checkRunning(timeout, attemptExternalId)
  }

  async onEndExamAttempt (attemptExternalId?: string) {
    await this.ask('POST', '/app/close', attemptExternalId, USUAL_TIMEOUT_MS)
  }

  async checkRunning (timeout?: number, attemptExternalId?: string) {
    const { proctoring } = await this.ask('GET', '/app/status', attemptExternalId, timeout || USUAL_TIMEOUT_MS)
    if (proctoring !== true) throw new Error('The demo proctoring application is open, but it is not watching this exam.')
  }

  async ask (method: string, path: string, attemptExternalId: string | undefined, timeoutMs: number): Promise<{ proctoring?: unknown }> {
    const query = attemptExternalId ? `?${new URLSearchParams({ attempt: attemptExternalId })}` : ''
    const response = await fetch(`${this.vendorUrl}${path}${query}`, { method, signal: AbortSignal.timeout(timeoutMs) })
      .catch(() => { throw new Error('The demo proctoring application does not answer.') })
    if (!response.ok) throw new Error(`The demo proctoring application answered ${response.status}.`)
    return response.json()
  }
}
