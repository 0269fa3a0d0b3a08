const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' }
/** `seb` and `sebs` start the Safe Exam Browser. */
const LINK_PROTOCOLS = new Set(['http:', 'https:', 'seb:', 'sebs:'])

export const escapeHtml = (value: unknown): string =>
  String(value ?? '').replace(/[&<>"']/g, character => ENTITIES[character] ?? '')

/** The address when a learner may follow it, else nothing. Relative ones may be followed. */
export function safeUrl (value: unknown): string {
  if (typeof value !== 'string' || value === '') return ''
  const parsed = URL.parse(value, 'https://page.invalid/')
  return parsed && LINK_PROTOCOLS.has(parsed.protocol) ? value : ''
}

export const mailtoUrl = (address: unknown): string =>
  typeof address === 'string' && address !== '' ? `mailto:${encodeURIComponent(address).replaceAll('%40', '@')}` : ''
