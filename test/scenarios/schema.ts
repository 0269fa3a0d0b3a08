import { Type, type Static, type TProperties, type TSchema } from 'typebox'

/** The shape of a scenario file (recorded/FORMAT.md). Closed everywhere: a key that is not understood is a fault, not noise. */
const closed = <P extends TProperties>(properties: P) => Type.Object(properties, { additionalProperties: false })
const Maybe = Type.Optional
const Text = Type.String()
const Anything = Type.Unknown()
const Texts = Type.Array(Text)
const List = Type.Array(Anything)
const Dictionary = Type.Record(Text, Anything)
const ActorName = Type.Union([Text, Type.Null()])

const deviation = <E extends TSchema>(expectation: E) => Maybe(closed({
  quirk: Type.Union([Text, Texts]),
  kind: Type.Union([Type.Literal('fix'), Type.Literal('secure'), Type.Literal('tolerate')]),
  accept: Type.Union([Type.Literal('new'), Type.Literal('either')]),
  new: expectation,
}))

const HttpExpectationSchema = closed({
  status: Anything,
  headers: Maybe(Dictionary),
  body: Maybe(Anything),
  empty: Maybe(Type.Literal(true)),
  cookies: Maybe(Type.Record(Text, closed({ value: Maybe(Anything), path: Maybe(Anything) }))),
})
const ViewExpectationSchema = closed({
  view: Maybe(Anything),
  must_contain_actions: Maybe(Texts),
  no_other_actions: Maybe(Type.Boolean()),
  facts: Maybe(Dictionary),
  raises: Maybe(Type.Literal(true)),
})
const CommandExpectation = closed({ ok: Type.Boolean(), sleeps: Maybe(List) })
const ValueExpectation = closed({ value: Maybe(Anything), raises: Maybe(Type.Literal(true)) })
const channels = {
  vendor_calls: Maybe(List),
  token_calls: Maybe(List),
  service_calls: Maybe(List),
  service_queries: Maybe(List),
  emails: Maybe(List),
  events: Maybe(List),
  signals: Maybe(List),
  stored: Maybe(List),
  history: Maybe(List),
}
const ChannelsSchema = closed(channels)

export const HttpStepSchema = closed({
  do: Type.Literal('http'),
  as: ActorName,
  method: Text,
  path: Type.String({ pattern: '^/api/' }),
  query: Maybe(Dictionary),
  headers: Maybe(Type.Record(Text, Text)),
  body: Maybe(Anything),
  content_type: Maybe(Type.Union([Type.Literal('json'), Type.Literal('form'), Type.Literal('multipart'), Type.Literal('raw')])),
  raw_type: Maybe(Text),
  expect: HttpExpectationSchema,
  deviation: deviation(HttpExpectationSchema),
})
export const ClockStepSchema = closed({ do: Type.Literal('clock'), advance_seconds: Maybe(Type.Number()), set: Maybe(Text) })
export const ServiceStepSchema = closed({
  do: Type.Literal('service'), service: Text, method: Maybe(Text), answer: Maybe(Anything), absent: Maybe(Type.Boolean()),
})
export const VendorAnswerSchema = closed({
  status: Maybe(Type.Integer()), json: Maybe(Anything), text: Maybe(Text), timeout: Maybe(Type.Literal(true)), connection_error: Maybe(Type.Literal(true)),
})
export const VendorStepSchema = closed({
  do: Type.Literal('vendor'), provider: Text, on: Text, answer: VendorAnswerSchema, times: Maybe(Type.Integer()),
})
export const StudentViewStepSchema = closed({
  do: Type.Literal('student_view'),
  as: ActorName,
  course_id: Text,
  content_id: Text,
  role: Maybe(Text),
  context: Dictionary,
  expect: ViewExpectationSchema,
  deviation: deviation(ViewExpectationSchema),
})
export const CommandStepSchema = closed({
  do: Type.Literal('command'),
  name: Text,
  args: Texts,
  files: Maybe(Type.Record(Text, Text)),
  expect: CommandExpectation,
  deviation: deviation(CommandExpectation),
})
export const ExpectStepSchema = closed({ do: Type.Literal('expect'), ...channels, deviation: deviation(ChannelsSchema) })
export const SettingsStepSchema = closed({ do: Type.Literal('settings'), set: Dictionary })
export const ActorStepSchema = closed({ do: Type.Literal('actor'), as: Text, set: Dictionary })
export const HostApiStepSchema = closed({
  do: Type.Literal('host_api'), name: Text, args: Dictionary, expect: ValueExpectation, deviation: deviation(ValueExpectation),
})
export const AdminStepSchema = closed({
  do: Type.Literal('admin'),
  as: Text,
  action: Text,
  attempt: Maybe(Anything),
  attempt_code: Maybe(Anything),
  exam: Maybe(Anything),
  values: Maybe(Dictionary),
  expect: CommandExpectation,
  deviation: deviation(CommandExpectation),
})
export const VectorStepSchema = closed({
  do: Type.Literal('vector'), algorithm: Text, input: Dictionary, expect: closed({ output: Anything }),
})

export const ActorSchema = closed({
  id: Type.Integer(),
  username: Text,
  email: Text,
  name: Maybe(Text),
  staff: Maybe(Type.Boolean()),
  active: Maybe(Type.Boolean()),
  course_staff_of: Maybe(Texts),
  groups: Maybe(Texts),
  can_retire: Maybe(Type.Boolean()),
  can_take: Maybe(Type.Boolean()),
})

export const STEP_SCHEMAS = {
  http: HttpStepSchema,
  clock: ClockStepSchema,
  service: ServiceStepSchema,
  vendor: VendorStepSchema,
  student_view: StudentViewStepSchema,
  command: CommandStepSchema,
  expect: ExpectStepSchema,
  settings: SettingsStepSchema,
  actor: ActorStepSchema,
  host_api: HostApiStepSchema,
  admin: AdminStepSchema,
  vector: VectorStepSchema,
} as const

export const ScenarioSchema = closed({
  id: Text,
  title: Text,
  area: Text,
  contract: Anything,
  requires: Maybe(Texts),
  settings: Dictionary,
  actors: Type.Record(Text, ActorSchema),
  steps: Type.Array(Type.Object({ do: Text })),
})

export type Actor = Static<typeof ActorSchema>
export type StepKind = keyof typeof STEP_SCHEMAS
export type StepOf<K extends StepKind> = Static<typeof STEP_SCHEMAS[K]>
export type Step = { [K in StepKind]: StepOf<K> }[StepKind]
export type Scenario = Omit<Static<typeof ScenarioSchema>, 'steps'> & { steps: Step[] }
export type VendorAnswer = Static<typeof VendorAnswerSchema>
export type HttpExpectation = Static<typeof HttpExpectationSchema>
export type ViewExpectation = Static<typeof ViewExpectationSchema>
export type Channels = Static<typeof ChannelsSchema>
export type ChannelName = keyof typeof channels
export const CHANNEL_NAMES = Object.keys(channels) as ChannelName[] // the keys of a const object are exactly its names
