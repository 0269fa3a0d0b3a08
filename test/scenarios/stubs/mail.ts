import { readMessage, type Email } from './mime.ts'
import { startSmtp } from './smtp.ts'

export interface MailSink {
  readonly url: string
  takeEmails (): Email[]
  /** While true, every message is refused. */
  setBroken (broken: boolean): void
  reset (): void
  close (): Promise<void>
}

export async function startMail (): Promise<MailSink> {
  let emails: Email[] = []
  let isBroken = false
  const server = await startSmtp(message => {
    if (!isBroken) emails.push(readMessage(message))
    return !isBroken
  })
  return {
    url: `smtp://127.0.0.1:${server.port}`,
    takeEmails: () => emails.splice(0),
    setBroken (broken) { isBroken = broken },
    reset () {
      emails = []
      isBroken = false
    },
    close: server.close,
  }
}
