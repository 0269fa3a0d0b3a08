import { Type, type Static, type TSchema } from 'typebox'
import { Check, Errors } from 'typebox/value'
import type { DeliveryKind } from './kinds.ts'

const NullableText = Type.Union([Type.String(), Type.Null()])

const AttemptOrderSchema = Type.Object({
  provider: Type.String(),
  method: Type.Union([Type.Literal('startAttempt'), Type.Literal('stopAttempt'), Type.Literal('markAttemptError'), Type.Literal('removeAttempt')]),
  examExternalId: NullableText,
  attemptExternalId: NullableText,
})
const ExamOrderSchema = Type.Object({
  provider: Type.String(),
  method: Type.Literal('examSaved'),
  examId: Type.Integer(),
  overrides: Type.Object({ isActive: Type.Optional(Type.Boolean()), isProctored: Type.Optional(Type.Boolean()), backend: Type.Optional(NullableText) }),
})

/** What a row holds, by family. Rows may be older than the running version, so they are checked like any input. */
export const ProviderOrderSchema = Type.Union([AttemptOrderSchema, ExamOrderSchema])
export const LmsOrderSchema = Type.Object({
  service: Type.Union([Type.Literal('credit'), Type.Literal('grades'), Type.Literal('certificates'), Type.Literal('instructor')]),
  method: Type.String(),
  args: Type.Record(Type.String(), Type.Unknown()),
})
export const EmailOrderSchema = Type.Object({
  status: Type.Union([Type.Literal('submitted'), Type.Literal('verified'), Type.Literal('rejected')]),
  attemptId: Type.Integer(),
})
export const WebhookOrderSchema = Type.Object({ url: Type.String(), type: Type.String(), data: Type.Unknown() })

export type ExamOrder = Static<typeof ExamOrderSchema>
export type AttemptOrder = Static<typeof AttemptOrderSchema>
export type LmsOrder = Static<typeof LmsOrderSchema>
export type EmailStatus = Static<typeof EmailOrderSchema>['status']

/** An effect that no number of tries will bring through: dead at once, for a person to look at. */
export class Undeliverable extends Error {
  override readonly name = 'Undeliverable'
}

/** @throws Undeliverable when the row does not hold what its family sends. */
export function readOrder<T extends TSchema> (schema: T, payload: unknown): Static<T> {
  if (Check(schema, payload)) return payload
  const [fault] = Errors(schema, payload)
  throw new Undeliverable(`The stored effect is not what this version sends: ${fault?.instancePath || 'payload'} ${fault?.message ?? 'is wrong'}. It was written by another version.`)
}

/** A few words for lists and logs; never personal data. */
export function describePayload (kind: DeliveryKind, payload: unknown): string {
  if (kind === 'provider' && Check(ProviderOrderSchema, payload)) return `${payload.provider}.${payload.method}`
  if (kind === 'lms' && Check(LmsOrderSchema, payload)) return `${payload.service}.${payload.method}`
  if (kind === 'email' && Check(EmailOrderSchema, payload)) return `e-mail: ${payload.status}`
  if (kind === 'webhook' && Check(WebhookOrderSchema, payload)) return `${payload.type} to ${hostOf(payload.url)}`
  return kind
}

/** Addresses of receivers often carry a token in path or query. */
function hostOf (url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'an address that cannot be read'
}
