/**
 * What the scenario files call by the recorded platform's names and Invigil by its own: vendors' hosts, and the workers' scripts.
 * An address Invigil answers is put into the words of the files before it is compared.
 */

const WORKER = /\/static\/providers\/(\w+)\/worker-[0-9a-f]+\.js/g

export function toLoopback (text: string, origins: ReadonlyMap<string, string>): string {
  return [...origins].reduce((result, [host, origin]) => result.replaceAll(host, origin), text)
}

export function fromInvigil (text: string, origins: ReadonlyMap<string, string>): string {
  const named = text.replace(WORKER, (_, provider: string) => `/static/bundles/${provider}-worker.js`)
  return [...origins].reduce((result, [host, origin]) => result.replaceAll(origin, host), named)
}
