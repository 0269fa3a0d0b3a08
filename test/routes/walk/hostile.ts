/** Inputs that no honest client sends, in tables. */

export interface HostileBody { title: string, type: string | null, payload: string | Buffer }

const LONG = 'x'.repeat(300)

export const PATH_VALUES: readonly string[] = [
  '0', '-1', '1.5', '1e3', '2147483647', '2147483648', '99999999999999999999', 'abc', 'NaN', 'null', '__proto__', 'constructor',
  '%00', 'a%00b', '%2e%2e', '..%2f..%2fetc%2fpasswd', '%2F', '%0d%0aSet-Cookie:%20x=1', '%27%22%3B--', '%F0%9F%98%80', '%ED%A0%80', '%FF', '%E0%A4%A', '%', '%25', '%20', '', LONG, 'x'.repeat(2000),
]

export const QUERY_VALUES: readonly string[] = ['', ...PATH_VALUES, '&NAME=2', '&NAME[]=1', '&NAME[a]=1', `&${'NAME=1&'.repeat(500)}`]
export const QUERIES: readonly string[] = ['?', '?&&==&', '?__proto__=1', '?__proto__[x]=1&constructor=2', '?%00=%00', '?%E0%A4%A=1', `?x=${'y'.repeat(8000)}`, `?${'a=1&'.repeat(2000)}`, '?a[b][c]=1', '?%5B%5D=1']

/** Put in the place of every field, one after the other. */
const FIELD_VALUES: readonly unknown[] = [
  null, true, false, 0, -1, 1.5, 2_147_483_647, 2_147_483_648, -2_147_483_649, 1e21, 1e308, [], {}, [1], [null], [[]], { a: 1 },
  '', ' ', 'abc', '-1', '1.5', '1e3', 'NaN', 'Infinity', '2147483647', '2147483648', '99999999999999999999', 'true', '__proto__', 'constructor',
  '\u0000', 'a\u0000b', '\ud800', 'a\udc00', '\u202e\ufeff', '😀'.repeat(130), LONG, 'x'.repeat(70_000),
  '2030-02-30T00:00:00Z', '2030-13-45T99:99:99Z', '0000-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999999Z', '-271821-04-20T00:00:00Z', '+275760-09-13T00:00:00Z', '2030-01-01',
  "'; drop table exam; --", '{{ 7 * 7 }}', '<script>alert(1)</script>', '../../etc/passwd', '\r\nSet-Cookie: x=1',
]

/** The same deep inside, where there are many fields. */
const DEEP_VALUES: readonly unknown[] = [
  null, true, -1, 2_147_483_648, 1e308, [], {}, [null], '', 'abc', '99999999999999999999', '\u0000', '\ud800', LONG, '0000-01-01T00:00:00Z', '2030-02-30T00:00:00Z',
]

const JSON_TYPE = 'application/json'
const nested = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth)

/** Whole bodies, whatever the route expects. */
export const BODIES: readonly HostileBody[] = [
  { title: 'no body', type: null, payload: '' },
  { title: 'an empty JSON body', type: JSON_TYPE, payload: '' },
  ...['null', '[]', '[null]', '[[]]', '1', '-0', '"text"', 'true', '{}', '{"":""}'].map(payload => ({ title: `the JSON ${payload}`, type: JSON_TYPE, payload })),
  ...['{', '{"a":', "{'a':1}", '{"a":1}}', '\ufeff{}', 'NaN', '{"a":1e999}', 'undefined', '\u0000', '{"a":"\u0000"}', '{"a":"\n"}'].map(payload => ({ title: `the broken JSON ${JSON.stringify(payload)}`, type: JSON_TYPE, payload })),
  { title: 'bytes that are no UTF-8', type: JSON_TYPE, payload: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]) },
  { title: 'UTF-16', type: 'application/json; charset=utf-16', payload: Buffer.from('{"a":1}', 'utf16le') },
  { title: 'a NUL in a text', type: JSON_TYPE, payload: '{"a":"\\u0000"}' },
  { title: 'a NUL in a name', type: JSON_TYPE, payload: '{"\\u0000":1}' },
  { title: 'half a character', type: JSON_TYPE, payload: '{"a":"\\ud800"}' },
  { title: '__proto__', type: JSON_TYPE, payload: '{"__proto__":{"isStaff":true}}' },
  { title: 'constructor.prototype', type: JSON_TYPE, payload: '{"constructor":{"prototype":{"isStaff":true}}}' },
  { title: '__proto__ deep inside', type: JSON_TYPE, payload: '{"a":[{"__proto__":{"isStaff":true}}]}' },
  { title: 'lists 50,000 deep', type: JSON_TYPE, payload: nested('[', ']', 50_000) },
  { title: 'objects 50,000 deep', type: JSON_TYPE, payload: `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}` },
  { title: '2 MiB of JSON', type: JSON_TYPE, payload: `{"a":"${'x'.repeat(2 * 1024 * 1024)}"}` },
  { title: '100,000 fields', type: JSON_TYPE, payload: `{${Array.from({ length: 100_000 }, (_, index) => `"${index}":1`).join()}}`.slice(0, 1_000_000) },
  { title: 'a list of 100,000', type: JSON_TYPE, payload: `[${'{},'.repeat(100_000)}{}]` },
  { title: 'plain text', type: 'text/plain', payload: '{}' },
  { title: 'XML', type: 'application/xml', payload: '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>' },
  { title: 'a type that is none', type: 'nonsense', payload: '{}' },
  { title: 'bytes without a type', type: null, payload: '\u0001\u0002' },
  { title: 'a form', type: 'application/x-www-form-urlencoded', payload: 'a=1&a=2&b[c]=3' },
  { title: 'a form with __proto__', type: 'application/x-www-form-urlencoded', payload: '__proto__=1&__proto__[x]=2' },
  { title: 'a form with NUL', type: 'application/x-www-form-urlencoded', payload: 'a=%00&%00=b' },
  { title: 'a form that is broken', type: 'application/x-www-form-urlencoded', payload: '%E0%A4%A=%&=&&%FF' },
  { title: 'a form of 2 MiB', type: 'application/x-www-form-urlencoded', payload: `a=${'x'.repeat(2 * 1024 * 1024)}` },
  { title: 'multipart without a boundary', type: 'multipart/form-data', payload: 'x' },
  { title: 'multipart that ends too soon', type: 'multipart/form-data; boundary=b', payload: '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx' },
  { title: 'multipart with a file', type: 'multipart/form-data; boundary=b', payload: '--b\r\nContent-Disposition: form-data; name="a"; filename="a.txt"\r\n\r\nx\r\n--b--\r\n' },
  { title: 'multipart with NUL', type: 'multipart/form-data; boundary=b', payload: '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\u0000\r\n--b--\r\n' },
  { title: 'multipart of nothing', type: 'multipart/form-data; boundary=b', payload: '--b--\r\n' },
]

/** A good body with one field at a time gone or replaced, wherever in it the field stands. */
export function spoil (body: unknown): { title: string, body: unknown }[] {
  return fieldPaths(body).flatMap(path => [
    { title: `without ${path.join('.')}`, body: change(body, path, undefined) },
    ...(path.length > 2 ? DEEP_VALUES : FIELD_VALUES).map(value => ({ title: `${path.join('.')} = ${shown(value)}`, body: change(body, path, value) })),
  ])
}

function fieldPaths (value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [[key], ...fieldPaths(inner).map(path => [key, ...path])])
}

function change (value: unknown, [key = '', ...rest]: string[], to: unknown): unknown {
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...Object(value) }
  const inner: unknown = Reflect.get(copy, key)
  if (rest.length > 0) Reflect.set(copy, key, change(inner, rest, to))
  else if (to === undefined) Reflect.deleteProperty(copy, key)
  else Reflect.set(copy, key, to)
  return copy
}

export function shown (value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 40)}… (${text.length})` : text
}

/** The same fields as old clients send them. */
export function asForm (body: object): string {
  return new URLSearchParams(flatFields(body)).toString()
}

export function asMultipart (body: object): HostileBody {
  const parts = flatFields(body).map(([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
  return { title: 'as multipart fields', type: 'multipart/form-data; boundary=b', payload: `${parts.join('')}--b--\r\n` }
}

const flatFields = (body: object): [string, string][] =>
  Object.entries(body).map(([name, value]) => [name, typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '')])
