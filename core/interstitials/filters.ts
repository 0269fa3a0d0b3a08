import type { Liquid } from 'liquidjs'
import type { Translator } from './texts.ts'
import { mailtoUrl, safeUrl } from './safe-output.ts'
import { sanitiseVendorHtml } from './vendor-html.ts'

const NAMELESS = new Set<unknown>([undefined, null, '', 'Unknown'])

/** The filters templates may use beside Liquid's own; `templates/README.md` lists them. */
export function registerFilters (engine: Liquid, { language, translate }: Translator): void {
  const dates = new Intl.DateTimeFormat(language, {
    year: 'numeric', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZone: 'UTC', timeZoneName: 'short',
  })
  engine.registerFilter('t', (key: unknown, ...pairs: unknown[]) => translate(String(key), Object.fromEntries(pairs.filter(isPair))))
  engine.registerFilter('safe_url', safeUrl)
  engine.registerFilter('mailto', mailtoUrl)
  engine.registerFilter('provider_label', (name: unknown) => NAMELESS.has(name) ? translate('common.the_provider') : name)
  engine.registerFilter('date_utc', (value: unknown) => {
    const date = new Date(String(value))
    return Number.isNaN(date.getTime()) ? '' : dates.format(date)
  })
  engine.registerFilter('vendor_html', { raw: true, handler: (html: unknown) => sanitiseVendorHtml(String(html ?? '')) })
}

const isPair = (pair: unknown): pair is [string, unknown] => Array.isArray(pair) && pair.length === 2 && typeof pair[0] === 'string'
