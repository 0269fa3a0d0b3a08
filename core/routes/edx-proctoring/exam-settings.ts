import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { DomainContext } from '../../domain/context.ts'
import { escalationEmail } from '../../domain/exam/escalation-email.ts'
import { providerOf } from '../../domain/exam/exam-provider.ts'
import { getExam } from '../../domain/exam/read.ts'
import type { Exam } from '../../domain/attempt/attempt.ts'
import { PROVIDER_FAILS, PROVIDER_UNKNOWN } from '../../http/refusals.ts'
import type { CallOptions, LoadedProvider } from '../../provider/registry.ts'
import { ExamSettingsSchema, IdParam, type WireExamSettings } from '../../schemas/edx-proctoring.ts'
import { EXAM_ID, PROCTORED_EXAM } from './paths.ts'
import { callOptions } from './requests.ts'

const SETTINGS_PATH = `${PROCTORED_EXAM}/settings/exam_id/${EXAM_ID}/`

/** What pages need to know before a learner takes an exam (contract 02 §3.8). */
const examSettingsRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get(SETTINGS_PATH, {
    config: { permission: 'authenticated', refuses: ['INV_EXAM_NOT_FOUND', 'INV_PROVIDER_UNAVAILABLE', 'INV_PROVIDER_DISABLED', ...PROVIDER_UNKNOWN, ...PROVIDER_FAILS] },
    schema: { tags: ['exams'], summary: 'The platform and the provider of an exam', params: Type.Object({ exam_id: IdParam }), response: { 200: ExamSettingsSchema } },
  }, async request => examSettings(app.domain, await getExam(app.domain.db, request.params.exam_id), callOptions(request)))
}

export default examSettingsRoutes

async function examSettings (ctx: DomainContext, exam: Exam, call: CallOptions): Promise<WireExamSettings> {
  const { platform_name: platformName, contact_email: contact, link_urls: links } = ctx.platform
  const platform = { platform_name: platformName, contact_us: contact, link_urls: Object.keys(links).length > 0 ? { ...links } : null }
  const provider = providerOf(ctx.providers, exam)
  return { ...platform, ...(provider ? await providerSettings(ctx, exam, provider, call) : { exam_proctoring_backend: {} }) }
}

async function providerSettings (ctx: DomainContext, exam: Exam, provider: LoadedProvider, call: CallOptions) {
  const { attributes } = provider
  // whoever is in an exam of a provider that is gone still needs all the rest
  const [configuration, escalation] = await Promise.all([provider.state === 'retired' ? null : provider.call('getConfiguration', [], call), escalationEmail(ctx, exam.courseId)])
  return {
    exam_proctoring_backend: configuration ?? null,
    provider_tech_support_email: attributes.techSupportEmail,
    provider_tech_support_phone: attributes.techSupportPhone,
    provider_name: attributes.verboseName,
    learner_notification_from_email: attributes.learnerNotificationFromEmail,
    integration_specific_email: attributes.integrationSpecificEmail || ctx.platform.contact_email,
    proctoring_escalation_email: escalation,
  }
}
