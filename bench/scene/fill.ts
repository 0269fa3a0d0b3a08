import type { Client } from 'pg'

export const LEARNERS = 2_000
export const EXAMS = 10
/** Every learner sits in every exam. */
export const ATTEMPTS = LEARNERS * EXAMS

/** Attempt n belongs to learner (n - 1) mod LEARNERS + 1. All are under way and have a year left. */
const FILL = [
  `insert into users (id, username, email, full_name, created_at, modified_at)
    select n, 'learner_' || n, 'learner_' || n || '@example.org', 'Learner Number ' || n, now(), now() from generate_series(1, ${LEARNERS}) n`,
  `insert into exam (course_id, content_id, external_id, exam_name, time_limit_mins, due_date, is_proctored, is_active, backend, created_at, modified_at)
    select 'course-v1:ExampleX+Bench101+2030', 'block-v1:ExampleX+Bench101+2030+type@sequential+block@' || md5(n::text), 'exam-' || n, 'Midterm ' || n, 525600,
      now() + interval '2 years', true, true, 'null', now(), now() from generate_series(1, ${EXAMS}) n`,
  `insert into attempt (user_id, exam_id, course_id, provider, status, attempt_code, external_id, created_at, modified_at, started_at, allowed_time_limit_mins, taking_as_proctored)
    select (n - 1) % ${LEARNERS} + 1, (n - 1) / ${LEARNERS} + 1, 'course-v1:ExampleX+Bench101+2030', 'null', 'started', upper(gen_random_uuid()::text), gen_random_uuid()::text,
      now(), now(), now(), 525600, true from generate_series(1, ${ATTEMPTS}) n`,
  'vacuum analyze',
]

export async function fillDatabase (client: Client): Promise<void> {
  for (const text of FILL) await client.query(text)
}

export const ownerOf = (attemptId: number): number => (attemptId - 1) % LEARNERS + 1
