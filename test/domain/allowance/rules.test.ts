import t from 'tap'
import { checkKey, checkValue, multipliedMinutes, readMultiplier } from '../../../core/domain/allowance/rules.ts'

t.test('extra time is whole minutes in plain digits', async t => {
  for (const value of ['0', '30', '007', '1000000']) t.equal(checkValue('additional_time_granted', value), null, value)
  for (const value of ['', ' ', '-1', '3.0', '1e3', '+5', ' 30', '30\n', 'thirty', '²', '٣٠', '1000001', '9'.repeat(40)]) t.type(checkValue('additional_time_granted', value), 'string', JSON.stringify(value))
})

t.test('other values are any text the database can hold', async t => {
  for (const value of ['', 'may use a calculator', 'x'.repeat(255)]) t.equal(checkValue('review_policy_exception', value), null)
  for (const value of ['x'.repeat(256), 'a\0b']) t.type(checkValue('review_policy_exception', value), 'string')
})

t.test('a key is any text', async t => {
  for (const key of ['additional_time_granted', 'my own key', 'k'.repeat(255)]) t.equal(checkKey(key), null)
  for (const key of ['', '  ', 'k'.repeat(256), 'a\0b']) t.type(checkKey(key), 'string')
})

t.test('a multiplier is a decimal number of at least one', async t => {
  for (const [text, factor] of [['1', 1], ['1.5', 1.5], [' 2 ', 2], ['3.', 3], ['1.0000', 1], ['+1.5', 1.5], ['1e1', 10], ['.5E+1', 5]] as const) t.equal(readMultiplier(text), factor, text)
  for (const text of ['', '0', '0.99', '-1.5', 'inf', 'Infinity', 'nan', '1,5', 'd30', '0x10', '1e-1', '1e', '.', '1_0', '1e999', '9'.repeat(400)]) t.equal(readMultiplier(text), null, text)
})

t.test('what is granted on top is rounded half to even', async t => {
  const cases: [number, number, string | null][] = [
    [90, 1.5, '45'], [21, 1.5, '10'], [23, 1.5, '12'], [60, 2, '60'], [60, 1, '0'], [90, 1.1, '9'], [0, 3, '0'], [-10, 2, null], [90, 1e9, null], [90, Number.NaN, null],
  ]
  for (const [limit, factor, minutes] of cases) t.equal(multipliedMinutes(limit, factor), minutes, `${limit} × ${factor}`)
})
