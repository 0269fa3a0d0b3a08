import type { Actor } from '../schema.ts'
import { startLms, type LmsStub } from './lms.ts'
import { startMail, type MailSink } from './mail.ts'
import { startVendors, type VendorStubs } from './vendors.ts'
import { startWebhooks, type WebhookSink } from './webhooks.ts'

/** The world around Invigil: platform, vendors, mail server and the receiver of events, all real servers on loopback. */
export interface Stubs {
  lms: LmsStub
  vendors: VendorStubs
  mail: MailSink
  webhooks: WebhookSink
  reset (actors: Iterable<Actor>): void
  close (): Promise<void>
}

export async function startStubs (): Promise<Stubs> {
  const [lms, vendors, mail, webhooks] = await Promise.all([startLms(), startVendors(), startMail(), startWebhooks()])
  return {
    lms,
    vendors,
    mail,
    webhooks,
    reset (actors) {
      lms.reset(actors)
      vendors.reset()
      mail.reset()
      webhooks.reset()
    },
    close: async () => { await Promise.all([lms.close(), vendors.close(), mail.close(), webhooks.close()]) },
  }
}
