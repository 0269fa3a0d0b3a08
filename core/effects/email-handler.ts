import type { Renderer } from '../interstitials/render.ts'
import type { LmsServices } from '../lms/services.ts'
import type { Clock } from '../clock.ts'
import type { Handler } from './deliver.ts'
import { htmlToText, titleOf } from './html-to-text.ts'
import type { Mailer } from './mailer.ts'
import { EmailOrderSchema, readOrder, Undeliverable, type EmailStatus } from './payloads.ts'

/** What a mail about an attempt needs to know of it. */
export interface EmailFacts {
  /** The learner's address; empty when the platform told none. */
  to: string
  userId: number
  courseId: string
  examName: string
  /** The provider stored with the exam: its templates and contact page are used. */
  provider: string | null
  language?: string | null
}

export interface EmailSettings {
  from: string
  platformName: string
  learningMfeUrl: string
  siteName: string
  rootUrl: string
  /** Contact pages of providers, by name. */
  contactUrls: ReadonlyMap<string, string>
  defaultLanguage: string
}

export interface EmailHandlerOptions {
  settings: EmailSettings
  mailer: Mailer
  renderer: Pick<Renderer, 'render' | 'has'>
  lms: Pick<LmsServices, 'credit' | 'instructor'>
  clock: Clock
  /** Null when the attempt is unknown. */
  loadEmailFacts (attemptId: number, status: EmailStatus): Promise<EmailFacts | null>
}

const TEMPLATES: Readonly<Record<EmailStatus, string>> = {
  submitted: 'proctoring_attempt_submitted_email',
  verified: 'proctoring_attempt_satisfactory_email',
  rejected: 'proctoring_attempt_unsatisfactory_email',
}

/** Tells the learner what became of an attempt. */
export function createEmailHandler (options: EmailHandlerOptions): Handler {
  return async effect => {
    const { status, attemptId } = readOrder(EmailOrderSchema, effect.payload)
    const facts = await options.loadEmailFacts(attemptId, status)
    if (!facts) return `There is no attempt ${attemptId} any more; no mail was sent.`
    if (facts.to === '') return 'The platform told no e-mail address of this learner; no mail was sent.'
    const { settings, mailer, renderer, clock } = options
    const template = findTemplate(renderer, facts.provider, TEMPLATES[status])
    const variables = await gatherVariables(options, facts, status)
    const html = await renderer.render(facts.provider, template, variables, facts.language ?? settings.defaultLanguage)
    const messageId = `<${effect.idempotencyKey}@${settings.siteName.split(':')[0]}>`
    const mail = { to: facts.to, from: settings.from, subject: titleOf(html), html, text: htmlToText(html), messageId, headers: { 'X-Invigil-Template': template } }
    await mailer.send(mail, clock.now()).catch(explainMailFailure)
  }
}

/** A provider's own mail goes before the common one. */
function findTemplate (renderer: Pick<Renderer, 'has'>, provider: string | null, name: string): string {
  const own = `emails/proctoring/${provider}/${name}`
  return provider !== null && renderer.has(provider, own) ? own : `emails/${name}`
}

async function gatherVariables ({ settings, lms }: EmailHandlerOptions, facts: EmailFacts, status: EmailStatus): Promise<object> {
  const { userId, courseId, examName, provider } = facts
  const [credit, escalationEmail] = await Promise.all([
    lms.credit.getCreditState(userId, courseId, { returnCourseInfo: true }),
    lms.instructor.getProctoringEscalationEmail(courseId),
  ])
  const contactPage = (provider !== null ? settings.contactUrls.get(provider) : undefined) ??
    `${new URL(settings.rootUrl).protocol}//${settings.siteName}/support/contact_us`
  return {
    course_url: `${settings.learningMfeUrl}/course/${courseId}/home`,
    course_name: credit?.courseName ?? null,
    exam_name: examName,
    status,
    platform: settings.platformName,
    contact_url: escalationEmail ? `mailto:${escalationEmail}` : contactPage,
    contact_url_text: escalationEmail || contactPage,
  }
}

/** A mail server that knows the address for wrong will not learn better; anything else may pass. */
function explainMailFailure (error: unknown): never {
  const isEnvelope = error instanceof Error && 'code' in error && error.code === 'EENVELOPE'
  const reply = error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : 0
  if (isEnvelope && reply >= 500) throw new Undeliverable(`The mail server refuses the address: ${error.message}`, { cause: error })
  throw error
}
