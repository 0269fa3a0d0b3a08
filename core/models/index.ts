import { AllowanceEntity } from './allowance.ts'
import { AttemptEntity } from './attempt.ts'
import { AttemptTallyEntity } from './attempt-tally.ts'
import { CourseStaffEntity } from './course-staff.ts'
import { EffectEntity } from './effect.ts'
import { ExamEntity } from './exam.ts'
import { HistoryEntity } from './history.ts'
import { ReviewCommentEntity, ReviewEntity } from './review.ts'
import { ReviewPolicyEntity } from './review-policy.ts'
import { UserEntity } from './user.ts'

export { AllowanceEntity, AttemptEntity, AttemptTallyEntity, CourseStaffEntity, EffectEntity, ExamEntity, HistoryEntity, ReviewCommentEntity, ReviewEntity, ReviewPolicyEntity, UserEntity }

export const entities = [UserEntity, CourseStaffEntity, ExamEntity, AttemptEntity, AttemptTallyEntity, AllowanceEntity, ReviewPolicyEntity, ReviewEntity, ReviewCommentEntity, HistoryEntity, EffectEntity]
