import type { Client } from 'pg'
import { sumUpTally } from '../../core/domain/attempt/tally.ts'

export const COURSE = 'course-v1:ExampleX+Lists101+2030'
/** An onboarding exam and three graded ones; every learner of the course sits in every exam once. */
const EXAMS = ['Onboarding', 'Midterm 1', 'Midterm 2', 'Final']
const FIRST_NAMES = ['ada', 'bela', 'chen', 'dora', 'emil', 'fatima', 'goran', 'hana', 'igor', 'jana', 'kofi', 'lena', 'maya', 'nora', 'omar', 'petra', 'quang', 'rosa', 'sven', 'tala']
const LAST_NAMES = ['abbasi', 'bianchi', 'cohen', 'diallo', 'eriksen', 'fischer', 'garcia', 'horvat', 'ivanov', 'jensen', 'kimura', 'lopez', 'mensah', 'novak', 'okafor', 'papadakis',
  'rahman', 'silva', 'tanaka', 'virtanen']

/** What instructors look for, and whom they find: one learner, one in twenty, everybody, nobody. */
export const SEARCHES = { one: 'zenobia.quist', some: 'fatima.', all: 'example.org', none: 'xavierine' } as const

export const learnersOf = (attempts: number): number => attempts / EXAMS.length

export const nameOf = (learner: number): string => learner === 7
  ? SEARCHES.one
  : `${FIRST_NAMES[learner % FIRST_NAMES.length]}.${LAST_NAMES[Math.floor(learner / FIRST_NAMES.length) % LAST_NAMES.length]}.${learner}`

const quote = (values: readonly string[]): string => `array[${values.map(value => `'${value}'`).join()}]`
const pick = (words: readonly string[], place: string): string => `(${quote(words)})[1 + (${place}) % ${words.length}]`

/** Same as `nameOf`. */
const NAME = `case when n = 7 then '${SEARCHES.one}' else ${pick(FIRST_NAMES, 'n')} || '.' || ${pick(LAST_NAMES, `n / ${FIRST_NAMES.length}`)} || '.' || n end`

const ONBOARDING_WORDS = ['verified', 'verified', 'verified', 'verified', 'verified', 'verified', 'verified', 'submitted', 'rejected', 'created']
const GRADED_WORDS = ['verified', 'verified', 'verified', 'verified', 'verified', 'submitted', 'submitted', 'rejected', 'second_review_required', 'started']

/** A course as it stands when its final exam is under way. Attempt n belongs to learner (n - 1) mod learners + 1. */
const fill = (attempts: number, learners: number): string[] => [
  `insert into users (id, username, email, full_name, created_at, modified_at)
    select n, name, name || '@example.org', initcap(replace(name, '.', ' ')), now(), now() from (select n, ${NAME} as name from generate_series(1, ${learners}) n) named`,
  `insert into exam (course_id, content_id, external_id, exam_name, time_limit_mins, due_date, is_proctored, is_practice_exam, is_active, backend, created_at, modified_at)
    select '${COURSE}', 'block-v1:ExampleX+Lists101+2030+type@sequential+block@' || md5(n::text), 'exam-' || n, ${pick(EXAMS, 'n - 1')}, 525600,
      now() + interval '2 years', true, n = 1, true, 'mock', now(), now() from generate_series(1, ${EXAMS.length}) n`,
  `insert into attempt (user_id, exam_id, course_id, provider, status, attempt_code, external_id, created_at, modified_at, started_at, completed_at, allowed_time_limit_mins,
      taking_as_proctored, is_sample_attempt)
    select (n - 1) % ${learners} + 1, exam, '${COURSE}', 'mock', status, upper(gen_random_uuid()::text), gen_random_uuid()::text, at, at, case when status <> 'created' then at end,
      case when status not in ('created', 'started') then at end, 525600, true, exam = 1
    from (select n, (n - 1) / ${learners} + 1 as exam, now() - make_interval(secs => ${attempts} - n) as at,
      case when n <= ${learners} then ${pick(ONBOARDING_WORDS, 'n')} else ${pick(GRADED_WORDS, 'n')} end as status from generate_series(1, ${attempts}) n) sat`,
  `insert into review (attempt_code, review_status, raw_data, student_id, exam_id, created_at, modified_at)
    select attempt_code, case status when 'verified' then 'Clean' when 'rejected' then 'Suspicious' else 'Rules Violation' end, '{}', user_id, exam_id, modified_at, modified_at
    from attempt where status in ('verified', 'rejected', 'second_review_required') order by id`,
  `insert into review_comment (review_id, start_time, stop_time, duration, comment, status, created_at)
    select r.id, 60 * c, 60 * c + 30, 30, 'The learner looked away from the screen, "' || c || '" times.', ${pick(['Suspicious', 'Rules Violation', 'Looking Away'], 'c')}, r.created_at
    from review r, generate_series(1, 3) c where c <= r.id % 4`,
]

export async function fillCourse (client: Client, attempts: number): Promise<void> {
  for (const text of fill(attempts, learnersOf(attempts))) await client.query(text)
  // what a running server does every few seconds
  await sumUpTally({ query: async ({ text }, values) => (await client.query(text, [...values])).rows })
  await client.query('vacuum analyze')
}
