import { createHmac, createSecretKey } from 'node:crypto'
import { SignJWT } from 'jose'
import { VENDOR_TOKEN_TYPE } from '../../../core/http/vendor-tokens.ts'
import { ADA, SECRET, tokenFor } from '../../helper/app.ts'
import type { Headers } from './scene.ts'

export interface Credentials { title: string, headers: Headers }

const encode = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const now = (): number => Math.floor(Date.now() / 1000)
const claims = () => ({ user_id: ADA.id, preferred_username: ADA.username, administrator: true, exp: now() + 3600 })

/** A token whose parts may be anything, with a signature that is right for them. */
function forge (header: unknown, payload: unknown, secret = SECRET): string {
  const signed = `${encode(header)}.${encode(payload)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

const HS256 = { alg: 'HS256', typ: 'JWT' }

export const UNASKED_COOKIES = 'cookies without the header that asks for them'

/** Headers that prove nobody. Everyone of them would be global staff. */
export async function badCredentials (): Promise<Credentials[]> {
  const good = forge(HS256, claims())
  const [header = '', payload = '', signature = ''] = good.split('.')
  const tokens: Record<string, string> = {
    expired: forge(HS256, { ...claims(), exp: now() - 60 }),
    'signed with another key': forge(HS256, claims(), 'another-secret-0123456789-0123456789'),
    'alg none': `${encode({ alg: 'none' })}.${payload}.`,
    'alg none with a signature': `${encode({ alg: 'none' })}.${payload}.${signature}`,
    'alg None': `${encode({ alg: 'None' })}.${payload}.`,
    'an algorithm that is not allowed': await new SignJWT(claims()).setProtectedHeader({ alg: 'HS512' }).sign(createSecretKey(SECRET, 'utf8')),
    'an algorithm nobody knows': forge({ alg: 'XX1' }, claims()),
    'a critical header nobody knows': forge({ ...HS256, crit: ['x'], x: 1 }, claims()),
    'posing as a vendor': forge({ ...HS256, typ: VENDOR_TOKEN_TYPE, kid: 'mock-vendor' }, claims()),
    'other claims than were signed': `${header}.${encode({ ...claims(), user_id: 1 })}.${signature}`,
    'without a signature': `${header}.${payload}`,
    'cut off': good.slice(0, -5),
    'not base64': '!!!.???.===',
    'a header that is no JSON': `${encode('{')}.${payload}.${signature}`,
    'claims that are a list': forge(HS256, [1]),
    'claims that are no JSON': forge(HS256, '{'),
    'one word': 'x',
    dots: '..',
    'nothing but dots': '.'.repeat(20_000),
    'a long one': `${good}${'x'.repeat(12_000)}`,
    'without an end': forge(HS256, { ...claims(), exp: undefined }),
    'an end that is text': forge(HS256, { ...claims(), exp: 'never' }),
    'not yet valid': forge(HS256, { ...claims(), nbf: now() + 3600 }),
    ...Object.fromEntries([0, -1, 1.5, 2_147_483_648, 1e15, 1e300, 'abc', '', null, [101], {}, true].map(id => [`user ${JSON.stringify(id)}`, forge(HS256, { ...claims(), user_id: id })])),
    ...Object.fromEntries(['', 'x'.repeat(300), 'a\0b', 5, null, {}].map(name => [`user name ${JSON.stringify(name).slice(0, 20)}`, forge(HS256, { ...claims(), preferred_username: name })])),
  }
  return [
    ...Object.entries(tokens).map(([title, token]) => ({ title, headers: { authorization: `JWT ${token}` } })),
    ...['JWT', 'Bearer ', 'JWT  ', 'Basic c3VlOnN1ZQ==', `Digest ${good}`, good, ''].map(authorization => ({ title: `the header ${authorization.slice(0, 20)}`, headers: { authorization } })),
    { title: UNASKED_COOKIES, headers: { cookie: cookies(good) } },
    { title: 'half of the cookies', headers: { 'use-jwt-cookie': 'true', cookie: cookies(good).split(';')[0] ?? '' } },
  ]
}

const cookies = (token: string): string => `edx-jwt-cookie-header-payload=${token.slice(0, token.lastIndexOf('.'))}; edx-jwt-cookie-signature=${token.slice(token.lastIndexOf('.') + 1)}`

/** A good token that a foreign page could make a browser send. */
export async function cookiesWithoutProof (): Promise<Credentials> {
  return { title: 'cookies without the CSRF token', headers: { 'use-jwt-cookie': 'true', cookie: cookies(forge(HS256, claims())) } }
}

/** Tokens of real people whose other claims are odd: they are let in as who they are, and as nothing more. */
export async function oddPeople (): Promise<Credentials[]> {
  const odd: Record<string, unknown>[] = [
    ...['email', 'name'].flatMap(claim => [5, null, {}, ['x'], 'x'.repeat(300), 'a\0b', '\ud800', '<b>'].map(value => ({ [claim]: value }))),
    ...['groups', 'course_staff', 'permissions'].flatMap(claim => ['x', 5, {}, [null, {}, 5, 'a\0b'], null].map(value => ({ [claim]: value }))),
    ...['true', 1, [true], {}].map(value => ({ administrator: value })),
    { is_active: 'no' },
    { sub: 'x'.repeat(1000), iss: 5 },
  ]
  return Promise.all(odd.map(async claims => ({ title: JSON.stringify(claims).slice(0, 60), headers: { authorization: `JWT ${await tokenFor(ADA, claims)}` } })))
}

/** What a vendor's signed call may look like when it is none. */
export function badSignatures (): Credentials[] {
  const good = { 'webhook-id': 'call-1', 'webhook-timestamp': String(now()), 'webhook-signature': 'v1,AAAA', 'webhook-client': 'mock-vendor' }
  const changes: Record<string, Headers> = {
    'a wrong signature': {},
    'no version': { 'webhook-signature': 'AAAA' },
    'too many signatures': { 'webhook-signature': 'v1,A '.repeat(500) },
    'no id': { 'webhook-id': '' },
    'a time that is none': { 'webhook-timestamp': 'NaN' },
    'a time long ago': { 'webhook-timestamp': '1' },
    'a time out of reach': { 'webhook-timestamp': '999999999999' },
    'a client nobody knows': { 'webhook-client': '__proto__' },
  }
  return Object.entries(changes).map(([title, change]) => ({ title: `signed call: ${title}`, headers: { ...good, ...change } }))
}
