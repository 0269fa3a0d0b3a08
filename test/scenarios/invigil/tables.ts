import { isObject, parseJson, type JsonObject } from '../json.ts'
import type { World } from '../world.ts'

/** Invigil's rows with the column names of the original: users by name, and of a comment the columns of its review to find it by. */
const ROWS: Readonly<Record<string, string>> = {
  exam: "select to_jsonb(e) || jsonb_build_object('exam_id', e.id) as row from exam e order by e.id",
  attempt: `select to_jsonb(a) || jsonb_build_object('username', u.username, 'user', u.username) as row
    from attempt a join users u on u.id = a.user_id where a.archived_at is null order by a.id`,
  allowance: `select to_jsonb(a) || jsonb_build_object('username', u.username, 'user', u.username) as row
    from allowance a join users u on u.id = a.user_id order by a.id`,
  review: `select to_jsonb(r) || jsonb_build_object('student', s.username, 'reviewed_by', b.username) as row
    from review r left join users s on s.id = r.student_id left join users b on b.id = r.reviewed_by_id order by r.id`,
  review_comment: `select to_jsonb(r) || to_jsonb(c) || jsonb_build_object('start', c.start_time, 'stop', c.stop_time, 'student', s.username) as row
    from review_comment c join review r on r.id = c.review_id left join users s on s.id = r.student_id order by c.id`,
  review_policy: `select to_jsonb(p) || jsonb_build_object('author', u.username, 'set_by_user', u.username) as row
    from review_policy p left join (select id, username from users union select actor_user_id, actor_name from history) u on u.id = p.set_by_user_id order by p.id`,
}

/** The rows of an entity, in the order in which they were written. */
export async function readRows ({ invigil }: World, entity: string): Promise<JsonObject[]> {
  const text = ROWS[entity]
  if (text === undefined) throw new Error(`"${entity}" is no entity whose rows are known`)
  const found = await invigil.app.domain.db.query<{ row: unknown }>({ name: `scenario-${entity}`, text }, [])
  return found.map(({ row }) => withOriginalNames(isObject(row) ? row : {}))
}

function withOriginalNames (row: JsonObject): JsonObject {
  const raw = typeof row.raw_data === 'string' ? parseJson(row.raw_data) : null
  const columns: JsonObject = Object.fromEntries(Object.entries(row).map(([column, value]) => [column, asOnTheWire(value)]))
  const { exam_id: exam, created_at: created, modified_at: modified } = columns
  return { ...columns, proctored_exam_id: exam, created, modified, ...(raw && { raw_data: raw.value }) }
}

/** Instants are written in the files as in the API's answers. */
const asOnTheWire = (value: unknown) => typeof value === 'string' ? value.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)\+00:00$/, '$1Z') : value
