import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { reviewPolicyOf } from '../../domain/exam/review-policy-of.ts'
import { AnyIdParam } from '../../schemas/edx-proctoring.ts'
import { EXAM_ID, PROCTORED_EXAM } from './paths.ts'

const POLICY_PATH = `${PROCTORED_EXAM}/review_policy/exam_id/${EXAM_ID}/`
const PolicySchema = Type.Object({ review_policy: Type.Union([Type.String(), Type.Null()]) })

/** What reviewers of an exam allow; null also for an exam that is not there (contract 02 §3.9). */
const reviewPolicyRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get(POLICY_PATH, {
    config: { permission: 'authenticated' },
    schema: { tags: ['exams'], summary: 'What reviewers of an exam allow', params: Type.Object({ exam_id: AnyIdParam }), response: { 200: PolicySchema } },
  }, async request => ({ review_policy: (await reviewPolicyOf(app.domain.db, request.params.exam_id))?.text ?? null }))
}

export default reviewPolicyRoutes
