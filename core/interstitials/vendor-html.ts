import { escapeHtml, safeUrl } from './safe-output.ts'

/** Tags a vendor's text may contain. They lose all attributes; only a link keeps its https address. */
const ALLOWED = new Set(['a', 'b', 'br', 'code', 'em', 'i', 'kbd', 'li', 'ol', 'p', 'strong', 'ul'])
const VOID = new Set(['br'])
/** Their content is no text for people. */
const DROPPED = /<(script|style|template|iframe|object|svg|math|textarea|title|noscript)\b[^]*?(?:<\/\1\s*>|$)|<!--[^]*?(?:-->|$)/gi
/** No `<` inside a tag, so that each search ends at the next one: long hostile texts cost no more than their length. */
const TAG = /<(\/?)([a-z][a-z0-9]*)\b((?:"[^"<]*"|'[^'<]*'|[^'"<>])*)>/gi
const HREF = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i

/**
 * A vendor's HTML, rebuilt: only tags written here and escaped text can come out, whatever comes in.
 * Tags are balanced, so a vendor cannot close our markup.
 */
export function sanitiseVendorHtml (html: string): string {
  const source = html.replace(DROPPED, '')
  const open: string[] = []
  let output = ''
  let position = 0
  for (const match of source.matchAll(TAG)) {
    const [whole, slash, name = '', attributes = ''] = match
    output += escapeText(source.slice(position, match.index)) + rebuildTag(slash !== '', name.toLowerCase(), attributes, open)
    position = match.index + whole.length
  }
  return output + escapeText(source.slice(position)) + closeDownTo(0, open)
}

function rebuildTag (closes: boolean, name: string, attributes: string, open: string[]): string {
  if (!ALLOWED.has(name)) return ' '
  if (closes) return open.includes(name) ? closeDownTo(open.lastIndexOf(name), open) : ''
  if (VOID.has(name)) return `<${name}>`
  if (name === 'a' && open.includes('a')) return ''
  open.push(name)
  return name === 'a' ? `<a${linkAttributes(attributes)}>` : `<${name}>`
}

function linkAttributes (attributes: string): string {
  const [, double, single, bare] = HREF.exec(attributes) ?? []
  const address = safeUrl((double ?? single ?? bare ?? '').replaceAll('&amp;', '&').trim())
  return /^https:/i.test(address) ? ` href="${escapeHtml(address)}" rel="noopener noreferrer"` : ''
}

function closeDownTo (depth: number, open: string[]): string {
  return open.splice(depth).reverse().map(name => `</${name}>`).join('')
}

/** Entities stay what they are; everything else that could be markup is not. */
const escapeText = (text: string): string =>
  text.replace(/&(?!#\d{1,7};|#x[\da-f]{1,6};|[a-z][a-z\d]{1,31};)|[<>"']/gi, found => escapeHtml(found))
