import { allowedMinutesFor } from '../../domain/attempt/allowed-time.ts'
import { attemptFacts } from '../../domain/attempt/attempt-facts.ts'
import { remainingSeconds } from '../../domain/attempt/time.ts'
import { examType, providerOf } from '../../domain/exam/exam-provider.ts'
import { roundHalfToEven } from '../../domain/round-half-to-even.ts'
import { humanTime } from '../../interstitials/human-time.ts'
import type { AttemptRecord } from '../../domain/attempt/attempt.ts'
import type { DomainContext } from '../../domain/context.ts'
import type { CallOptions, LoadedProvider } from '../../provider/registry.ts'
import type { WireAttemptData } from '../../schemas/edx-proctoring.ts'

export const ATTEMPT_PATH = '/api/edx_proctoring/v1/proctored_exam/attempt'
const WAITING = ['created', 'download_software_clicked']

export interface AttemptDataOptions {
  /** Links for the learning front end instead of the classic pages. */
  mfe: boolean
  call: CallOptions
}

/** The "timer" view of an attempt (contract 02 §2.4). */
export async function attemptData (ctx: DomainContext, record: AttemptRecord, { mfe, call }: AttemptDataOptions): Promise<WireAttemptData> {
  const { attempt, exam } = record
  const provider = providerOf(ctx.providers, exam)
  const readyToResume = attempt.readyToResume && !attempt.resumed
  const allowed = attempt.allowedTimeLimitMins ?? 0
  const seconds = remainingSeconds(attempt, ctx.clock.now())
  // in this order: another one rounds to another second
  const threshold = (share: number) => attempt.startedAt === null ? 0 : Math.trunc(share * allowed * 60)
  return {
    in_timed_exam: true,
    taking_as_proctored: attempt.takingAsProctored,
    exam_type: examPhrase(exam, provider),
    exam_display_name: exam.examName,
    exam_url_path: examUrl(ctx, record, mfe),
    time_remaining_seconds: seconds,
    total_time: humanTime(allowed && !readyToResume ? allowed : await allowedMinutesFor(ctx, exam, attempt.userId, attempt)),
    low_threshold_sec: threshold(ctx.settings.low_threshold_pct),
    critically_low_threshold_sec: threshold(ctx.settings.critically_low_threshold_pct),
    course_id: exam.courseId,
    attempt_id: attempt.id,
    external_id: attempt.externalId,
    accessibility_time_string: `you have ${humanTime(roundHalfToEven(seconds / 60))} remaining`,
    attempt_status: attempt.status,
    exam_started_poll_url: `${ATTEMPT_PATH}/${attempt.id}`,
    attempt_ready_to_resume: readyToResume,
    use_legacy_attempt_api: true,
    desktop_application_js_url: provider ? ctx.urls.worker(provider) : '',
    ...(provider && await providerFields(record, provider, call)),
  }
}

async function providerFields ({ attempt, exam }: AttemptRecord, provider: LoadedProvider, call: CallOptions) {
  const fields = { ping_interval: provider.attributes.pingInterval, attempt_code: attempt.attemptCode }
  if (!WAITING.includes(attempt.status)) return fields
  const details = await provider.call('getAttempt', [attemptFacts(attempt, exam)], call)
  const url = details?.downloadUrl || await provider.call('getSoftwareDownloadUrl', [], call)
  return { ...fields, software_download_url: url ?? null }
}

const PHRASES = { timed: 'a timed exam', proctored: 'a proctored exam', practice: 'a practice exam', onboarding: 'an onboarding exam' }
const examPhrase = (exam: AttemptRecord['exam'], provider: LoadedProvider | null) => PHRASES[examType(exam, provider?.attributes.supportsOnboarding ?? false)]

function examUrl (ctx: DomainContext, { exam }: AttemptRecord, mfe: boolean): string {
  return mfe ? `${ctx.platform.learning_mfe_url}/course/${exam.courseId}/${exam.contentId}` : ctx.urls.jumpTo(exam.courseId, exam.contentId)
}

/** What a screen reader says when the learner asks; the poll has a wording of its own below a minute. */
export function remainingSentence (seconds: number): string {
  return seconds < 60 ? 'you have less than a minute remaining' : `you have ${humanTime(roundHalfToEven(seconds / 60))} remaining`
}
