import { createHash } from 'node:crypto'
import { ONBOARDING_REFUSALS, refuse, type Provider } from 'invigil/provider'
import { asId, asObject, excerpt } from './answers.ts'
import { fillPath } from './paths.ts'
import { describe, type VendorAnswer, type VendorRequest } from './session.ts'
import type { Vendor } from './vendor.ts'
import { registrationBody } from './wire.ts'

type Registration = Awaited<ReturnType<Provider['registerAttempt']>>

/** Registers an attempt with the vendor. */
export function registrationMethods (vendor: Vendor): Pick<Provider, 'registerAttempt'> {
  return {
    registerAttempt: async (exam, context, call) => {
      if (!exam.externalId) throw refuse(503, 'the vendor does not know this exam yet; try again in a moment')
      const request: VendorRequest = {
        method: 'POST',
        path: fillPath(vendor.paths.attempts, { exam: exam.externalId }),
        json: registrationBody(context),
        idempotencyKey: disguise(context.attemptCode),
      }
      return readRegistration(request, await vendor.session.send(request, call))
    },
  }
}

/** The same for every try of one attempt, and of no use to who reads it. */
const disguise = (attemptCode: string) => createHash('sha256').update(`registration of ${attemptCode}`).digest('hex')

function readRegistration (request: VendorRequest, { status, text, json }: VendorAnswer): Registration {
  if (status !== 200 && status !== 201) throw refuse(status, excerpt(text) || `the vendor answered ${status} to ${describe(request)}`)
  const answer = asObject(json)
  const onboarding = ONBOARDING_REFUSALS.find(word => word === answer?.['status'])
  if (onboarding) return { onboarding }
  const externalId = asId(answer?.['id'])
  if (!externalId) throw refuse(502, `the vendor registered the attempt without giving it an id: ${excerpt(text) || '(nothing)'}`)
  return { externalId }
}
