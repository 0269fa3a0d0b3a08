import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { KINDS, chooseAnswers } from './answers.ts'
import { type Terminal, Impossible } from './terminal.ts'
import { folderOf } from './names.ts'
import { writePackage } from './write-package.ts'

export interface Surroundings extends Terminal { cwd: string }

const HELP = `npm create invigil-provider [name] -- [--kind ${Object.keys(KINDS).join('|')}] [--yes]

Writes the package of an Invigil provider into a new folder.

  name      the package's name on npm, e.g. acme-proctoring or @acme/proctoring
  --kind    ${Object.entries(KINDS).map(([kind, about]) => `${kind.padEnd(7)} ${about}`).join('\n            ')}
  --yes     ask nothing; what is not given is acme-proctoring, rest
`

/** Answers the exit code: 0 written, 1 not possible, 2 not understood. */
export async function create (argv: readonly string[], { cwd, ...terminal }: Surroundings): Promise<0 | 1 | 2> {
  const given = readArguments(argv)
  if (typeof given === 'string') {
    terminal.errors.write(`${given}\n\n${HELP}`)
    return 2
  }
  if (given.help) {
    terminal.output.write(HELP)
    return 0
  }
  try {
    const { name, kind } = await chooseAnswers(given, terminal)
    const folder = folderOf(name)
    await writePackage(resolve(cwd, folder), { name, kind })
    terminal.output.write(`${name} is in ${folder}/. Next:\n\n  cd ${folder}\n  npm install\n  npm start               # a core, a demo LMS and a stand-in for your service\n  npm test\n  npm run conformance\n\nThe rest is in ${folder}/README.md.\n`)
    return 0
  } catch (error) {
    if (!(error instanceof Impossible)) throw error
    terminal.errors.write(`${error.message}\n`)
    return 1
  }
}

function readArguments (argv: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv], allowPositionals: true, options: { kind: { type: 'string' }, yes: { type: 'boolean', short: 'y', default: false }, help: { type: 'boolean', short: 'h', default: false } },
    })
    const [name, ...others] = positionals
    return others.length > 0 ? `Expected one name, found ${positionals.join(', ')}.` : { ...values, name }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
