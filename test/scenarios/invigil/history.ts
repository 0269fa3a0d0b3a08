import { parseJson, type JsonObject } from '../json.ts'
import type { World } from '../world.ts'

/** One line of Invigil's own history, which is one for all records. */
interface Line { id: number, entityId: number, change: '+' | '~' | '-', before: JsonObject | null, after: JsonObject | null }

/** A row of one of the original's history tables. */
type Row = JsonObject
type Telling = (lines: readonly Line[]) => Row[]

/**
 * The rows the original would have in its history table of an entity, told from Invigil's lines (contract 01 §1): of exams and attempts one per
 * save with the new values, of the others one per update or deletion with the former values.
 */
const TELLINGS: Readonly<Record<string, Telling>> = {
  exam: lines => lines.map(({ id, entityId, change, before, after }) => row(id, { ...after ?? before, id: entityId, examId: entityId, type: change })),
  attempt: tellAttempts,
  allowance: tellFormer,
  review: tellFormer,
  review_policy: tellFormer,
}

const LINES = 'select id::int as id, entity_id as "entityId", change, before, after from history where entity = $1 order by id'
const USERS = 'select id, username from users union select actor_user_id, actor_name from history where actor_user_id is not null'

export async function readHistory ({ invigil }: World, entity: string): Promise<Row[]> {
  const telling = TELLINGS[entity]
  if (!telling) throw new Error(`"${entity}" is no entity with a history`)
  const { db } = invigil.app.domain
  const lines = await db.query<Line>({ name: 'scenario-history', text: LINES }, [entity])
  const users = await db.query<{ id: number, username: string }>({ name: 'scenario-users', text: USERS }, [])
  const names = new Map(users.map(({ id, username }) => [id, username]))
  return telling(lines).map(each => withOriginalNames(each, names))
}

const row = (historyId: number, fields: JsonObject): Row => ({ ...fields, historyId })

function tellFormer (lines: readonly Line[]): Row[] {
  return lines.flatMap(({ id, entityId, change, before }) => change === '+' || !before ? [] : [row(id, { ...before, originalId: entityId, type: change })])
}

/** What an attempt is before anything is said of it. */
const NEW_ATTEMPT: JsonObject = {
  startedAt: null, completedAt: null, allowedTimeLimitMins: null, isStatusAcknowledged: false, isResumable: false, readyToResume: false, resumed: false,
}
/** Which attempt counts and which is archived: the original knows neither. */
const OWN_FIELDS: readonly string[] = ['isCurrent', 'archivedAt', 'provider', 'version']

/** Lines hold what changed, so each attempt is told from its beginning. */
function tellAttempts (lines: readonly Line[]): Row[] {
  const states = new Map<number, JsonObject>()
  return lines.flatMap(({ id, entityId, change, after }) => {
    const former = states.get(entityId) ?? { ...NEW_ATTEMPT, id: entityId }
    const saves = change === '~' ? savesOf(after ?? {}) : [after ?? {}]
    return saves.map(save => {
      const state = { ...states.get(entityId) ?? former, ...save }
      states.set(entityId, state)
      return row(id, { ...state, type: change })
    })
  })
}

/** What Invigil writes at once and the original one after the other: a declined attempt loses its proctoring, one in error keeps its time. */
function savesOf (after: JsonObject): JsonObject[] {
  const change = Object.fromEntries(Object.entries(after).filter(([field]) => !OWN_FIELDS.includes(field)))
  if (Object.keys(change).length === 0) return []
  const { takingAsProctored, externalId, timeRemainingSeconds, ...status } = change
  if (change.status === 'declined' && 'takingAsProctored' in change) return [status, { takingAsProctored, externalId }]
  if (change.status === 'error' && 'timeRemainingSeconds' in change) return [{ timeRemainingSeconds }, status]
  return [change]
}

/** Columns of the original: snake_case, users by their names, the exam under both of its names. */
function withOriginalNames (fields: Row, names: ReadonlyMap<number, string>): Row {
  const columns: JsonObject = Object.fromEntries(Object.entries(fields).map(([field, value]) => [field.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`), withoutFractions(value)]))
  const name = (id: unknown) => typeof id === 'number' ? names.get(id) ?? id : id ?? null
  const [user, author] = [name(columns.user_id), name(columns.set_by_user_id)]
  const raw = typeof columns.raw_data === 'string' ? parseJson(columns.raw_data) : null
  return {
    ...columns,
    proctored_exam_id: columns.exam_id,
    username: user,
    user,
    student: user,
    author,
    set_by_user: author,
    created: columns.created_at,
    modified: columns.modified_at,
    history_type: columns.type,
    allowance_id: columns.original_id,
    reviewed_by: name(columns.reviewed_by),
    ...(raw && { raw_data: raw.value }),
  }
}

const withoutFractions = (value: unknown) => typeof value === 'string' ? value.replace(/(\dT[\d:]+)\.000Z$/, '$1Z') : value
