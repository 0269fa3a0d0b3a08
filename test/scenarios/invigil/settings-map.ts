import { isObject, layOver, type JsonObject } from '../json.ts'

/** Flat reference names and where they live in Invigil's configuration (dotted, snake_case). */
export const SETTING_PATHS: Readonly<Record<string, string>> = {
  ALLOW_TIMED_OUT_STATE: 'settings.allow_timed_out_state',
  ALLOW_REVIEW_UPDATES: 'settings.allow_review_updates',
  REQUIRE_FAILURE_SECOND_REVIEWS: 'settings.require_failure_second_reviews',
  ALLOW_CALLBACK_SIMULATION: 'settings.allow_callback_simulation',
  DEFAULT_REVIEW_POLICY: 'settings.default_review_policy',
  DESKTOP_APPLICATION_PING_INTERVAL_SECONDS: 'settings.ping_interval_seconds',
  USE_ONBOARDING_PROFILE_API: 'settings.use_onboarding_profile_api',
  low_threshold_pct: 'settings.low_threshold_pct',
  critically_low_threshold_pct: 'settings.critically_low_threshold_pct',
  PROCTORED_EXAM_VIEWABLE_PAST_DUE: 'settings.viewable_past_due',
  PROCTORING_USER_OBFUSCATION_KEY: 'settings.user_obfuscation_key',
  LINK_URLS: 'lms.link_urls',
  SITE_NAME: 'lms.site_name',
  LEARNING_MICROFRONTEND_URL: 'lms.learning_mfe_url',
  PLATFORM_NAME: 'lms.platform_name',
  DEFAULT_FROM_EMAIL: 'lms.from_email',
  STATUS_EMAIL_FROM_ADDRESS: 'lms.from_email',
  CONTACT_EMAIL: 'lms.contact_email',
  TECH_SUPPORT_EMAIL: 'lms.tech_support_email',
}

/** Understood in other ways than by one key: providers, switches, addresses, and what the test host simply is. */
const SPECIAL = new Set(['PROCTORING_BACKENDS', 'SWITCHES', 'ATTEMPT_CODES', 'WORKER_BUNDLES', 'HTTPS', 'LMS_ROOT_URL', 'LANGUAGE_CODE'])
/** The original defines them and reads them nowhere. */
const WITHOUT_EFFECT = new Set(['SOFTWARE_SECURE_CLIENT_TIMEOUT', 'SOFTWARE_SECURE_SHUT_DOWN_GRACEPERIOD'])

/** `PROCTORING_SETTINGS` of the baseline is only a drawer around flat names. */
export function flattenSettings (settings: JsonObject): JsonObject {
  const { PROCTORING_SETTINGS: drawer, ...flat } = settings
  return isObject(drawer) ? { ...flat, ...drawer } : flat
}

/** Providers are changed option by option; any other setting is replaced as a whole. */
export function changeSettings (current: JsonObject, change: JsonObject): JsonObject {
  const { PROCTORING_BACKENDS: backends, ...replaced } = flattenSettings(change)
  return { ...current, ...replaced, ...(isObject(backends) && layOver({ PROCTORING_BACKENDS: current.PROCTORING_BACKENDS }, { PROCTORING_BACKENDS: backends })) }
}

export function unknownSettings (settings: JsonObject): string[] {
  return Object.keys(flattenSettings(settings)).filter(name => !Object.hasOwn(SETTING_PATHS, name) && !SPECIAL.has(name) && !WITHOUT_EFFECT.has(name))
}
