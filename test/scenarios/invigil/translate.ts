import { isObject, type JsonObject } from '../json.ts'

/**
 * What the scenario files call by the recorded platform's names and Invigil by its own: vendors' hosts, and the workers' scripts.
 * An address Invigil answers is put into the words of the files before it is compared.
 */

const WORKER = /(https:\/\/lms\.test)?\/static\/providers\/(\w+)\/worker-[0-9a-f]+\.js/g

export interface Names {
  /** Host in the files -> address on loopback. */
  origins: ReadonlyMap<string, string>
  /** `WORKER_BUNDLES`: provider -> the address its worker's script has in the files; a relative one is put behind `LMS_ROOT_URL`. */
  settings: JsonObject
}

export function toLoopback (text: string, origins: ReadonlyMap<string, string>): string {
  return [...origins].reduce((result, [host, origin]) => result.replaceAll(host, origin), text)
}

export function fromInvigil (text: string, { origins, settings: { WORKER_BUNDLES: bundles, LMS_ROOT_URL: root } }: Names): string {
  const named = text.replace(WORKER, (_, host: string | undefined, provider: string) => {
    const bundle = String((isObject(bundles) ? bundles[provider] : null) ?? `/static/bundles/${provider}-worker.js`)
    return host === undefined || URL.canParse(bundle) ? bundle : `${String(root ?? '')}${bundle}`
  })
  const complete = hasNoBundle(bundles) && typeof root === 'string' ? named.replaceAll(NO_WORKER, `$1"${root}"`) : named
  return [...origins].reduce((result, [host, origin]) => result.replaceAll(origin, host), complete)
}

/** The original puts the platform's root before every address of a script, also before none; Invigil does not (docs/decisions/wire-deviations.md). */
const NO_WORKER = /("desktop_application_js_url":\s*)""(?=,\s*"ping_interval")/g
const hasNoBundle = (bundles: unknown): boolean => isObject(bundles) && Object.values(bundles).includes(null)

/** Where the files say that a provider ships no worker, and so Invigil must find none. */
export const hasWorker = ({ WORKER_BUNDLES: bundles }: JsonObject, provider: string): boolean => !(isObject(bundles) && bundles[provider] === null)
