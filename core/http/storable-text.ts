/*
 * The database keeps no NUL in a text, and in JSON no half of a surrogate pair. Both are looked for where requests come in, once and for
 * every route. NUL is refused: nobody means it. Half a character is what is left when somebody cuts a text in the middle of an emoji, so it
 * is mended as UTF-8 would.
 */
export const NO_NUL = 'Null characters are not allowed in texts.'

const SUSPICIOUS = /\\u(?:0000|d[89a-f])/i
const STRING_LITERAL = /"(?:[^"\\]|\\.)*"/g
/** Far beyond what any client sends; what is deeper exhausts the stack of whoever writes it out again. */
const MAX_DEPTH = 100

/** For flat objects of texts: what stands in paths, queries and forms. */
export function holdsNul (fields: unknown): boolean {
  return typeof fields === 'object' && fields !== null && Object.entries(fields).flat(2).some(text => typeof text === 'string' && hasNul(text))
}

/** JSON that can be parsed, stored and written out again, or why it is refused. What is no JSON stays as it is, for the parser to refuse. */
export function settleJson (json: string): { json: string } | { fault: string } {
  if (isTooDeep(json)) return { fault: `The body is nested more than ${MAX_DEPTH} levels deep.` }
  const mended = SUSPICIOUS.test(json) ? mendLiterals(json) : json
  return mended === null ? { fault: NO_NUL } : { json: mended }
}

const hasNul = (text: string): boolean => text.includes('\0')

/** Null when a text has a NUL. */
function mendLiterals (json: string): string | null {
  let found = false
  const mended = json.replace(STRING_LITERAL, literal => {
    const text = SUSPICIOUS.test(literal) ? readLiteral(literal) : null
    if (text !== null && hasNul(text)) found = true
    return text === null || text.isWellFormed() ? literal : JSON.stringify(text.toWellFormed())
  })
  return found ? null : mended
}

function readLiteral (literal: string): string | null {
  try {
    return String(JSON.parse(literal))
  } catch {
    return null
  }
}

function isTooDeep (json: string): boolean {
  // a level takes a sign at either end
  if (json.length <= 2 * MAX_DEPTH) return false
  let depth = 0
  for (const [sign] of json.replace(STRING_LITERAL, '').matchAll(/[[\]{}]/g)) {
    depth += sign === '[' || sign === '{' ? 1 : -1
    if (depth > MAX_DEPTH) return true
  }
  return false
}
