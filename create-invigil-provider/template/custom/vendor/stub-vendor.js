// @ts-check
// A stand-in for your service, for tests and for `npm start`. Make it behave as yours does.
import { randomUUID } from 'node:crypto'
import { createApp } from './app.js'

/** @typedef {{ id: string, minutes: number, status: string, watching: boolean }} Session */

const REVIEWS = {
  clean: { verdict: 'clean', findings: [] },
  doubtful: { verdict: 'doubtful', findings: [{ text: 'Looks away often', at_seconds: 61, seconds: 14 }] },
  rules_broken: { verdict: 'rules_broken', findings: [{ text: 'A second person', at_seconds: 20, seconds: 40 }] },
}

/** @param {{ core?: import('./app.js').Core }} [options] the core to call back; without one nothing is called */
export function createStubVendor ({ core } = {}) {
  /** @type {Map<string, Session>} */
  const sessions = new Map()
  /** Sessions by the key of the request that made them: a repetition makes no second one. @type {Map<string, Session>} */
  const made = new Map()
  const app = createApp({ sessions, reviews: REVIEWS, core: () => core ?? fail('this stand-in knows no core') })

  /** @param {Request} request */
  async function openSession (request) {
    const key = request.headers.get('idempotency-key') ?? ''
    const { minutes } = await request.json()
    const session = made.get(key) ?? { id: randomUUID(), minutes: Number(minutes), status: 'open', watching: false }
    if (key) made.set(key, session)
    sessions.set(session.id, session)
    return Response.json({ id: session.id }, { status: 201 })
  }

  return {
    sessions,
    /** @param {Request} request */
    async fetch (request) {
      const { origin, pathname } = new URL(request.url)
      if (pathname.startsWith('/app/')) return app.fetch(request)
      if (!/^Bearer ./.test(request.headers.get('authorization') ?? '')) return Response.json({ error: 'who are you?' }, { status: 401 })
      if (request.method === 'POST' && pathname === '/sessions') return openSession(request)
      const [, id = '', event] = /^\/sessions\/([^/]+)(?:\/(started|submitted|failed))?$/.exec(pathname) ?? []
      const session = sessions.get(decodeURIComponent(id))
      if (!session) return Response.json({ error: 'there is no such session' }, { status: 404 })
      if (request.method === 'DELETE') sessions.delete(session.id)
      if (request.method === 'POST' && event) session.status = event
      return Response.json({ id: session.id, app_url: `${origin}/app/${session.id}`, steps: ['Open Acme Proctoring with the button below.', 'Choose "I am ready" there.'] })
    },
  }
}

/** @param {string} message @returns {never} */
function fail (message) {
  throw new Error(message)
}
