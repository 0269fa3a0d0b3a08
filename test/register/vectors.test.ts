import t from 'tap'
import { obscureUserId } from '../../core/domain/obscure-user-id.ts'
import { decryptVideoUrl, encryptVideoUrl } from '../../core/domain/review/video-url.ts'
import { roundHalfToEven } from '../../core/domain/round-half-to-even.ts'
import { humanTime } from '../../core/interstitials/human-time.ts'

/** The worked examples of contract 01: vendors and old databases hold what these functions make. */

t.test('Q19: pseudonyms are those that vendors have stored, collisions and "None" included', async t => {
  for (const [id, name, pseudonym] of [
    [1, '', 'ba469d4eb5f4c9cb2a626e374295f1bfe3982002'],
    [1, 'test', '6b07fdd45ffd07736868fdd478cc7a882324a10a'],
    [32432455, '', '9b82efd5d28f1a170b23b8f648c3093e75a0a0ca'],
    [32432455, 'proctortrack', '6011d61afd67e67a41f0045f842ea6af4badbc76'],
    [1, null, '22a3c155a032af4c65c4dbc5964ed2b7d473b419'],
    [101, 'test', '5d63b3374cdb738103453f4a70aa251b78e8d434'],
    [101, 'plain', '7ffc634bfbf6b3c6bed98da373bcbb5cf473097d'],
  ] as const) t.equal(obscureUserId('SHHHHHH', id, name), pseudonym, `${id} ${name}`)
  t.equal(obscureUserId('SHHHHHH', 1, '1x'), obscureUserId('SHHHHHH', 11, 'x'), 'nothing stands between the parts')
})

t.test('Q20: stored addresses of recordings are read, and written as they always were', async t => {
  for (const [key, url, stored] of [
    ['B886E02F19C77EC734B1B132BEECD91E', 'http://example.com/DirectLink-Generic.aspx?ID=foo', 'Qc7alC0ZKhZLIEJHQeRkQnh9fVQU2G1-bUxqzAyALdRvsJwb7HglcHoCpJTMizx4AWwWBf42IizvjyO595ZPEg=='],
    ['B886E02F19C77EC734B1B132BEECD91E', '', 'WZSM6uw_MqkWjjn37XIA-g=='],
    ['32fe72aaf2abb44de9e161131b5435c8d37cbdb6f5df242ae860b283115f2dae', 'Hello World', 'VbCUZXGkjoZC3jj6C7rw-A=='],
  ] as const) {
    t.equal(encryptVideoUrl(url, key), stored)
    t.equal(decryptVideoUrl(stored, key), url)
  }
})

t.test('minutes are said as clients show them, below zero too', async t => {
  const said: [number, string][] = [
    [0, '0 minutes'], [1, '1 minute'], [2, '2 minutes'], [59, '59 minutes'], [60, '1 hour'], [61, '1 hour and 1 minute'], [90, '1 hour and 30 minutes'], [120, '2 hours'], [121, '2 hours and 1 minute'],
    [1500, '25 hours'], [-1, '59 minutes'], [-59, '1 minute'], [-60, 'error'], [-61, 'error'],
  ]
  for (const [minutes, text] of said) t.equal(humanTime(minutes), text, String(minutes))
})

t.test('halves are rounded to the even neighbour', async t => {
  for (const [value, rounded] of [[0.5, 0], [1.5, 2], [2.5, 2], [10.5, 10], [45, 45], [0.4999, 0], [89.5, 90], [90.5, 90]] as const) t.equal(roundHalfToEven(value), rounded, String(value))
})
