import type { Matcher } from '../comparison.ts'
import { isObject } from '../json.ts'
import { fillObject } from '../placeholders.ts'
import { rpnowPassword, rpnowSignature } from '../rpnow-measure.ts'

export const matchRpnowPassword: Matcher = (operand, actual, { scope, path, compare }) => {
  const body = scope.request?.json
  const { crypto_key: key } = isObject(operand) ? fillObject(operand, scope.captures) : {}
  if (!isObject(body)) return { path, expected: { $rpnow_exam_password: operand }, actual, reason: 'the request has no JSON body' }
  return compare.match(rpnowPassword(String(body.examCode), String(key)), actual, scope, path)
}

export const matchRpnowSignature: Matcher = (operand, actual, { scope, path, compare }) => {
  const { json: body, headers } = scope.request ?? {}
  const keys = isObject(operand) ? fillObject(operand, scope.captures) : {}
  if (!isObject(body) || !isObject(headers)) return { path, expected: { $rpnow_signature: operand }, actual, reason: 'the request has no JSON body' }
  const right = rpnowSignature(body, String(headers['content-type']), String(headers.date), {
    secret_key_id: String(keys.secret_key_id), secret_key: String(keys.secret_key),
  })
  return compare.match(right, actual, scope, path)
}
