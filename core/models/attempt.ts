import { defineEntity, p } from '@mikro-orm/core'
import { ExamEntity } from './exam.ts'
import { UserEntity } from './user.ts'

const live = 'archived_at is null'
const present = (row: 'old' | 'new') => `(${row}."is_current" and ${row}."archived_at" is null)`
const trigger = (name: string, event: 'insert' | 'update' | 'delete', when: string) =>
  ({ name, timing: 'after' as const, events: [event], expression: `create trigger "${name}" after ${event} on "attempt" for each row when ${when} execute function invigil_tally_attempt()` })
const index = (name: string, on: string, where?: string, unique = false) =>
  ({ name, expression: `create ${unique ? 'unique ' : ''}index "${name}" on "attempt" ${on}${where ? ` where ${where}` : ''}` })

/** One learner's go at an exam. Removal archives; `version` guards every write. */
export const AttemptEntity = defineEntity({
  name: 'Attempt',
  tableName: 'attempt',
  properties: {
    id: p.integer().primary(),
    version: p.integer().default(1),
    user: () => p.manyToOne(UserEntity).deleteRule('cascade'),
    exam: () => p.manyToOne(ExamEntity).deleteRule('cascade'),
    /** Copy of the exam's course, which never changes: course lists need it in an index. */
    courseId: p.string().length(255),
    provider: p.string().length(255).nullable(),
    status: p.string().length(64),
    attemptCode: p.string().length(255),
    externalId: p.string().length(255).nullable(),
    createdAt: p.datetime(3),
    modifiedAt: p.datetime(3),
    startedAt: p.datetime(3).nullable(),
    completedAt: p.datetime(3).nullable(),
    allowedTimeLimitMins: p.integer().nullable(),
    takingAsProctored: p.boolean().default(false),
    isSampleAttempt: p.boolean().default(false),
    reviewPolicyId: p.integer().nullable(),
    isStatusAcknowledged: p.boolean().default(false),
    timeRemainingSeconds: p.integer().nullable(),
    isResumable: p.boolean().default(false),
    readyToResume: p.boolean().default(false),
    resumed: p.boolean().default(false),
    isCurrent: p.boolean().default(true),
    archivedAt: p.datetime(3).nullable(),
  },
  uniques: [{ properties: ['attemptCode'] }],
  indexes: [
    // one live attempt per learner and exam, whatever races
    index('attempt_current_unique', '("user_id", "exam_id")', 'is_current and archived_at is null', true),
    index('attempt_provider_external_id_unique', '("provider", "external_id")', `external_id is not null and ${live}`, true),
    index('attempt_user_exam_index', '("user_id", "exam_id", "id" desc)', live),
    index('attempt_course_index', '("course_id", "id" desc)', live),
    index('attempt_course_current_index', '("course_id", "id" desc)', `is_current and ${live}`),
    index('attempt_status_index', '("course_id", "status", "id" desc)', live),
    index('attempt_archived_index', '("id")', 'archived_at is not null'),
    index('attempt_exam_index', '("exam_id", "id" desc)', live),
    index('attempt_in_progress_index', '("user_id", "id" desc)', `status in ('started', 'ready_to_submit') and ${live}`),
    index('attempt_deadline_index', '("started_at")', `status in ('eligible', 'created', 'download_software_clicked', 'ready_to_start', 'started', 'ready_to_submit') and started_at is not null and ${live}`),
    index('attempt_sample_index', '("user_id", "modified_at" desc)', `is_sample_attempt and ${live}`),
    index('attempt_completed_index', '("user_id", "completed_at" desc)', `taking_as_proctored and not is_sample_attempt and ${live}`),
  ],
  // keep `AttemptTallyEntity`, whoever writes
  triggers: [
    trigger('attempt_tally_insert', 'insert', present('new')),
    trigger('attempt_tally_update', 'update', `(${present('old')} is distinct from ${present('new')})`),
    trigger('attempt_tally_delete', 'delete', present('old')),
  ],
})
