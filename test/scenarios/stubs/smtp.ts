import { createServer, type Socket } from 'node:net'
import { listen } from './server.ts'

export interface SmtpServer { port: number, close (): Promise<void> }

/** As much of an SMTP server as a well-behaved client needs; `accept` gets each message and says whether it is taken. */
export async function startSmtp (accept: (message: string) => boolean): Promise<SmtpServer> {
  const open = new Set<Socket>()
  const server = createServer(socket => {
    open.add(socket)
    socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy())
    converse(socket, accept)
  })
  const port = await listen(server)
  return {
    port,
    async close () {
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}

const END = '\r\n.\r\n'

function converse (socket: Socket, accept: (message: string) => boolean): void {
  let buffer = ''
  let inData = false
  const say = (line: string) => socket.write(`${line}\r\n`)
  const takeMessage = (end: number) => {
    const message = buffer.slice(0, end).replaceAll('\r\n..', '\r\n.')
    buffer = buffer.slice(end + END.length)
    inData = false
    say(accept(message) ? '250 taken' : '554 refused')
  }
  const takeLine = (end: number) => {
    const command = buffer.slice(0, 4).toUpperCase()
    buffer = buffer.slice(end + 2)
    inData = command === 'DATA'
    say(ANSWERS[command] ?? '250 fine')
    if (command === 'QUIT') socket.end()
  }
  say('220 sink ready')
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    buffer += chunk
    for (let end = nextEnd(buffer, inData); end >= 0; end = nextEnd(buffer, inData)) {
      if (inData) takeMessage(end)
      else takeLine(end)
    }
  })
}

const nextEnd = (buffer: string, inData: boolean) => buffer.indexOf(inData ? END : '\r\n')

const ANSWERS: Readonly<Record<string, string>> = { EHLO: '250 sink', DATA: '354 go on', QUIT: '221 bye' }
