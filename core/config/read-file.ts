import { readFile } from 'node:fs/promises'
import { LineCounter, parseDocument } from 'yaml'
import type { ConfigFault } from './faults.ts'

export type ReadResult = { tree: unknown, faults: [] } | { tree: null, faults: ConfigFault[] }

/** Reads one YAML file. Faults say where, never what stood there: the line may hold a secret. */
export async function readConfigFile (path: string): Promise<ReadResult> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    return { tree: null, faults: [unreadable(error)] }
  }
  return parseConfig(text)
}

export function parseConfig (text: string): ReadResult {
  const lines = new LineCounter()
  // stringKeys: a provider may be called null or yes
  const document = parseDocument(text, { prettyErrors: false, stringKeys: true, lineCounter: lines })
  const faults = document.errors.map(({ code, pos }) => {
    const { line, col } = lines.linePos(pos[0])
    return badYaml(code, line, col)
  })
  return faults.length > 0 ? { tree: null, faults } : { tree: document.toJS({ maxAliasCount: 100 }) ?? {}, faults: [] }
}

function unreadable (error: unknown): ConfigFault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  return {
    key: '',
    expected: 'a readable file',
    found: code === 'ENOENT' ? 'no such file' : `an error of the file system (${code})`,
    fix: 'Set INVIGIL_CONFIG to the path of your configuration, or start in the folder that holds config/default.yaml.',
  }
}

/** What the parser's codes mean to a person; any other code is shown as it is. */
const YAML_FAULTS: Readonly<Record<string, string>> = {
  BAD_INDENT: 'a line that is indented differently from its neighbours, or a bracket that is not closed',
  TAB_AS_INDENT: 'a tab used to indent',
  DUPLICATE_KEY: 'a key that was given before',
  MISSING_CHAR: 'a missing character, e.g. a quote or a bracket that is not closed',
  UNEXPECTED_TOKEN: 'a sign that does not belong here',
  BAD_SCALAR_START: 'a value that must be put into quotes',
  BLOCK_AS_IMPLICIT_KEY: 'two keys in one line, or a value with ": " in it that must be put into quotes',
  MULTILINE_IMPLICIT_KEY: 'a key without a colon',
}

function badYaml (code: string, line: number, column: number): ConfigFault {
  return {
    key: `line ${line}, column ${column}`,
    expected: 'YAML',
    found: YAML_FAULTS[code] ?? `a fault of the kind ${code}`,
    fix: 'Correct the line, or the one above it.',
  }
}
