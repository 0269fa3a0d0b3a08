// @ts-check
// A stand-in for your service, for tests and for `npm start`: the REST conventions, as far as the provider uses them. Make it behave as yours does.
import { randomUUID } from 'node:crypto'
import { createApp } from './app.js'

/** @typedef {{ id: string, exam: string, status: string, watching: boolean }} Session */
/** @typedef {{ url: URL, ids: string[], body: Record<string, unknown>, key: string | null }} Call */
/** @typedef {[method: string, path: RegExp, answer: (call: Call) => Response]} Row */

/** What `normaliseReview` of @invigil/rest reads. */
const REVIEWS = {
  passed: { status: 'passed', comments: [] },
  suspicious: { status: 'suspicious', comments: [{ comment: 'Looks away often', status: 'Suspicious', start: 61, stop: 75, duration: 14 }] },
  violation: { status: 'violation', comments: [{ comment: 'A second person', status: 'Rules Violation', start: 20, stop: 60, duration: 40 }] },
}

/** @param {{ core?: import('./app.js').Core }} [options] the core to call back; without one nothing is called */
export function createStubVendor ({ core } = {}) {
  /** @type {Map<string, Session>} */
  const sessions = new Map()
  /** @type {Map<string, string>} */
  const known = new Map()
  const app = createApp({ sessions, reviews: REVIEWS, core: () => core ?? fail('this stand-in knows no core') })

  /** The same id for every repetition of a request. @param {string | null} key */
  const idFor = key => {
    const id = known.get(key ?? '') ?? randomUUID()
    if (key) known.set(key, id)
    return id
  }

  /** @type {Row[]} */
  const table = [
    ['POST', /^\/oauth2\/access_token$/, () => Response.json({ access_token: randomUUID(), expires_in: 3600 })],
    ['GET', /^\/api\/v1\/config\/$/, ({ url }) => Response.json({ name: 'Acme Proctoring', download_url: `${url.origin}/app`, rules: {} })],
    ['POST', /^\/api\/v1\/exam\/$/, ({ key }) => Response.json({ id: idFor(key) })],
    ['POST', /^\/api\/v1\/exam\/([^/]+)\/$/, ({ ids: [exam] }) => Response.json({ id: exam })],
    ['POST', /^\/api\/v1\/exam\/([^/]+)\/attempt\/$/, ({ ids: [exam = ''], key }) => {
      const id = idFor(key)
      sessions.set(id, { id, exam, status: 'created', watching: false })
      return Response.json({ id })
    }],
    ['GET', /^\/api\/v1\/exam\/([^/]+)\/attempt\/([^/]+)\/$/, ({ url, ids: [, id = ''] }) => withSession(id, () => ({ download_url: `${url.origin}/app/${id}`, instructions: [] }))],
    ['PATCH', /^\/api\/v1\/exam\/([^/]+)\/attempt\/([^/]+)\/$/, ({ ids: [, id = ''], body }) => withSession(id, session => {
      session.status = String(body.status)
      return { status: session.status }
    })],
    ['DELETE', /^\/api\/v1\/exam\/([^/]+)\/attempt\/([^/]+)\/$/, ({ ids: [, id = ''] }) => withSession(id, () => {
      sessions.delete(id)
      return { status: 'deleted' }
    })],
    ['DELETE', /^\/api\/v1\/user\/([^/]+)\/$/, () => Response.json(true)],
    ['GET', /^\/api\/v1\/courses\/([^/]+)\/onboarding_statuses$/, ({ url }) => {
      const user = url.searchParams.get('user_id')
      return Response.json(user ? { user_id: user, status: 'no_profile', expiration_date: null } : { results: [], num_pages: 1 })
    }],
  ]

  /** @param {string} id @param {(session: Session) => object} answer */
  function withSession (id, answer) {
    const session = sessions.get(id)
    return session ? Response.json(answer(session)) : Response.json({ error: 'there is no such attempt' }, { status: 404 })
  }

  return {
    sessions,
    /** @param {Request} request */
    async fetch (request) {
      const url = new URL(request.url)
      const isJson = request.headers.get('content-type')?.includes('json')
      for (const [method, path, answer] of table) {
        const match = path.exec(url.pathname)
        if (match && method === request.method) {
          return answer({ url, ids: match.slice(1).map(decodeURIComponent), body: isJson ? await request.json() : {}, key: request.headers.get('idempotency-key') })
        }
      }
      return app.fetch(request)
    },
  }
}

/** @param {string} message @returns {never} */
function fail (message) {
  throw new Error(message)
}
