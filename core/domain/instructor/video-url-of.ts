import type { LoadedProvider } from '../../provider/registry.ts'
import type { DomainContext } from '../context.ts'
import { decryptVideoUrl } from '../review/video-url.ts'

/** Reviews of attempts in this course only: who may see it has been checked for the course. */
const OF_ATTEMPT = {
  name: 'video-url-of-attempt',
  text: `select r.encrypted_video_url as encrypted from attempt a join review r on r.attempt_code = a.attempt_code
    where a.provider = $1 and a.external_id = $2 and a.course_id = $3 and ($4::int is null or a.exam_id = $4) and a.archived_at is null`,
}

export interface VideoQuery { provider: LoadedProvider, courseId: string, examId: number | null, attemptExternalId: string }

/** The address of an attempt's recording, or null: no review, no recording, or a key it was not stored with. */
export async function videoUrlOf (ctx: DomainContext, { provider, courseId, examId, attemptExternalId }: VideoQuery): Promise<string | null> {
  const { videoReviewAesKey: key } = provider.attributes
  const [row] = await ctx.db.query<{ encrypted: string | null }>(OF_ATTEMPT, [provider.name, attemptExternalId, courseId, examId])
  if (!row?.encrypted || key === null) return null
  try {
    return decryptVideoUrl(row.encrypted, key)
  } catch (err) {
    ctx.log.warn({ err, provider: provider.name, attemptExternalId }, 'The recording\'s address cannot be read with the present video_review_aes_key.')
    return null
  }
}
