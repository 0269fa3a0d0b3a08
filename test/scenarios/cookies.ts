export interface Cookie { value: string, path: string }
export type CookieJar = Map<string, Cookie>

/** Keeps what an answer sets; a cookie that is set to expire at once is forgotten. */
export function keepCookies (jar: CookieJar, setCookie: readonly string[] = []): Map<string, Cookie> {
  const received = new Map(setCookie.map(readCookie))
  for (const [name, cookie] of received) jar.set(name, cookie)
  for (const line of setCookie.filter(each => /;\s*max-age=0(?:;|$)/i.test(each))) jar.delete(readCookie(line)[0])
  return received
}

export function cookieHeader (jar: CookieJar): Record<string, string> {
  const pairs = [...jar].map(([name, { value }]) => `${name}=${value}`)
  return pairs.length > 0 ? { cookie: pairs.join('; ') } : {}
}

function readCookie (line: string): [string, Cookie] {
  const [pair = '', ...attributes] = line.split(';')
  const equals = pair.indexOf('=')
  const path = attributes.map(each => /^\s*path=(.*)$/i.exec(each)?.[1]).find(each => each !== undefined) ?? ''
  return [pair.slice(0, equals).trim(), { value: pair.slice(equals + 1), path }]
}
