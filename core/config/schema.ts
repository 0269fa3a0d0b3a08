import { Type, type Static, type TSchema } from 'typebox'

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()], { default: null })
const text = (value: string) => Type.String({ default: value })
const flag = (value: boolean) => Type.Boolean({ default: value })
const secret = () => Nullable(Type.String({ minLength: 1, secret: true }))
const section = <P extends Record<string, TSchema>>(properties: P) => Type.Object(properties, { additionalProperties: false, default: {} })

const Callback = Type.Object({
  client_id: Type.String({ minLength: 1 }),
  client_secret: Type.String({ minLength: 16, secret: true }),
}, { additionalProperties: false })

export const ProviderEntrySchema = Type.Object({
  package: Type.Optional(Type.String({ minLength: 1, description: 'any installed npm package' })),
  entry: Type.Optional(Type.String({ minLength: 1, description: 'which entry point of the package; default: the provider\'s own name, else the only one' })),
  options: Type.Record(Type.String(), Type.Unknown(), { default: {} }),
  on_boot_failure: Type.Union([Type.Literal('abort'), Type.Literal('disable')], { default: 'abort' }),
  callback: Type.Optional(Callback),
  retired: flag(false),
  courses: Type.Optional(Type.Array(Type.String(), { description: 'the only courses it serves: course keys, or how some begin and a *' })),
  organizations: Type.Optional(Type.Array(Type.String(), { description: 'the only organisations whose courses it serves' })),
  contact_url: Type.Optional(Type.String({ description: 'link in review e-mails of this provider' })),
  // typebox applies the defaults inside a record's rows only where the row itself has one
}, { additionalProperties: false, default: {} })
export type ProviderEntry = Static<typeof ProviderEntrySchema>

export const WebhookSchema = Type.Object({
  url: Type.String({ format: 'uri' }),
  secret: Type.String({ minLength: 1, secret: true }),
  events: Type.Array(Type.String(), { default: ['*'] }),
}, { additionalProperties: false })

export const ConfigSchema = Type.Object({
  server: section({
    host: text('127.0.0.1'),
    port: Type.Integer({ minimum: 0, maximum: 65535, default: 8000 }),
    public_url: text('http://127.0.0.1:8000'),
    trusted_proxies: Type.Array(Type.String(), { default: [] }),
    cors_origins: Type.Array(Type.String(), { default: [] }),
    log_level: Type.Union(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'].map(level => Type.Literal(level)), { default: 'info' }),
    metrics_token: secret(),
  }),
  database: section({
    url: Nullable(Type.String({ minLength: 1, secret: true })),
    pool_max: Type.Integer({ minimum: 2, maximum: 200, default: 10 }),
  }),
  data_dir: text('.data'),
  auth: section({
    jwt: section({
      secret: secret(),
      jwks_url: Nullable(Type.String({ format: 'uri' })),
      issuer: Nullable(Type.String()),
      audience: Nullable(Type.String()),
      algorithms: Type.Array(Type.String(), { default: ['HS256', 'RS256', 'RS512'] }),
    }),
    claims: section({
      user_id: text('user_id'),
      username: text('preferred_username'),
      email: text('email'),
      name: text('name'),
      staff: text('administrator'),
      active: text('is_active'),
      course_staff: text('course_staff'),
      groups: text('groups'),
      permissions: text('permissions'),
    }),
    cookies: section({
      header_payload: text('edx-jwt-cookie-header-payload'),
      signature: text('edx-jwt-cookie-signature'),
      csrf: text('csrftoken'),
    }),
  }),
  providers: section({
    default: Nullable(Type.String()),
    enabled: Type.Record(Type.String({ pattern: '^[a-z0-9][a-z0-9_-]*$' }), ProviderEntrySchema, { default: {} }),
  }),
  lms: section({
    adapter: Type.Union([Type.Literal('none'), Type.Literal('http')], { default: 'none' }),
    services_url: Nullable(Type.String({ format: 'uri' })),
    token: secret(),
    root_url: text('http://127.0.0.1:8000/demo'),
    learning_mfe_url: text('http://127.0.0.1:8000/demo'),
    platform_name: text('Invigil Demo'),
    site_name: text('127.0.0.1:8000'),
    contact_email: text('help@example.org'),
    tech_support_email: text('support@example.org'),
    from_email: text('no-reply@example.org'),
    link_urls: section({
      faq: Type.Optional(Type.String()),
      online_proctoring_rules: Type.Optional(Type.String()),
      contact_us: Type.Optional(Type.String()),
      tech_requirements: Type.Optional(Type.String()),
    }),
  }),
  email: section({ smtp_url: Nullable(Type.String({ minLength: 1, secret: true })) }),
  webhooks: Type.Array(WebhookSchema, { default: [] }),
  settings: section({
    allow_timed_out_state: flag(false),
    allow_review_updates: flag(true),
    require_failure_second_reviews: flag(true),
    allow_callback_simulation: flag(false),
    default_review_policy: text('Closed Book'),
    ping_interval_seconds: Type.Integer({ minimum: 2, default: 60 }),
    use_onboarding_profile_api: flag(false),
    low_threshold_pct: Type.Number({ minimum: 0, maximum: 1, default: 0.2 }),
    critically_low_threshold_pct: Type.Number({ minimum: 0, maximum: 1, default: 0.05 }),
    viewable_past_due: flag(false),
    user_obfuscation_key: secret(),
    ping_failure_passthrough: Type.Array(Type.String(), { default: [] }),
    onboarding_profile_dashboard_api: flag(false),
    review_video_redirect: flag(false),
  }),
  demo: section({ enabled: flag(false), clock: flag(false) }),
}, { additionalProperties: false })

/** The whole configuration, validated, defaults applied, frozen. Keys as in the file. */
export type Config = Readonly<Static<typeof ConfigSchema>>
export type Settings = Config['settings']
