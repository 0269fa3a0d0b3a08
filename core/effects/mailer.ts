import type { Transporter } from 'nodemailer'

export interface Mail {
  to: string
  from: string
  subject: string
  html: string
  text: string
  /** The same for every try, so that mail systems can tell a repeated one. */
  messageId: string
  headers: Record<string, string>
}

/** A mail that was kept instead of sent. */
export type KeptMail = Mail & { at: string }

export interface Mailer {
  send (mail: Mail, at: Date): Promise<void>
  /** Newest last; empty when mails are really sent. */
  readonly mailbox: readonly KeptMail[]
  close (): void
}

const MAILBOX_SIZE = 200
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 }

/** Sends over SMTP, or without an address keeps the last mails in memory for `/demo/mail`. */
export function createMailer (smtpUrl: string | null): Mailer {
  return smtpUrl === null ? createMailbox() : createSmtpMailer(smtpUrl)
}

function createSmtpMailer (url: string): Mailer {
  let opening: Promise<Transporter> | undefined
  // at the first mail: the library takes longer to load than most of the house
  function open (): Promise<Transporter> {
    opening ??= import('nodemailer').then(({ createTransport }) => createTransport({ url, pool: true, maxConnections: 3, ...TIMEOUTS }))
    return opening
  }
  return {
    async send (mail) {
      const transport = await open()
      await transport.sendMail({ ...mail, headers: { 'Auto-Submitted': 'auto-generated', ...mail.headers } })
    },
    mailbox: [],
    close () { opening?.then(transport => transport.close(), () => {}) },
  }
}

function createMailbox (): Mailer {
  const kept: KeptMail[] = []
  return {
    async send (mail, at) {
      // a mail that is delivered again takes the place of the first, as it would in a mail client
      const known = kept.findIndex(({ messageId }) => messageId === mail.messageId)
      kept.splice(known === -1 ? kept.length : known, known === -1 ? 0 : 1, { ...mail, at: at.toISOString() })
      if (kept.length > MAILBOX_SIZE) kept.shift()
    },
    get mailbox () { return kept },
    close () {},
  }
}
