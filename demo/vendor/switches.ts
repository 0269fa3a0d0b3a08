import { Type, type Static } from '@fastify/type-provider-typebox'

/** How an answer can go wrong. The first five happen before the work is done, the others after it. */
export const OUTAGES = {
  none: 'The API works',
  busy: 'Answer 503',
  error: 'Answer 500',
  cut: 'Cut the line before the work is done',
  html: 'Answer a page of HTML',
  expired: 'Expire every token',
  lost: 'Do the work, then cut the line',
  wrong_json: 'Break the JSON in half',
  no_id: 'Answer without an id',
  created: 'Answer 201 instead of 200',
} as const
export type Outage = keyof typeof OUTAGES

/** What Invigil asks for; a route names its own. */
export const OPERATIONS = {
  any: 'Every call',
  token: 'Access tokens',
  configuration: 'Configuration',
  exam: 'Exam saved',
  register: 'Registration',
  read: 'Attempt details',
  report: 'Start, end, error',
  remove: 'Removal',
  user: 'User deletion',
  onboarding: 'Onboarding profiles',
} as const
export type Operation = keyof typeof OPERATIONS

export const REGISTRATIONS = {
  accept: 'Accept',
  by_profile: 'As the onboarding profile says',
  refuse: 'Refuse with 403',
  onboarding_missing: 'Onboarding is missing',
  onboarding_pending: 'Onboarding is pending',
  onboarding_failed: 'Onboarding has failed',
  onboarding_expired: 'Onboarding has expired',
} as const
export type Registration = keyof typeof REGISTRATIONS

export const CALLBACKS = {
  once: 'Once, when a button is pressed',
  twice: 'Twice at the same moment',
  early_review: 'A review as soon as the exam starts',
  late_ready: '"Ready" once more after the end',
} as const
export type Callbacks = keyof typeof CALLBACKS

const oneOf = <Word extends string>(words: Readonly<Record<Word, string>>) => Type.Enum(keysOf(words))
/** An object's own keys, with their type. */
export const keysOf = <Key extends string>(words: Record<Key, unknown>): Key[] => Object.keys(words) as Key[]

const SwitchesSchema = Type.Object({
  delay_ms: Type.Integer({ minimum: 0, maximum: 60_000 }),
  outage: oneOf(OUTAGES),
  /** Delay and outage strike these calls only ... */
  only: oneOf(OPERATIONS),
  /** ... and this many of them; 0 = until the switch is turned. */
  times: Type.Integer({ minimum: 0, maximum: 1000 }),
  registration: oneOf(REGISTRATIONS),
  callbacks: oneOf(CALLBACKS),
  token_seconds: Type.Integer({ minimum: 1, maximum: 86_400 }),
}, { additionalProperties: false })
export type Switches = Static<typeof SwitchesSchema>

/** Those that are to change. */
export const SwitchChanges = Type.Partial(SwitchesSchema, { additionalProperties: false })

export const NORMAL: Readonly<Switches> = Object.freeze({
  delay_ms: 0, outage: 'none', only: 'any', times: 0, registration: 'accept', callbacks: 'once', token_seconds: 3600,
})
