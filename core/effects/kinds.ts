/** The families of deliveries; each has one handler. Events and signals become one `webhook` per receiver. */
export type DeliveryKind = 'provider' | 'lms' | 'email' | 'webhook'

export const DELIVERY_KINDS = ['provider', 'lms', 'email', 'webhook'] as const satisfies readonly DeliveryKind[]

export const EFFECT_STATES = ['pending', 'delivered', 'dead'] as const
export type EffectState = typeof EFFECT_STATES[number]

/** The job that delivers a stream, and the one that ends an attempt. */
export const DELIVER_JOB = 'deliver'
export const EXPIRE_JOB = 'expire_attempt'

/** Where a stream leads, e.g. `provider:test`: what may be slow or down as a whole. */
export const destinationOf = (stream: string): string => stream.slice(stream.indexOf('|') + 1)

/** The attempt an effect is about, when it is about one. */
export function attemptIdOf (subject: string): number | undefined {
  const [kind, id] = subject.split(':')
  return kind === 'attempt' && id !== undefined && /^\d+$/.test(id) ? Number(id) : undefined
}
