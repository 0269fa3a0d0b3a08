/** What one secret looks like when somebody wrote it down, whatever way. */
export interface KnownSecret { readonly name: string, readonly forms: readonly string[] }

/** Shorter ones are found everywhere by chance. */
export const SHORTEST_SECRET = 8

export function describeSecret (name: string, value: string): KnownSecret {
  const bytes = Buffer.from(value)
  const forms = [
    value,
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    [...value].reverse().join(''),
    ...insideBase64(bytes, 'base64'),
    ...insideBase64(bytes, 'base64url'),
  ]
  return { name, forms: [...new Set(forms)] }
}

/** As part of a longer text in base64, e.g. `id:secret`, the secret begins at one of three places; its first and last characters then mix with others. */
function insideBase64 (bytes: Buffer, encoding: 'base64' | 'base64url'): string[] {
  return [0, 1, 2].map(offset => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString(encoding).replace(/=+$/, '')
    const start = offset === 0 ? 0 : offset + 1
    const clean = (offset + bytes.length) % 3 === 0 ? text.length : text.length - 1
    return text.slice(start, clean)
  })
}

/** Names of the secrets in a text. */
export function findSecrets (secrets: readonly KnownSecret[], text: string): string[] {
  return secrets.filter(({ forms }) => forms.some(form => text.includes(form))).map(({ name }) => name)
}
