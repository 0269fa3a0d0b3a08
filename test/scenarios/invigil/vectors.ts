import { obscureUserId } from '../../../core/domain/obscure-user-id.ts'
import { humanTime } from '../../../core/interstitials/human-time.ts'
import { decryptVideoUrl, encryptVideoUrl } from '../../../core/domain/review/video-url.ts'
import { examPassword } from '../../../plugins/rpnow/exam-password.ts'
import { examNameFor, splitName } from '../../../plugins/rpnow/names.ts'
import { bodyString, signRequest } from '../../../plugins/rpnow/signature.ts'
import { isObject, type JsonObject } from '../json.ts'

/** Invigil's pure functions by the names the scenario files have for them. An algorithm that is not here cannot be played. */
export const ALGORITHMS: Readonly<Record<string, (input: JsonObject) => unknown>> = {
  obscured_user_id: ({ key, user_id: userId, extra }) => obscureUserId(String(key), Number(userId), joinExtra(extra)),
  human_time: ({ minutes }) => humanTime(Number(minutes)),
  rpnow_signature: signature,
  rpnow_exam_password: input => examPassword(textOf(input), keyOf(input)),
  rpnow_exam_name: input => examNameFor(textOf(input)),
  rpnow_split_name: input => Object.values(splitName(textOf(input))),
  video_url_encrypt: input => encryptVideoUrl(textOf(input), keyOf(input)),
  video_url_decrypt: input => decryptVideoUrl(textOf(input), keyOf(input)),
}

/** These take a text and, some of them, a key; files may call them as they like. */
const isKey = (name: string): boolean => /key/i.test(name)
const pick = (input: JsonObject, wanted: (name: string) => boolean): string => String(Object.entries(input).find(([name]) => wanted(name))?.[1] ?? '')
const keyOf = (input: JsonObject): string => pick(input, isKey)
const textOf = (input: JsonObject): string => pick(input, name => !isKey(name))

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
