import { createTransport } from 'nodemailer'
import type { Config } from '../../config/schema.ts'
import { note, ok, reasonOf, wrong, type Finding } from './finding.ts'

const TIMEOUT_MS = 5_000

/** Connects to the mail server and signs in; sends nothing. */
export async function checkEmail ({ email }: Config): Promise<Finding[]> {
  if (email.smtp_url === null) return [note('e-mail', 'no mail server (email.smtp_url)', 'Mails are kept in memory and never sent; set email.smtp_url to send them.')]
  const transport = createTransport({ url: email.smtp_url, connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS })
  try {
    await transport.verify()
    return [ok('e-mail', 'the mail server takes mails')]
  } catch (error) {
    return [wrong('e-mail', reasonOf(error), 'Correct email.smtp_url: address, port, user and password.')]
  } finally {
    transport.close()
  }
}
