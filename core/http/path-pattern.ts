/** Turns a route's path (`/a/:id(^\d+$)/*`) into the regular expression of the requests it serves. */
export function compilePath (url: string): RegExp {
  let source = ''
  for (let at = 0; at < url.length;) {
    const { text, length } = readPart(url, at)
    source += text
    at += length
  }
  return new RegExp(`^${source}$`)
}

function readPart (url: string, at: number): { text: string, length: number } {
  if (url.startsWith('::', at)) return { text: ':', length: 2 }
  if (url[at] === '*') return { text: '.*', length: 1 }
  if (url[at] !== ':') return { text: (url[at] ?? '').replace(/[.*+?^${}()|[\]\\]/, '\\$&'), length: 1 }
  const [name = ''] = /^:\w+/.exec(url.slice(at)) ?? []
  const pattern = url[at + name.length] === '(' ? readGroup(url, at + name.length) : ''
  const isOptional = url[at + name.length + pattern.length] === '?'
  // the router takes an empty segment for a parameter as well
  const inner = pattern === '' ? '[^/]*' : `(?:${pattern.slice(1, -1).replace(/^\^/, '').replace(/\$$/, '')})`
  return { text: isOptional ? `(?:${inner})?` : inner, length: name.length + pattern.length + (isOptional ? 1 : 0) }
}

/** The text from an opening parenthesis to the one that closes it. */
function readGroup (url: string, from: number): string {
  let depth = 0
  for (let at = from; at < url.length; at++) {
    if (url[at] === '\\') at++
    else if (url[at] === '(') depth++
    else if (url[at] === ')' && --depth === 0) return url.slice(from, at + 1)
  }
  return url.slice(from)
}
