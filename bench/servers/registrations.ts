import type { RegistrationContext, SavedExam } from '../../core/provider/contract.ts'
import type { ProviderRegistry } from '../../core/provider/registry.ts'
import type { Job } from './channel.ts'

/** The call with the largest input: nothing a provider is told is dearer to copy and freeze. */
const EXAM: SavedExam = {
  id: 1,
  courseId: 'course-v1:ExampleX+Bench101+2030',
  contentId: 'block-v1:ExampleX+Bench101+2030+type@sequential+block@c4ca4238a0b923820dcc509a6f75849b',
  externalId: 'exam-1',
  examName: 'Midterm 1',
  timeLimitMins: 90,
  isProctored: true,
  isPracticeExam: false,
  isActive: true,
  dueDate: '2030-01-01T00:00:00Z',
  hideAfterDue: false,
  backend: 'null',
}
const LEARNER: RegistrationContext = {
  attemptCode: '7F1D3C2A-5B0E-4C60-9D44-0F6E2B7A9C11',
  timeLimitMins: 90,
  isSampleAttempt: false,
  userId: '0123456789abcdef0123456789abcdef01234567',
  fullName: 'Learner Number 1',
  email: 'learner_1@example.org',
  lmsHost: 'https://lms.example.org',
  launchUrl: 'https://proctoring.example.org/start_exam/7F1D3C2A-5B0E-4C60-9D44-0F6E2B7A9C11',
  defaultReviewPolicy: 'Closed Book',
}

/** Registrations at the provider that does nothing, through the one door to providers, measured by the app's own metrics. */
export function callThroughDoor (providers: ProviderRegistry): Job {
  const { call } = providers.require('null')
  return async amount => { for (let turn = 0; turn < amount; turn++) await call('registerAttempt', [EXAM, LEARNER]) }
}

/** What that provider does, without the door. */
export async function callDirectly (amount: number): Promise<void> {
  for (let turn = 0; turn < amount; turn++) await registerNothing(EXAM, LEARNER)
}

async function registerNothing (_exam: SavedExam, _learner: RegistrationContext): Promise<{ externalId: string | null }> {
  return { externalId: null }
}
