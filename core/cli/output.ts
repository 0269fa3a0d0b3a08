/** Where a command writes. */
export interface TextSink { write (text: string): unknown, isTTY?: boolean | undefined }

export type Cell = string | number | boolean | Date | null | undefined
export type Row = Readonly<Record<string, Cell>>

export interface Output {
  readonly isJson: boolean
  /** A list: a table for people, an array for scripts; `full` is what scripts get when the table shows less. */
  table (rows: readonly Row[], full?: readonly object[]): void
  /** One thing: a line per field for people, an object for scripts. */
  fields (fields: Row, full?: object): void
  /** A sentence for people; scripts get `result` instead. */
  say (text: string, result?: object): void
  /** Beside the result: what else the reader should know. Never on standard output. */
  note (text: string): void
  /** The state of work under way; shown on a terminal only, and overwritten. */
  progress (text: string): void
}

export function createOutput (stdout: TextSink, stderr: TextSink, isJson: boolean): Output {
  let shown = 0
  const clear = () => {
    if (shown > 0) stderr.write(`\r${' '.repeat(shown)}\r`)
    shown = 0
  }
  const print = (text: string) => { clear(); stdout.write(`${text}\n`) }
  const json = (value: unknown) => print(JSON.stringify(value, null, 2))
  return {
    isJson,
    table: (rows, full = rows) => isJson ? json(full) : print(formatTable(rows)),
    fields: (fields, full = fields) => isJson ? json(full) : print(formatFields(fields)),
    say (text, result) {
      if (!isJson) print(text)
      else if (result) json(result)
    },
    note (text) { clear(); stderr.write(`${text}\n`) },
    progress (text) {
      if (!stderr.isTTY) return
      clear()
      stderr.write(text)
      shown = text.length
    },
  }
}

/** Columns as wide as they need to be; numbers to the right. */
export function formatTable (rows: readonly Row[]): string {
  const [first] = rows
  if (!first) return 'None.'
  const columns = Object.keys(first).map(name => {
    const cells = rows.map(row => asText(row[name]))
    const isNumber = rows.every(row => row[name] == null || typeof row[name] === 'number')
    return { name, cells, width: Math.max(name.length, ...cells.map(cell => cell.length)), isNumber }
  })
  const line = (cells: readonly string[]) => cells.map((cell, index) => pad(cell, columns[index])).join('  ').trimEnd()
  return [line(columns.map(({ name }) => name)), ...rows.map((_, index) => line(columns.map(({ cells }) => cells[index] ?? '')))].join('\n')
}

function pad (cell: string, column: { width: number, isNumber: boolean } | undefined): string {
  if (!column) return cell
  return column.isNumber ? cell.padStart(column.width) : cell.padEnd(column.width)
}

export function formatFields (fields: Row): string {
  const width = Math.max(...Object.keys(fields).map(name => name.length))
  return Object.entries(fields).map(([name, value]) => `${name.padEnd(width)}  ${asText(value)}`.trimEnd()).join('\n')
}

function asText (value: Cell): string {
  if (value === null || value === undefined || value === '') return '-'
  if (value instanceof Date) return value.toISOString().replace('.000Z', 'Z')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  // control characters of stored texts must not reach a terminal
  return String(value).replaceAll(/\p{Cc}+/gu, ' ')
}
