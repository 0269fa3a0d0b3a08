import t from 'tap'
import { createRedactor } from '../../core/provider/redact.ts'

t.test('a secret is replaced in every form it is written down in', async t => {
  const secret = 'päss "word"/1'
  const { text } = createRedactor([secret])
  t.equal(text(`raw ${secret}`), 'raw [secret]')
  t.equal(text(`?key=${encodeURIComponent(secret)}&x=1`), '?key=[secret]&x=1')
  t.equal(text(`Basic ${Buffer.from(secret).toString('base64')}`), 'Basic [secret]')
  t.equal(text(JSON.stringify({ secret })), '{"secret":"[secret]"}')
})

t.test('a secret that holds another one is replaced as a whole, and pattern letters are letters', async t => {
  const { text } = createRedactor(['abcd', 'abcd.efgh*'])
  t.equal(text('abcd.efgh* abcdXefgh'), '[secret] [secret]Xefgh')
})

t.test('a very short secret is only hidden where it is the whole value', async t => {
  const { text, value } = createRedactor(['a1'])
  t.equal(text('a1 banana1'), 'a1 banana1')
  t.same(value({ pin: 'a1' }), { pin: '[secret]' })
})

t.test('no secrets, empty secrets and secrets learned later', async t => {
  const redactor = createRedactor([''])
  t.equal(redactor.text('nothing to hide'), 'nothing to hide')
  redactor.learn(['hide-me'])
  t.equal(redactor.text('hide-me'), '[secret]')
})

t.test('any value can be copied: circles, depth, numbers, buffers, dates, keys, errors in errors', async t => {
  const { value, error } = createRedactor(['12345678', 'hide-me'])
  const circle: Record<string, unknown> = { number: 12345678, when: new Date(0), bytes: Buffer.from('hide-me'), 'hide-me': 1 }
  circle.self = circle
  t.same(value(circle), { number: '[secret]', when: '1970-01-01T00:00:00.000Z', bytes: '[7 bytes]', '[secret]': 1, self: '[circular]' })
  const copy = error(new TypeError('with hide-me', { cause: new Error('hide-me') }))
  t.match(copy, { name: 'TypeError', message: 'with [secret]', cause: { message: '[secret]' } })
  t.notMatch(copy.stack, 'hide-me')
  t.equal(error(undefined).message, 'threw undefined')
})
