import { systemClock, type Clock } from '../clock.ts'
import type { Config } from '../config/schema.ts'
import type { Renderer } from '../interstitials/render.ts'
import type { LmsServices } from '../lms/services.ts'
import type { DeliveryLog, Handlers } from './deliver.ts'
import { createEmailHandler, type EmailHandlerOptions, type EmailSettings } from './email-handler.ts'
import { createLmsHandler } from './lms-handler.ts'
import { createMailer, type KeptMail } from './mailer.ts'
import { createProviderHandler, type ProviderHandlerOptions } from './provider-handler.ts'
import { createWebhookHandler } from './webhook-handler.ts'

export interface HandlerOptions {
  clock: Clock
  config: Pick<Config, 'server' | 'lms' | 'email' | 'webhooks' | 'providers'>
  providers: ProviderHandlerOptions['providers']
  lms: LmsServices
  renderer: Pick<Renderer, 'render' | 'has'>
  sources: Pick<ProviderHandlerOptions, 'loadExamForProvider' | 'storeExamExternalId'> & Pick<EmailHandlerOptions, 'loadEmailFacts'>
  log: DeliveryLog
}

export interface HandlerSet {
  handlers: Handlers
  mailbox: readonly KeptMail[]
  close (): Promise<void>
}

/** One handler per family, with the connections they keep. */
export function createHandlers ({ clock, config, providers, lms, renderer, sources, log }: HandlerOptions): HandlerSet {
  const mailer = createMailer(config.email.smtp_url)
  const webhook = createWebhookHandler({ webhooks: config.webhooks, publicUrl: config.server.public_url, realClock: systemClock })
  return {
    handlers: {
      provider: createProviderHandler({ providers, ...sources, log }),
      lms: createLmsHandler({ lms }),
      email: createEmailHandler({ settings: emailSettings(config), mailer, renderer, lms, clock, loadEmailFacts: sources.loadEmailFacts }),
      webhook: webhook.handle,
    },
    mailbox: mailer.mailbox,
    async close () {
      mailer.close()
      await webhook.close()
    },
  }
}

function emailSettings ({ lms, providers }: HandlerOptions['config']): EmailSettings {
  const contactUrls = Object.entries(providers.enabled).flatMap(([name, { contact_url: url }]) => url ? [[name, url] as const] : [])
  return {
    from: lms.from_email,
    platformName: lms.platform_name,
    learningMfeUrl: lms.learning_mfe_url,
    siteName: lms.site_name,
    rootUrl: lms.root_url,
    contactUrls: new Map(contactUrls),
    defaultLanguage: 'en',
  }
}
