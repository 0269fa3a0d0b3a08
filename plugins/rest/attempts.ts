import type { AttemptDetails, AttemptIds, CallInfo, Provider } from 'invigil/provider'
import { asObject, asText, excerpt, isGone, isLost, unexpected } from './answers.ts'
import { fillPath } from './paths.ts'
import type { VendorAnswer, VendorRequest } from './session.ts'
import type { Vendor } from './vendor.ts'

type Methods = Pick<Provider, 'startAttempt' | 'stopAttempt' | 'markAttemptError' | 'removeAttempt' | 'getAttempt'>

/** What is said about one attempt. An attempt the vendor never took in is not spoken of. */
export function attemptMethods (vendor: Vendor): Methods {
  const report = (status: string) => async (ids: AttemptIds, call: CallInfo) => {
    const path = attemptPath(vendor, ids)
    if (!path) return
    const request: VendorRequest = { method: 'PATCH', path, json: { status }, idempotencyKey: call.idempotencyKey }
    settle(request, await vendor.session.send(request, call), call)
  }

  return {
    startAttempt: report('started'),
    stopAttempt: report('submitted'),
    markAttemptError: report('error'),
    removeAttempt: async (ids, call) => {
      const path = attemptPath(vendor, ids)
      return path ? remove(vendor, { method: 'DELETE', path, idempotencyKey: call.idempotencyKey }, call) : true
    },
    getAttempt: async ({ externalId, exam }, call) => {
      const path = attemptPath(vendor, { examExternalId: exam.externalId, attemptExternalId: externalId })
      if (!path) return {}
      const request: VendorRequest = { method: 'GET', path, localised: true }
      return readDetails(request, await vendor.session.send(request, call), vendor.instructionsFor(call), call)
    },
  }
}

function attemptPath ({ paths }: Vendor, { examExternalId, attemptExternalId }: AttemptIds): string | null {
  if (!examExternalId || !attemptExternalId) return null
  return fillPath(paths.attempt, { exam: examExternalId, attempt: attemptExternalId })
}

/** What cannot be mended by repeating is logged and done with; the rest is thrown, so that the host repeats it. */
function settle (request: VendorRequest, answer: VendorAnswer, call: CallInfo): void {
  if (isLost(answer)) throw unexpected(request, answer, '200')
  if (answer.ok) return
  const fields = { status: answer.status, path: request.path, body: excerpt(answer.text) }
  if (isGone(answer)) call.log.info(fields, 'the vendor no longer has this attempt')
  else call.log.error(fields, 'the vendor refuses the new status of this attempt')
}

async function remove (vendor: Vendor, request: VendorRequest, call: CallInfo): Promise<boolean> {
  const answer = await vendor.session.send(request, call)
  if (isGone(answer) || asObject(answer.json)?.['status'] === 'deleted') return true
  if (isLost(answer)) throw unexpected(request, answer, '{"status": "deleted"}')
  call.log.error({ status: answer.status, path: request.path, body: excerpt(answer.text) }, 'the vendor did not remove this attempt')
  return false
}

/** Any answer is one (contract 05 §3.3): what it does not tell, the configuration may, and a vendor who is down fails there. */
function readDetails (request: VendorRequest, answer: VendorAnswer, ownInstructions: string[] | null, call: CallInfo): AttemptDetails {
  if (!answer.ok) call.log.warn({ status: answer.status, path: request.path, body: excerpt(answer.text) }, 'the vendor answered a question about this attempt with an error')
  const details = asObject(answer.json)
  return {
    downloadUrl: asText(details?.['download_url']),
    instructions: ownInstructions ?? texts(details?.['instructions']),
  }
}

const texts = (value: unknown) => Array.isArray(value) ? value.filter(item => typeof item === 'string') : []
