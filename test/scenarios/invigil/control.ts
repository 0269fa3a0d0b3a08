import { send } from '../http-client.ts'
import { isObject, parseJson, show, type JsonObject } from '../json.ts'

/** The test controls of DESIGN §13; the answer's body, or an error that says what came instead. */
async function post (port: number, path: string, body: JsonObject): Promise<JsonObject> {
  const headers = { 'content-type': 'application/json', host: 'lms.test', 'x-forwarded-proto': 'https' }
  const answer = await send({ port, method: 'POST', path, headers, body: JSON.stringify(body) })
  const read = parseJson(answer.text)?.value
  if (answer.status !== 200 || !isObject(read)) throw new Error(`POST ${path} answered ${answer.status} ${show(answer.text)}, expected 200 and a JSON object`)
  return read
}

/** Moves the clock and answers where it stands. */
export async function moveClock (port: number, to: { freeze: string } | { advance_seconds: number }): Promise<string> {
  return String((await post(port, '/demo/clock', to)).now)
}

/** Lets Invigil do all work that is due. */
export async function drain (port: number): Promise<void> {
  await post(port, '/demo/drain', {})
}
