import { obscureUserId } from '../../../core/domain/obscure-user-id.ts'
import { humanTime } from '../../../core/interstitials/human-time.ts'
import { bodyString, signRequest } from '../../../plugins/rpnow/signature.ts'
import { isObject, type JsonObject } from '../json.ts'

/** Invigil's pure functions by the names the scenario files have for them. An algorithm that is not here cannot be played. */
export const ALGORITHMS: Readonly<Record<string, (input: JsonObject) => unknown>> = {
  obscured_user_id: ({ key, user_id: userId, extra }) => obscureUserId(String(key), Number(userId), joinExtra(extra)),
  human_time: ({ minutes }) => humanTime(Number(minutes)),
  rpnow_signature: signature,
}

/** The original takes any number of extra arguments and writes them one after the other. */
function joinExtra (extra: unknown): string | null {
  if (!Array.isArray(extra)) return ''
  return extra.length === 1 && extra[0] === null ? null : extra.map(String).join('')
}

/** The recordings hold the whole header only for bodies that a registration could have. */
function signature ({ body, date, secret_key_id: id, secret_key: key }: JsonObject): JsonObject {
  const fields = isObject(body) ? body : {}
  const authorization = signRequest(fields, { contentType: 'application/json', date: String(date) }, { secretKeyId: String(id), secretKey: String(key) })
  return { body_string: bodyString(fields), ...('orgExtra' in fields && { authorization }) }
}
