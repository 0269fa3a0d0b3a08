export type CsvCell = string | number | boolean | Date | null

/** One line of a table, RFC 4180. */
export function csvLine (cells: readonly CsvCell[]): string {
  return `${cells.map(cell => quote(asText(cell))).join(',')}\r\n`
}

/** For tables that people open in a spreadsheet: a text that would be taken for a formula is shown as text. */
export const asPlainText = (text: string): string => /^[=+\-@\t\r]/.test(text) ? `'${text}` : text

const asText = (cell: CsvCell): string => cell instanceof Date ? cell.toISOString() : String(cell ?? '')
const quote = (text: string): string => /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

const CELL = /(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r?\n|$)/y

/** Rows of a table as written by any spreadsheet; blank lines are left out. Null: a quote is not closed. */
export function parseCsv (text: string): string[][] | null {
  const rows: string[][] = []
  let row: string[] = []
  CELL.lastIndex = 0
  const source = text.replace(/^\uFEFF/, '')
  while (CELL.lastIndex < source.length) {
    const match = CELL.exec(source)
    if (!match) return null
    const [, quoted, bare = '', end] = match
    row.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'))
    if (end === ',' && CELL.lastIndex < source.length) continue
    if (end === ',') row.push('')
    if (row.some(cell => cell !== '')) rows.push(row)
    row = []
  }
  return rows
}
