// @ts-check
// The program on the learner's computer, played by a page: a system check, and a reviewer who decides on the spot.

/** @typedef {{ id: string, watching: boolean }} Session */
/** @typedef {{ ready (attemptId: string): Promise<void>, review (attemptId: string, review: object): Promise<void> }} Core */

/**
 * @param {object} parts
 * @param {Map<string, Session>} parts.sessions
 * @param {() => Core} parts.core
 * @param {Record<string, object>} parts.reviews by the words on the buttons
 */
export function createApp ({ sessions, core, reviews }) {
  /** @param {Session} session */
  const page = session => new Response(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Acme Proctoring</title>
<h1>Acme Proctoring</h1><p>Session ${session.id} is ${session.watching ? 'being watched: go back to your exam' : 'not watched yet'}.</p>
<form method="post" action="/app/${session.id}/ready"><button>I am ready</button></form>
<h2>After the exam: the reviewer</h2>
${Object.keys(reviews).map(word => `<form method="post" action="/app/${session.id}/review-${word}"><button>${word}</button></form>`).join('\n')}</html>`,
  { headers: { 'content-type': 'text/html; charset=utf-8' } })

  /** @type {Record<string, (session: Session) => Response | Promise<Response>>} */
  const actions = {
    '': page,
    status: ({ watching }) => json({ watching }),
    close: session => { session.watching = false; return json({}) },
    ready: async session => {
      await core().ready(session.id)
      session.watching = true
      return page(session)
    },
    ...Object.fromEntries(Object.entries(reviews).map(([word, review]) => [`review-${word}`, async (/** @type {Session} */ session) => {
      await core().review(session.id, review)
      return page(session)
    }])),
  }

  return {
    /** @param {Request} request */
    async fetch ({ url }) {
      const [, id = '', action = ''] = /^\/app\/([^/]+)\/?(.*)$/.exec(new URL(url).pathname) ?? []
      const session = sessions.get(id)
      const act = actions[action]
      return session && act ? act(session) : json({ error: 'there is no such session' }, 404)
    },
  }
}

/** The exam page is of another origin: CORS. @param {object} body @param {number} [status] */
const json = (body, status = 200) => Response.json(body, { status, headers: { 'access-control-allow-origin': '*' } })
