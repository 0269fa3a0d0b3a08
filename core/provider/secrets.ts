/** Every text and number under a schema marked secret, wherever it stands. */
export function collectSecrets (schema: unknown, value: unknown, inherited = false): string[] {
  if (value === null || value === undefined) return []
  const facts: Record<string, unknown> = typeof schema === 'object' ? { ...schema } : {}
  const secret = inherited || facts.secret === true
  const branches = [facts.anyOf, facts.allOf, facts.oneOf].flat().filter(branch => branch !== undefined).flatMap(branch => collectSecrets(branch, value, secret))
  if (typeof value === 'object') return [...branches, ...collectInside(facts, value, secret)]
  return secret ? [...branches, String(value)] : branches
}

function collectInside (facts: Record<string, unknown>, value: object, secret: boolean): string[] {
  const properties: Record<string, unknown> = typeof facts.properties === 'object' ? { ...facts.properties } : {}
  return Object.entries(value).flatMap(([key, inner]) =>
    collectSecrets(properties[key] ?? facts.items ?? facts.additionalProperties ?? firstPattern(facts), inner, secret))
}

/** `Type.Record` keeps the schema of its values here. */
function firstPattern (facts: Record<string, unknown>): unknown {
  return typeof facts.patternProperties === 'object' && facts.patternProperties !== null ? Object.values(facts.patternProperties)[0] : undefined
}
