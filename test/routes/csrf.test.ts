import t from 'tap'
import { createCsrfToken, matchesCsrfToken } from '../../core/http/csrf-token.ts'
import { buildApp, makeConfig } from '../http/app.ts'

const URL_PATH = '/csrf/api/v1/token'

t.test('a browser gets a token and the cookie it is compared with', async t => {
  const app = await buildApp(t)
  const { json, cookies, headers } = await app.inject({ url: URL_PATH })
  const [cookie] = cookies
  t.match(json(), { csrfToken: /^[a-zA-Z0-9]{32}$/ })
  t.match(cookie, { name: 'csrftoken', value: json().csrfToken, path: '/', sameSite: 'Lax' })
  t.notOk(cookie?.httpOnly, 'pages without the front end\'s library read it')
  t.equal(headers['cache-control'], 'no-store')
})

t.test('it keeps the token it has, unless that is none', async t => {
  const app = await buildApp(t)
  const csrftoken = createCsrfToken()
  t.equal((await app.inject({ url: URL_PATH, cookies: { csrftoken } })).json().csrfToken, csrftoken)
  for (const bad of ['', 'short', 'x'.repeat(33), '"'.repeat(32)]) t.not((await app.inject({ url: URL_PATH, cookies: { csrftoken: bad } })).json().csrfToken, bad)
})

t.test('over https the cookie reaches front ends of other sites', async t => {
  const app = await buildApp(t, { config: { ...makeConfig(), server: { public_url: 'https://exams.example.org' }, auth: { jwt: { secret: 'x' }, cookies: { csrf: 'exams-csrf' } } } })
  t.match((await app.inject({ url: URL_PATH })).cookies, [{ name: 'exams-csrf', sameSite: 'None', secure: true }])
})

t.test('tokens differ from one another and match only themselves', t => {
  const tokens = Array.from({ length: 50 }, createCsrfToken)
  t.equal(new Set(tokens).size, 50)
  for (const [at, token] of tokens.entries()) t.equal(matchesCsrfToken(token, tokens[0]), at === 0)
  for (const wrong of [undefined, '', 5, ['a'], 'x'.repeat(32), 'ä'.repeat(32)]) t.equal(matchesCsrfToken(wrong, tokens[0]), false, String(wrong))
  t.equal(matchesCsrfToken(tokens[0], undefined), false)
  t.equal(matchesCsrfToken('', ''), false)
  t.end()
})

t.test('the platform\'s masked tokens match the secret they mask', t => {
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
  const secret = createCsrfToken()
  /** Written as the platform's framework documents it: mask, then each letter of the secret moved on by the mask's. */
  const mask = (by: string) => by + Array.from(secret, (letter, at) => letters[(letters.indexOf(letter) + letters.indexOf(by[at] ?? '')) % letters.length]).join('')
  const [one, other] = [mask(createCsrfToken()), mask(createCsrfToken())]
  t.not(one, other)
  t.ok(matchesCsrfToken(one, secret), 'a masked header and a bare cookie')
  t.ok(matchesCsrfToken(one, other), 'both masked')
  t.ok(matchesCsrfToken(secret, one), 'a bare header and a masked cookie')
  t.notOk(matchesCsrfToken(one, createCsrfToken()))
  t.notOk(matchesCsrfToken(`${one.slice(0, -1)}${one.endsWith('a') ? 'b' : 'a'}`, secret))
  t.end()
})
