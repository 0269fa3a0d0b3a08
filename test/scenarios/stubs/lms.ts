import { isObject, parseJson, type JsonObject } from '../json.ts'
import type { Actor, StepOf } from '../schema.ts'
import { answerQuery, findUser } from './lms-answers.ts'
import { startServer, type Received, type Reply } from './server.ts'

/** What the platform is told, not asked; recorded/FORMAT.md §4.3. */
const EFFECTS: readonly RegExp[] = [
  /^credit\.(?:set|remove)_/, /^grades\.(?:override|undo)_/, /^certificates\.invalidate_certificate$/,
  /^instructor\.(?:complete_|delete_student_attempt$|send_support_notification$)/,
]
const RAISE_STATUS: Readonly<Record<string, number>> = { bad_key: 400, not_found: 404, user_not_found: 404 }

export interface LmsStub {
  readonly url: string
  readonly token: string
  set (step: StepOf<'service'>): void
  takeCalls (): JsonObject[]
  takeQueries (): JsonObject[]
  reset (actors: Iterable<Actor>): void
  close (): Promise<void>
}

/** The platform behind the LMS port: `POST /{service}/{method}` with named arguments, answered `{"result": …}`. */
export async function startLms (): Promise<LmsStub> {
  const token = 'token-of-the-stub-platform'
  let actors: Actor[] = []
  let calls: JsonObject[] = []
  let queries: JsonObject[] = []
  const answers = new Map<string, unknown>()
  const absent = new Set<string>()

  const answer = (request: Received): Reply => {
    const [service = '', method = ''] = request.path.split('/').filter(Boolean)
    const name = `${service}.${method}`
    const args = readArguments(request.body)
    if (request.headers.authorization !== `Bearer ${token}`) return { status: 401, json: { error: 'wrong token' } }
    if (!args) return { status: 400, json: { error: 'the body must be a JSON object' } }
    if (absent.has(service)) return { status: 404, json: { error: `there is no service ${service}` } }
    const isEffect = EFFECTS.some(pattern => pattern.test(name))
    ;(isEffect ? calls : queries).push({ service, method, args: nameUsers(args, actors) })
    const set = answers.get(name)
    if (isObject(set) && '$raise' in set) return refuse(String(set.$raise))
    return isEffect ? { status: 200, json: { result: null } } : answerQuery({ name, args, actors, set })
  }

  const server = await startServer(answer)
  return {
    url: server.origin,
    token,
    set ({ service, method, answer, absent: isAbsent }) {
      if (isAbsent === true) absent.add(service)
      if (isAbsent === false) absent.delete(service)
      if (method !== undefined) answers.set(`${service}.${method}`, answer)
    },
    takeCalls: () => calls.splice(0),
    takeQueries: () => queries.splice(0),
    reset (present) {
      actors = [...present]
      calls = []
      queries = []
      answers.clear()
      absent.clear()
    },
    close: server.close,
  }
}

const refuse = (error: string): Reply => ({ status: RAISE_STATUS[error] ?? 500, json: { error } })

function readArguments (body: string): JsonObject | null {
  const read = parseJson(body)?.value
  return isObject(read) ? read : null
}

/** Arguments that are a user object in the original; over HTTP they are the platform's user id. */
const USER_ARGUMENTS = ['user', 'requesting_user', 'overrider']

/** Users are recorded by their user names, however they were described. */
function nameUsers (args: JsonObject, actors: Actor[]): JsonObject {
  return Object.fromEntries(Object.entries(args).map(([key, value]) => [key, USER_ARGUMENTS.includes(key) ? findUser(value, actors)?.username ?? value : value]))
}
