import type { ProviderRegistry } from '../../provider/registry.ts'
import type { DomainContext } from '../context.ts'
import { findExamByContent, listActiveExams } from './read.ts'
import type { Exam } from '../attempt/attempt.ts'

const INSTRUCTOR_PATH = '/api/edx_proctoring/v1/instructor'

/** Has any active exam of the course a provider with a dashboard? */
export async function isDashboardAvailable (ctx: DomainContext, courseId: string): Promise<boolean> {
  const exams = await listActiveExams(ctx.db, courseId)
  return exams.some(exam => hasDashboard(ctx, exam))
}

/** The vendor's page where an exam is configured, as a path of this service; null when there is no such page. */
export async function examConfigurationDashboardUrl (ctx: DomainContext, courseId: string, contentId: string): Promise<string | null> {
  const exam = await findExamByContent(ctx.db, courseId, contentId)
  return exam && hasDashboard(ctx, exam) ? `${INSTRUCTOR_PATH}/${courseId}/${exam.id}?config=true` : null
}

/** False for a name nobody knows. */
export function providerSupportsOnboarding (providers: ProviderRegistry, name: string | null): boolean {
  return providers.find(name ?? '')?.attributes.supportsOnboarding ?? false
}

/** A provider that is not loaded has no dashboard: the rest of the course must still be shown. */
function hasDashboard ({ providers, log }: DomainContext, { id, isProctored, backend }: Exam): boolean {
  if (!isProctored) return false
  const name = backend ?? providers.defaultName ?? ''
  const provider = providers.find(name)
  if (!provider) log.warn({ examId: id, provider: name }, 'An exam names a provider that is not loaded.')
  return provider?.attributes.hasDashboard ?? false
}
