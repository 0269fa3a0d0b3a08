/** One thing that is wrong with the configuration, said to the person who edits it. Holds no secret value. */
export interface ConfigFault {
  /** Path as in the file, e.g. `server.port`; empty for the file as a whole. */
  key: string
  expected: string
  found: string
  /** What to do, as a sentence. */
  fix: string
}

/** All faults of one configuration, thrown once. */
export class ConfigFaults extends Error {
  readonly code = 'INV_CONFIG_FAULTS'
  readonly faults: readonly ConfigFault[]

  constructor (file: string, faults: readonly ConfigFault[]) {
    super(`The configuration ${file} has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map(formatFault).join('\n')}`)
    this.name = 'ConfigFaults'
    this.faults = faults
  }
}

export function formatFault ({ key, expected, found, fix }: ConfigFault): string {
  return `  - ${key || 'the whole file'}\n      expected: ${expected}\n      found:    ${found}\n      to do:    ${fix}`
}
