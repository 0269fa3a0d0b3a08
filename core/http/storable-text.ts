/*
 * The database keeps no NUL in a text, and in JSON no half of a surrogate pair. Both are looked for where requests come in, once and for
 * every route. NUL is refused: nobody means it. Half a character is what is left when somebody cuts a text in the middle of an emoji, so it
 * is mended as UTF-8 would.
 */
export const NO_NUL = 'Null characters are not allowed in texts.'

/** Far beyond what any client sends; what is deeper exhausts the stack of whoever writes it out again. */
const MAX_DEPTH = 100
const SUSPICIOUS = /\\u(?:0000|d[89a-f])/i
/** One after the other, so that an escaped backslash before a `u` is what it is; both halves of a character are one. */
const ESCAPE = /\\(?:u(?:d[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|[0-9a-f]{4})|[^])/gi
const HALF = /^\\ud[89a-f][0-9a-f]{2}$/i
const REPLACEMENT = '\\ufffd'

/** For flat objects of texts: what stands in paths, queries and forms. */
export function holdsNul (fields: unknown): boolean {
  if (typeof fields === 'string') return fields.includes('\0')
  if (typeof fields !== 'object' || fields === null) return false
  // a plain loop: every request comes through here
  for (const [name, value] of Object.entries(fields)) if (name.includes('\0') || holdsNul(value)) return true
  return false
}

/** JSON that can be parsed, stored and written out again, or why it is refused. What is no JSON stays as it is, for the parser to refuse. */
export function settleJson (json: string): { json: string } | { fault: string } {
  if (isTooDeep(json)) return { fault: `The body is nested more than ${MAX_DEPTH} levels deep.` }
  if (!SUSPICIOUS.test(json)) return { json }
  let found = false
  const mended = json.replace(ESCAPE, escape => {
    if (escape === '\\u0000') found = true
    return HALF.test(escape) ? REPLACEMENT : escape
  })
  return found ? { fault: NO_NUL } : { json: mended }
}

function isTooDeep (json: string): boolean {
  // a level takes a sign at either end
  if (json.length <= 2 * MAX_DEPTH) return false
  let depth = 0
  for (let at = 0; at < json.length; at++) {
    const sign = json[at]
    if (sign === '"') at = endOfText(json, at)
    else if (sign === '{' || sign === '[') depth++
    else if (sign === '}' || sign === ']') depth--
    if (depth > MAX_DEPTH) return true
  }
  return false
}

function endOfText (json: string, from: number): number {
  let at = from + 1
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1
  return at
}
