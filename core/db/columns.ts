import type { TextRow } from './sql.ts'
import { dateFromText, wireTimeFromText } from './timestamps.ts'

/** What a column's text stands for; no word means text. */
type Kind = 'integer' | 'flag' | 'date'
type KindOf<Value> = [Value] extends [number] ? ['integer'] : [Value] extends [boolean] ? ['flag'] : [Value] extends [Date] ? ['date'] : []

/** Field -> column of a table. The compiler finds a forgotten field and a wrong kind. */
export type Columns<T> = { [Field in keyof T]-?: readonly [column: string, ...KindOf<NonNullable<T[Field]>>] }
type ColumnTable = Readonly<Record<string, readonly [column: string, kind?: Kind]>>

/** Columns of a table under a prefix, e.g. `e.course_id as e_course_id`. */
export function selectColumns (alias: string, columns: ColumnTable): string {
  return Object.values(columns).map(([column]) => `${alias}.${column} as ${alias}_${column}`).join(', ')
}

export const widthOf = (columns: ColumnTable): number => Object.keys(columns).length

/** Reads one aliased group of a row with names. */
export function readColumns<T> (row: Readonly<Record<string, unknown>>, alias: string, columns: Columns<T> & ColumnTable): T {
  const entries = Object.entries<ColumnTable[string]>(columns).map(([field, [column, kind]]) => {
    const value = row[`${alias}_${column}`]
    return [field, kind === 'date' && typeof value === 'string' ? dateFromText(value) : value]
  })
  return Object.fromEntries(entries) // the table of columns is typed by T itself
}

type TextReaders = Readonly<Record<Kind | 'text', (text: string) => unknown>>
const READERS: TextReaders = { text: text => text, integer: Number, flag: text => text === 't', date: dateFromText }

/** Reads a table's columns from the place in a row where `selectColumns` of the same table put them. */
export function createReader<T> (columns: Columns<T> & ColumnTable, from: number): (row: TextRow) => T {
  return createTextReader(columns, from, READERS)
}

/** Facts to be told, not to be worked with: times are as the wire writes them. */
export type Told<T> = { [Field in keyof T]: T[Field] extends Date ? string : T[Field] extends Date | null ? string | null : T[Field] }

export function createToldReader<T> (columns: Columns<T> & ColumnTable, from: number): (row: TextRow) => Told<T> {
  return createTextReader(columns, from, { ...READERS, date: wireTimeFromText })
}

function createTextReader<T> (columns: ColumnTable, from: number, readers: TextReaders): (row: TextRow) => T {
  const fields = Object.entries(columns).map(([field, column], index) => ({ field, place: from + index, read: readers[column[1] ?? 'text'] }))
  // copied for each row: objects that are born with all their fields are made twice as fast
  const empty: Record<string, unknown> = Object.fromEntries(fields.map(({ field }) => [field, null]))
  return row => {
    const value = { ...empty }
    for (const { field, place, read } of fields) {
      const text = row[place]
      if (typeof text === 'string') value[field] = read(text)
    }
    return value as T // the table of columns is typed by T itself
  }
}
