import { ConfigFaults } from '../../../core/config/faults.ts'
import { buildConfig } from '../../../core/config/load.ts'
import type { Config } from '../../../core/config/schema.ts'
import { isObject, layOver, type JsonObject } from '../json.ts'
import type { Stubs } from '../stubs/index.ts'
import { VENDOR_PACKAGE } from './host-root.ts'
import { JWT_SECRET } from './identity.ts'
import { SETTING_PATHS } from './settings-map.ts'
import type { Place } from './start.ts'
import { hasWorker, toLoopback } from './translate.ts'

/** The package that speaks a vendor's protocol; all others are vendors of the common REST protocol. */
const PACKAGES: Readonly<Record<string, string>> = { software_secure: '@invigil/rpnow', null: '@invigil/null' }
/** The common protocol without a worker beside it. */
const WITHOUT_WORKER = '@invigil/rest'
/** Options that hold an address Invigil calls: the scenario's hosts exist on loopback only. */
const CALLED_ADDRESSES = ['base_url', 'exam_register_endpoint']
/** Contract 05 §1: the original drops all others, and one more that it never reads. */
const OPTIONS: ReadonlySet<string> = new Set([
  'base_url', 'client_id', 'client_secret', 'crypto_key', 'default_rules', 'exam_register_endpoint', 'exam_sponsor', 'has_dashboard', 'help_center_article_url',
  'integration_specific_email', 'learner_notification_from_email', 'organization', 'passing_statuses', 'ping_interval', 'secret_key', 'secret_key_id', 'send_email',
  'software_download_url', 'supports_onboarding', 'tech_support_email', 'tech_support_phone', 'token_expiration_time', 'verbose_name', 'video_review_aes_key',
])
const LIST_SWITCHES: Readonly<Record<string, string>> = {
  'edx_proctoring.onboarding_profile_instructor_dashboard_api': 'onboarding_profile_dashboard_api',
  'edx_proctoring.reds_api_redirect': 'review_video_redirect',
}
const PING_SWITCH = /^edx_proctoring\.(\w+)_ping_failure_passthrough$/

/** What the scenario's flat settings are in Invigil's own configuration; checked as a file of an operator would be. */
export function configure (settings: JsonObject, place: Place): Config {
  const { config, faults } = buildConfig(layOver(fromSettings(settings), surroundings(settings, place)), {})
  if (!config || faults.length > 0) throw new ConfigFaults('made from the settings of the scenario', faults)
  return config
}

function surroundings (settings: JsonObject, { stubs, databaseUrl, dataDir }: Place): JsonObject {
  return {
    server: {
      host: '127.0.0.1', port: 0, public_url: 'https://lms.test', trusted_proxies: ['127.0.0.1', '::1'], log_level: process.env['SCENARIO_LOG'] ?? 'silent',
    },
    database: { url: databaseUrl },
    data_dir: dataDir,
    auth: { jwt: { secret: JWT_SECRET } },
    lms: { adapter: 'http', services_url: stubs.lms.url, token: stubs.lms.token },
    email: { smtp_url: stubs.mail.url },
    // two addresses, so that a tracker that fails does not hold up the signals behind its events
    webhooks: [['tracker', 'edx.special_exam.*'], ['signals', 'invigil.*', 'org.*']].map(([name, ...events]) => ({ url: `${stubs.webhooks.url}/${name}`, secret: stubs.webhooks.secret, events })),
    demo: { enabled: false, clock: true },
    providers: fromBackends(settings, stubs),
  }
}

function fromSettings (settings: JsonObject): JsonObject {
  const placed = Object.entries(settings).flatMap(([name, value]) => {
    const path = SETTING_PATHS[name]
    return path === undefined ? [] : [nest(path.split('.'), value)]
  })
  return [...placed, { lms: { root_url: platformRoot(settings) }, settings: fromSwitches(settings.SWITCHES) }].reduce(layOver, {})
}

/** The original makes the platform's addresses of these two. */
const platformRoot = ({ HTTPS: https, SITE_NAME: site }: JsonObject): string => `${https === 'on' ? 'https' : 'http'}://${String(site)}`

function nest ([key = '', ...others]: string[], value: unknown): JsonObject {
  return { [key]: others.length > 0 ? nest(others, value) : value }
}

function fromSwitches (switches: unknown): JsonObject {
  const on = Array.isArray(switches) ? switches.map(String) : []
  return {
    ping_failure_passthrough: on.flatMap(name => PING_SWITCH.exec(name)?.[1] ?? []),
    ...Object.fromEntries(Object.entries(LIST_SWITCHES).map(([name, key]) => [key, on.includes(name)])),
  }
}

/** A provider set to null is not loaded; `DEFAULT` null means that there is no default. One that is not loaded is none: with it Invigil would not start. */
function fromBackends (settings: JsonObject, stubs: Stubs): JsonObject {
  const { PROCTORING_BACKENDS: backends } = settings
  const { DEFAULT: standard = null, ...providers } = isObject(backends) ? backends : {}
  const loaded = Object.entries(providers).flatMap(([name, options]) => isObject(options) ? [[name, provider({ name, options, standard: hasWorker(settings, name) ? VENDOR_PACKAGE : WITHOUT_WORKER }, stubs)] as const] : [])
  const enabled = Object.fromEntries(loaded)
  return { default: Object.hasOwn(enabled, String(standard)) ? standard : null, enabled }
}

function provider ({ name, options: { LINK_URLS: links, ...options }, standard }: { name: string, options: JsonObject, standard: string }, { vendors }: Stubs): JsonObject {
  const mapped = Object.entries(options).filter(([key]) => OPTIONS.has(key)).map(([key, value]) => [key, CALLED_ADDRESSES.includes(key) ? toLoopback(String(value), vendors.origins) : value])
  return { package: PACKAGES[name] ?? standard, options: Object.fromEntries(mapped), ...contactPage(links) }
}

/** Read by the e-mails alone, so it stands beside the options (contract 03 §5). */
function contactPage (links: unknown): JsonObject {
  return isObject(links) && typeof links.contact === 'string' ? { contact_url: links.contact } : {}
}
