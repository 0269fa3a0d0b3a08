import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import type { TestScope } from './database.ts'

export interface SunkMail {
  from: string
  to: string[]
  /** Header names in lower case; folded lines joined. */
  headers: Record<string, string>
  /** Decoded parts by content type, e.g. `text/plain`. */
  parts: Record<string, string>
  raw: string
}

export interface SmtpSink {
  readonly url: string
  readonly mails: SunkMail[]
  /** Answer to the next recipients, e.g. `550 no such mailbox`; null = take them. */
  refuseWith (line: string | null): void
}

interface Session { from: string, to: string[], data: string[] | null }

/** A real SMTP server that keeps every mail in memory and sends none on. */
export async function startSmtpSink (t: TestScope): Promise<SmtpSink> {
  const mails: SunkMail[] = []
  const sockets = new Set<Socket>()
  let refusal: string | null = null
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => {})
    converse(socket, () => refusal, mail => mails.push(mail))
  })
  await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve) })
  const { port } = server.address() as AddressInfo // a server that listens on TCP has no other kind of address
  t.teardown(() => close(server, sockets))
  return { url: `smtp://127.0.0.1:${port}`, mails, refuseWith (line) { refusal = line } }
}

function close (server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy()
  return new Promise(resolve => { server.close(() => resolve()) })
}

function converse (socket: Socket, refusal: () => string | null, keep: (mail: SunkMail) => void): void {
  const say = (line: string) => { socket.write(`${line}\r\n`) }
  let session: Session = { from: '', to: [], data: null }
  let rest = ''
  say('220 sink')
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\r\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (session.data === null) session = command(line, session, say, refusal, socket)
      else if (line !== '.') session.data.push(line.startsWith('..') ? line.slice(1) : line)
      else {
        keep(readMail(session.from, session.to, session.data))
        session = { from: '', to: [], data: null }
        say('250 kept')
      }
    }
  })
}

function command (line: string, session: Session, say: (line: string) => void, refusal: () => string | null, socket: Socket): Session {
  const verb = line.slice(0, 4).toUpperCase()
  const address = /<([^>]*)>/.exec(line)?.[1] ?? ''
  switch (verb) {
    case 'EHLO': say('250-sink'); say('250 8BITMIME'); return session
    case 'MAIL': say('250 ok'); return { from: address, to: [], data: null }
    case 'RCPT': {
      const no = refusal()
      say(no ?? '250 ok')
      return no ? session : { ...session, to: [...session.to, address] }
    }
    case 'DATA': say('354 go on'); return { ...session, data: [] }
    case 'QUIT': say('221 bye'); socket.end(); return session
    default: say('250 ok'); return session
  }
}

function readMail (from: string, to: string[], lines: string[]): SunkMail {
  const raw = lines.join('\r\n')
  const { headers, body } = splitHeaders(raw)
  return { from, to, headers, parts: readParts(headers, body), raw }
}

function splitHeaders (text: string): { headers: Record<string, string>, body: string } {
  const end = text.indexOf('\r\n\r\n')
  const unfolded = text.slice(0, end).replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  const pairs = unfolded.map(line => [line.slice(0, line.indexOf(':')).toLowerCase(), decodeWords(line.slice(line.indexOf(':') + 1).trim())])
  return { headers: Object.fromEntries(pairs), body: text.slice(end + 4) }
}

function readParts (headers: Record<string, string>, body: string): Record<string, string> {
  const type = headers['content-type'] ?? 'text/plain'
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1]
  if (!boundary) return { [type.split(';')[0] ?? type]: decodeBody(headers['content-transfer-encoding'] ?? '', body) }
  const sections = body.split(`--${boundary}`).slice(1, -1)
  return Object.assign({}, ...sections.map(section => {
    const inner = splitHeaders(section.replace(/^\r\n/, ''))
    return readParts(inner.headers, inner.body)
  }))
}

function decodeBody (encoding: string, body: string): string {
  if (/base64/i.test(encoding)) return Buffer.from(body, 'base64').toString('utf8')
  const bytes = /quoted-printable/i.test(encoding)
    ? body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : body
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

function decodeWords (text: string): string {
  return text.replace(/\?=\s+=\?/g, '?==?').replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, how: string, word: string) =>
    how.toLowerCase() === 'b' ? Buffer.from(word, 'base64').toString('utf8') : decodeBody('quoted-printable', word.replaceAll('_', ' ')))
}
