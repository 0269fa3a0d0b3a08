import t from 'tap'
import { asPlainText, csvLine, parseCsv } from '../core/csv.ts'

t.test('what is written is read back as it was', t => {
  const rows = [['plain', '', 'with, comma'], ['"quoted"', 'two\nlines', 'carriage\r\nreturn'], ['', '', 'x']]
  t.same(parseCsv(rows.map(csvLine).join('')), rows)
  t.equal(csvLine([1, true, null, new Date('2030-01-01T00:00:00Z')]), '1,true,,2030-01-01T00:00:00.000Z\r\n')
  t.end()
})

t.test('tables of any spreadsheet are read', t => {
  t.same(parseCsv('\uFEFFa,b\n1,2'), [['a', 'b'], ['1', '2']])
  t.same(parseCsv('a,b\r\n\r\n1,\r\n'), [['a', 'b'], ['1', '']], 'blank lines are left out')
  t.same(parseCsv(''), [])
  t.equal(parseCsv('a,"b\n1,2'), null, 'a quote that is never closed')
  t.end()
})

t.test('a text that looks like a formula is defused', t => {
  for (const text of ['=1+1', '+49', '-5', '@cmd', '\tx']) t.equal(asPlainText(text), `'${text}`)
  t.equal(asPlainText('ada'), 'ada')
  t.end()
})
