/*
 * The database keeps no NUL in a text, and in JSON no half of a surrogate pair. Both are looked for where requests come in, once and for
 * every route. NUL is refused: nobody means it. Half a character is what is left when somebody cuts a text in the middle of an emoji, so it
 * is mended as UTF-8 would.
 */
const SUSPICIOUS = /\\u(?:0000|d[89a-f])/i
const STRING_LITERAL = /"(?:[^"\\]|\\.)*"/g

export const NO_NUL = 'Null characters are not allowed in texts.'

const hasNul = (text: string): boolean => text.includes('\0')

/** For flat objects of texts: what stands in paths, queries and forms. */
export function holdsNul (fields: unknown): boolean {
  return typeof fields === 'object' && fields !== null && Object.entries(fields).flat(2).some(text => typeof text === 'string' && hasNul(text))
}

/** JSON with mended texts; null when one of them has a NUL. What is no JSON stays as it is, for the parser to refuse. */
export function mendJson (json: string): string | null {
  if (!SUSPICIOUS.test(json)) return json
  let found = false
  const mended = json.replace(STRING_LITERAL, literal => {
    if (!SUSPICIOUS.test(literal)) return literal
    const text = readLiteral(literal)
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
