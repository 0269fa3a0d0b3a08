import { INV_PROVIDER_NOT_FOR_COURSE, INV_PROVIDER_WITHDRAWN } from '../../errors.ts'
import { servesCourse } from '../../provider/allow-list.ts'
import type { LoadedProvider, ProviderRegistry } from '../../provider/registry.ts'
import type { Exam } from '../attempt/attempt.ts'

type Providers = Pick<ProviderRegistry, 'defaultName' | 'find' | 'list'>
type Served = Pick<Exam, 'courseId' | 'isProctored' | 'backend'>

/** The providers that new exams of a course can be given to. */
export function listChoices (providers: Pick<Providers, 'list'>, courseId: string | null): LoadedProvider[] {
  return providers.list().filter(({ state, allowList }) => state === 'ready' && (courseId === null || servesCourse(allowList, courseId)))
}

/** Why an exam may not be given to its provider, as a sentence; null when it may. Who proctors nobody is never asked; a name nobody knows is another fault. */
export function whyNotServed (providers: Providers, exam: Served): string | null {
  const name = exam.backend ?? providers.defaultName
  if (!exam.isProctored || name === null || serves(providers, name, exam.courseId)) return null
  const who = exam.backend === null ? `The exam names no provider, and the default one, "${name}",` : `Provider "${name}"`
  const choices = listChoices(providers, exam.courseId).map(choice => choice.name)
  return `${who} is not allowed for course ${exam.courseId}; ${choices.length > 0 ? `allowed are: ${choices.join(', ')}` : 'no provider is'}. The operator decides this under providers.enabled.${name}.`
}

/** For an exam that is about to be saved. One that has its provider already may still be changed in all else. */
export function assertMayUse (providers: Providers, before: Served | null, after: Served): void {
  if (before?.isProctored && before.backend === after.backend) return
  const reason = whyNotServed(providers, after)
  if (reason !== null) throw new INV_PROVIDER_NOT_FOR_COURSE(reason)
}

/** For a new attempt. */
export function assertStillServed (providers: Providers, { courseId, backend }: Pick<Exam, 'courseId' | 'backend'>): void {
  const name = backend ?? providers.defaultName
  if (name !== null && !serves(providers, name, courseId)) throw new INV_PROVIDER_WITHDRAWN(name, courseId)
}

function serves (providers: Providers, name: string, courseId: string): boolean {
  const provider = providers.find(name)
  return !provider || servesCourse(provider.allowList, courseId)
}
