export interface Email {
  to: string[]
  from: string
  subject: string
  format: 'html' | 'text'
  body: string
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>
}

/** Reads a message of one part, or the HTML part of one with several (RFC 5322, 2045 to 2047, as far as senders use them). */
export function readMessage (source: string): Email {
  const { headers, body } = split(source)
  const part = htmlPart(headers, body)
  return {
    to: addresses(headers.to ?? ''),
    from: addresses(headers.from ?? '')[0] ?? '',
    subject: decodeWords(headers.subject ?? ''),
    format: /text\/html/i.test(part.headers['content-type'] ?? '') ? 'html' : 'text',
    body: decodeBody(part.body, part.headers['content-transfer-encoding'] ?? '7bit'),
    headers,
  }
}

interface Part { headers: Record<string, string>, body: string }

function split (source: string): Part {
  const end = source.indexOf('\r\n\r\n')
  const head = source.slice(0, end).replace(/\r\n[ \t]+/g, ' ')
  const headers = Object.fromEntries(head.split('\r\n').map(line => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  }))
  return { headers, body: source.slice(end + 4) }
}

function htmlPart (headers: Record<string, string>, body: string): Part {
  const boundary = /boundary="?([^";]+)"?/i.exec(headers['content-type'] ?? '')?.[1]
  if (boundary === undefined) return { headers, body }
  const parts = body.split(`--${boundary}`).slice(1, -1).map(part => split(part.replace(/^\r\n/, '')))
  return parts.find(part => /text\/html/i.test(part.headers['content-type'] ?? '')) ?? parts[0] ?? { headers, body }
}

function decodeBody (body: string, encoding: string): string {
  if (/base64/i.test(encoding)) return Buffer.from(body, 'base64').toString('utf8')
  return Buffer.from(/quoted-printable/i.test(encoding) ? unquote(body.replace(/=\r\n/g, '')) : body, 'latin1').toString('utf8')
}

const unquote = (text: string) => text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))

function decodeWords (text: string): string {
  return text.replace(/\?=\s+=\?/g, '?==?').replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
    Buffer.from(/b/i.test(kind) ? Buffer.from(word, 'base64').toString('latin1') : unquote(word.replaceAll('_', ' ')), 'latin1').toString('utf8'))
}

const addresses = (list: string) => list.split(',').map(entry => (/<([^>]*)>/.exec(entry)?.[1] ?? entry).trim()).filter(Boolean)
