import { asForm, asMultipart, BODIES, PATH_VALUES, QUERIES, QUERY_VALUES, shown, spoil, type HostileBody } from './hostile.ts'
import { goodRequest, type Good, type Knock } from './knock.ts'
import { queryText, type Route } from './paths.ts'
import type { Headers } from './scene.ts'

/** Bad values in the path and in the query. */
export function urlKnocks ({ params }: Pick<Route, 'params'>, { query }: Good): Knock[] {
  return [
    ...params.flatMap(name => PATH_VALUES.map(value => knock(`path ${name} = ${shown(value)}`, good => ({ url: good.path({ [name]: value }) + queryText(good.query) })))),
    ...QUERIES.map(text => knock(`query ${shown(text)}`, good => ({ url: good.path() + text }))),
    ...Object.keys(query).flatMap(name => QUERY_VALUES.map(value => knock(`query ${name} = ${shown(value)}`, good => ({ url: good.path() + withValue(good, name, value) })))),
  ]
}

function withValue ({ query }: Good, name: string, value: string): string {
  const { [name]: _dropped, ...others } = query
  const text = queryText(others)
  return `${text}${text === '' ? '?' : '&'}${name}=${value.replaceAll('NAME', name)}`
}

/** Whole bodies that are wrong, and the right fields in other encodings. */
export function bodyKnocks ({ body }: Good): Knock[] {
  return [...BODIES.map(bodyKnock), ...(body && !Array.isArray(body) ? encodingsOf(body).map(bodyKnock) : [])]
}

const encodingsOf = (body: object): HostileBody[] => [
  { title: 'as a form', type: 'application/x-www-form-urlencoded', payload: asForm(body) },
  { title: 'as a form that says it is JSON', type: 'application/json', payload: asForm(body) },
  { title: 'as JSON that says it is a form', type: 'application/x-www-form-urlencoded', payload: JSON.stringify(body) },
  { title: 'as JSON that says it is multipart', type: 'multipart/form-data; boundary=b', payload: JSON.stringify(body) },
  asMultipart(body),
]

const bodyKnock = ({ title, type, payload }: HostileBody): Knock =>
  knock(`body: ${title}`, ({ headers }) => ({ headers: { ...headers, ...(type && { 'content-type': type }) }, payload }))

/** Every field gone, or with every bad value in its place. */
export function fieldKnocks ({ body }: Good): Knock[] {
  return spoil(body).map(({ title, body }) => knock(title, ({ headers }) => ({ headers: { ...headers, 'content-type': 'application/json' }, payload: JSON.stringify(body) })))
}

/** The good request, sent by somebody who is not let in. */
export const credentialKnock = (title: string, headers: Headers): Knock => knock(title, () => ({ headers }))

function knock (title: string, change: (good: Good) => Partial<ReturnType<typeof goodRequest>>): Knock {
  return { title, request: good => ({ ...goodRequest(good), ...change(good) }) }
}
