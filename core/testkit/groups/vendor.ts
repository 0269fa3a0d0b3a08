import { randomUUID } from 'node:crypto'
import { defineGroup, NotChecked, problem, type Check, type Problem } from '../check.ts'
import { describeReply, signIn, type Reply, type VendorSession } from '../vendor/session.ts'

type VendorCheck = Check<VendorSession>

const EXAM = {
  id: 7, course_id: 'course-v1:Invigil+Conformance+2030', content_id: 'block-v1:Invigil+Conformance+2030+type@sequential+block@final', external_id: null, exam_name: 'Invigil conformance: final exam',
  time_limit_mins: 90, is_proctored: true, is_practice_exam: false, is_active: true, due_date: null, hide_after_due: false, backend: 'conformance',
}
const registration = () => ({ lms_host: 'https://lms.example', time_limit_mins: 90, is_sample_attempt: false, user_id: 'c0ffee'.repeat(6) + 'cafe', full_name: 'Zoë Łukasiewicz', email: null, status: 'created' })

export default defineGroup<VendorSession>({
  id: 'vendor',
  title: 'the vendor\'s side of the REST conventions',
  about: 'Asks a vendor, named by its address, as the host would, and looks at the answers themselves: status, JSON and the fields the conventions name. An exam and an attempt are made there, and the attempt removed again.',
  ofVendor: true,
  async open (target) {
    const { base_url: baseUrl, client_id: clientId, client_secret: clientSecret } = target.options
    return { subject: signIn({ baseUrl: String(baseUrl), clientId: String(clientId), clientSecret: String(clientSecret) }) }
  },
  checks: [
    {
      id: 'token',
      title: 'the token endpoint gives a token for client credentials',
      async run ({ requestToken }) {
        const reply = await requestToken()
        const { access_token: token, expires_in: life } = reply.fields
        return [
          ...expectReply(reply, 'JSON with access_token and expires_in', reply.status === 200 && typeof token === 'string' && token !== '', 'Answer POST /oauth2/access_token (form: grant_type, client_id, client_secret, token_type) as OAuth 2 says.'),
          ...token !== undefined && !(Number(life) > 0) ? [problem('expires_in in seconds', JSON.stringify(life) ?? 'nothing', 'Say how long the token is good; without it 300 seconds are taken.')] : [],
        ]
      },
    },
    {
      id: 'wrong-secret',
      title: 'the token endpoint refuses a wrong secret',
      async run ({ requestToken }) {
        const reply = await requestToken('not-the-secret')
        return expectReply(reply, '400 or 401', reply.status === 400 || reply.status === 401 || reply.status === 403, 'Check client_secret.')
      },
    },
    {
      id: 'no-token',
      title: 'the API refuses calls without a token',
      async run ({ baseUrl }) {
        const { status } = await fetch(`${baseUrl}/api/v1/config/`)
        return status === 401 || status === 403 ? undefined : problem('401 or 403', `${status}`, 'Ask for "Authorization: JWT <token>" everywhere beneath /api/v1/.')
      },
    },
    {
      id: 'configuration',
      title: 'the configuration has a name, a download address, rules and instructions',
      run: async ({ send }) => expectFields(await send('GET', '/api/v1/config/'), { name: 'text', download_url: 'text', rules: 'object', instructions: 'list' }),
    },
    {
      id: 'exam',
      title: 'a new exam is saved under an id, and saved again under the same',
      async run (session) {
        const first = await session.send('POST', '/api/v1/exam/', EXAM)
        const problems = expectReply(first, '200 and JSON with the exam\'s id', first.status === 200 && idIn(first) !== null, 'Answer POST /api/v1/exam/ with {"id": ...}.')
        if (problems.length > 0) return problems
        session.examId = idIn(first)
        const again = await session.send('POST', `/api/v1/exam/${session.examId}/`, { ...EXAM, external_id: session.examId, exam_name: 'Invigil conformance: second edition' })
        return expectReply(again, `200 and JSON with the id ${session.examId}`, again.status === 200 && idIn(again) === session.examId, 'Answer POST /api/v1/exam/{id}/ with the same id.')
      },
    },
    {
      id: 'practice-exam',
      title: 'a practice exam is saved like another',
      run: async ({ send }) => { const reply = await send('POST', '/api/v1/exam/', { ...EXAM, id: 8, is_practice_exam: true }); return expectReply(reply, '200 and JSON with the exam\'s id', reply.status === 200 && idIn(reply) !== null, 'Onboarding exams come with is_practice_exam true.') },
    },
    {
      id: 'registration',
      title: 'an attempt is registered with exactly 200 and an id',
      async run (session) {
        const reply = await session.send('POST', `/api/v1/exam/${examOf(session)}/attempt/`, registration())
        const problems = expectReply(reply, '200 and JSON with the attempt\'s id', reply.status === 200 && idIn(reply) !== null, 'Other platforms take any status but 200 for a refusal, 201 included.')
        if (problems.length > 0) return problems
        session.attemptId = idIn(reply)
        return /^[A-Za-z0-9_-]{1,255}$/.test(session.attemptId ?? '') ? undefined : problem('an id of letters, digits, "-" and "_"', JSON.stringify(session.attemptId), 'It stands in the addresses of your callbacks.')
      },
    },
    {
      id: 'repeated-registration',
      title: 'a registration that is repeated with the same Idempotency-Key is made once',
      async run (session) {
        const path = `/api/v1/exam/${examOf(session)}/attempt/`
        const headers = { 'idempotency-key': randomUUID() }
        const body = registration()
        const [first, again] = [await session.send('POST', path, body, headers), await session.send('POST', path, body, headers)]
        session.others.push(...[first, again].map(idIn).filter(id => id !== null))
        return idIn(first) === idIn(again) ? undefined : problem('the same id for the same key', `${idIn(first)} and ${idIn(again)}`, 'Keep the key with the attempt: after a lost answer the host asks again, and the learner would have two attempts.')
      },
    },
    {
      id: 'unknown-exam',
      title: 'a registration for an unknown exam is refused with a 4xx',
      run: async ({ send }) => { const reply = await send('POST', `/api/v1/exam/${randomUUID()}/attempt/`, registration()); return expectReply(reply, 'a 4xx', reply.status >= 400 && reply.status < 500, 'Answer 404; the learner is told, and nobody is paged.') },
    },
    {
      id: 'attempt',
      title: 'an attempt can be read, with its instructions',
      run: async session => expectFields(await session.send('GET', attemptPath(session)), { instructions: 'list' }, ['instructions']),
    },
    ...['started', 'submitted', 'error'].map(status => ({
      id: `status-${status}`,
      title: `PATCH takes the status "${status}", also twice`,
      async run (session) {
        const replies = [await session.send('PATCH', attemptPath(session), { status }), await session.send('PATCH', attemptPath(session), { status })]
        return replies.flatMap(reply => expectReply(reply, `200 and JSON with the status "${status}"`, reply.status === 200 && reply.fields.status === status, 'Answer {"status": ...}; the host may deliver a status twice.')).slice(0, 1)
      },
    }) satisfies VendorCheck),
    {
      id: 'removal',
      title: 'DELETE removes the attempt, and a second one says it is gone',
      async run (session) {
        const path = attemptPath(session)
        const first = await session.send('DELETE', path)
        const again = await session.send('DELETE', path)
        for (const id of session.others) await session.send('DELETE', `/api/v1/exam/${examOf(session)}/attempt/${id}/`)
        return [
          ...expectReply(first, '{"status": "deleted"}', first.fields.status === 'deleted', 'Answer it once the attempt is gone.'),
          ...expectReply(again, '404, 410 or {"status": "deleted"}', [404, 410].includes(again.status) || again.fields.status === 'deleted', 'Removing what is gone is no error.'),
        ]
      },
    },
    {
      id: 'onboarding-list',
      title: 'onboarding statuses are listed in pages',
      async run ({ send }) {
        const path = `/api/v1/courses/${EXAM.course_id}/onboarding_statuses?status=approved_in_course,rejected`
        const first = await send('GET', path)
        const problems = expectFields(first, { results: 'list', count: 'number', num_pages: 'number' })
        if (problems.length > 0) return problems
        const next = await send('GET', `${path}&page=2&page_size=1`)
        return expectReply(next, '200 with results, or a 4xx beyond the last page', (next.status === 200 && Array.isArray(next.fields.results)) || (next.status >= 400 && next.status < 500), 'Take page and page_size.')
      },
    },
    {
      id: 'onboarding-unknown',
      title: 'a learner nobody knows is answered, not an error of the server',
      run: async ({ send }) => { const reply = await send('GET', `/api/v1/courses/${EXAM.course_id}/onboarding_statuses?user_id=nobody`); return expectReply(reply, '200 or a 4xx', reply.status < 500, 'Answer 404, or a profile with status "no_profile".') },
    },
    {
      id: 'retirement',
      title: 'DELETE of a learner answers the JSON true or false',
      run: async ({ send }) => { const reply = await send('DELETE', '/api/v1/user/nobody-in-particular/'); return expectReply(reply, 'true or false', typeof reply.json === 'boolean', 'Answer the bare JSON true when nothing is kept of the learner.') },
    },
  ],
})

function expectReply (reply: Reply, expected: string, holds: boolean, hint: string): Problem[] {
  return holds ? [] : [problem(expected, describeReply(reply), hint)]
}

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  text: value => typeof value === 'string',
  number: value => typeof value === 'number',
  list: value => Array.isArray(value),
  object: value => typeof value === 'object' && value !== null && !Array.isArray(value),
}

function expectFields (reply: Reply, fields: Readonly<Record<string, string>>, optional: readonly string[] = []): Problem[] {
  if (reply.status !== 200 || !TYPES.object?.(reply.json)) return [problem('200 and a JSON object', describeReply(reply), 'See contract 05 §3.3 for what is asked.')]
  return Object.entries(fields).filter(([name, type]) => !TYPES[type]?.(reply.fields[name]) && !(optional.includes(name) && reply.fields[name] === undefined))
    .map(([name, type]) => problem(`"${name}" to be a ${type}`, JSON.stringify(reply.fields[name])?.slice(0, 120) ?? 'nothing', 'Add or correct the field.'))
}

function idIn ({ fields: { id } }: Reply): string | null {
  return (typeof id === 'string' && id !== '') || typeof id === 'number' ? String(id) : null
}

function examOf ({ examId }: VendorSession): string {
  if (examId === null) throw new NotChecked('the vendor saved no exam; see vendor.exam')
  return examId
}

function attemptPath (session: VendorSession): string {
  const exam = examOf(session)
  if (session.attemptId === null) throw new NotChecked('the vendor registered no attempt; see vendor.registration')
  return `/api/v1/exam/${exam}/attempt/${session.attemptId}/`
}
