import t from 'tap'
import { createCli } from '../helper/cli.ts'
import { addDead, buildBadNight } from '../operate/scene.ts'

t.test('a bad night, seen from a terminal', async t => {
  const app = await buildBadNight(t)
  const invigil = createCli({ app })

  t.test('the list says how each provider does, then what is wrong and what to do', async t => {
    const { code, out, err } = await invigil('providers')
    t.equal(code, 0)
    t.match(out.split('\n'), [
      /^name +default +state +package +version +contract +circuit +failed +waiting +dead +exams +in exam$/,
      /^mock +yes +ready +@invigil\/mock .* closed +0 +\d+ +0 +1 +1$/,
      /^acme +no +ready +@invigil\/rest .* open +5 +\d+ +2 +1 +0$/,
      /^broken +no +disabled +- +- +- +closed /,
      /^old +no +retired +- .* 1 +0$/,
    ])
    t.match(err, /^gone is not configured any more, and 1 active exams and 0 learners in an exam still name it\. Put it back, or: gone: \{ retired: true \}$/m)
    t.match(err, /^acme: failed too often and is left alone .* Learners in an exam go on/m)
    t.match(err, /^acme: has 2 deliveries that were given up\./m)
    t.match(err, /'broken' \(package '@invigil\/not-there'\): .*npm install/)
    t.match(err, /^old: is retired, and one active exam still names it/m)
    t.notMatch(err, /^mock/m, 'nothing is said of what works')
    t.notMatch(out + err, 'acme-secret')
  })

  t.test('one provider is shown whole, without its secrets', async t => {
    const { code, out, err } = await invigil('providers', 'show', 'acme')
    t.equal(code, 0)
    for (const line of [/^name +acme$/, /^state +ready$/, /^package +@invigil\/rest 1\./, /^serves +every course$/, /^can +.*registerAttempt/, /^active exams +1$/, /^circuit +open$/, /^calls that failed +5$/, /^dead +2$/, /^verbose_name +Acme Proctoring$/]) {
      t.match(out, new RegExp(line.source, 'm'))
    }
    t.match(err, /^acme: has 2 deliveries that were given up\. See below why\..*$/m)
    t.match(err, /^\d{4}-\S+Z \w+: .*500/m, 'the latest failures, each with its time and method')
    t.notMatch(out + err, 'acme-secret')
    t.match((await invigil('providers', 'show', 'mock')).out, /^serves +edX$/m)

    const json = await invigil('providers', 'show', 'acme', '--json')
    t.match(json.json(), { name: 'acme', is_default: false, serves: {}, attributes: { verbose_name: 'Acme Proctoring' }, health: { circuit: 'open', last_errors: [{ code: 'INV_PROVIDER_FAILED' }] }, queue: { dead: 2 }, troubles: [{ code: 'circuit_open' }, { code: 'dead', values: { count: 2 } }] })
    t.equal(json.err, '')
    t.notMatch(json.out, 'acme-secret')
  })

  t.test('a retired and a disabled one can be shown, an unknown one cannot', async t => {
    t.match(await invigil('providers', 'show', 'old'), { code: 0, out: /^state +retired$/m, err: /^old: is retired/ })
    t.match(await invigil('providers', 'show', 'broken'), { code: 0, out: /^state +disabled$/m, err: /npm install/ })
    t.match(await invigil('providers', 'show', 'none'), { code: 1, out: '', err: 'There is no provider "none"; there are: mock, acme, broken, old.\n' })
    t.match(await invigil('providers', 'show'), { code: 2, err: /^name is missing/ })
  })

  t.test('what was given up for a vendor is listed and sent again, and nothing else is', async t => {
    const dead = async (...argv: string[]) => (await invigil('effects', 'list', '--state', 'dead', '--json', ...argv)).json<{ id: number, what: string }[]>()
    t.same((await dead('--provider', 'acme')).map(({ what }) => what), ['acme.startAttempt', 'acme.startAttempt'])
    t.same(await dead('--provider', 'acm'), [], 'a name is a whole name')
    t.match(await invigil('effects', 'list', '--provider', 'nobody'), { code: 0, out: 'None.\n' })
    const ofMock = (await invigil('effects', 'list', '--provider', 'mock', '--json')).json<{ what: string }[]>()
    t.ok(ofMock.length > 0 && ofMock.every(({ what }) => what.startsWith('mock.')))

    for (const argv of [[], ['--dead', '--provider', 'acme'], ['1', '--provider', 'acme'], ['1', '--dead']]) t.match(await invigil('effects', 'retry', ...argv), { code: 2, err: /Say one of these/ }, argv.join(' '))
    t.equal((await dead()).length, 3, 'a call that was not understood sends nothing')

    t.match(await invigil('effects', 'retry', '--provider', 'nobody'), { code: 0, out: '0 effects are due now.\n' })
    await app.db.query({ name: '', text: "delete from effect where state = 'pending'" }, [])
    t.match(await invigil('effects', 'retry', '--provider', 'acme'), { code: 0, out: '2 effects are due now.\n' })
    t.same((await dead()).map(({ what }) => what), ['grades.override'], 'what is no business of theirs stays')
    const pending = await app.effects.list({ provider: 'acme', state: 'pending' })
    t.same(pending.map(({ tries }) => tries), [0, 0], 'they get all their tries again')
    const [{ jobs } = { jobs: 0 }] = await app.db.query<{ jobs: number }>({ name: '', text: "select count(*)::int as jobs from graphile_worker.jobs where key like '%acme%'" }, [])
    t.ok(jobs > 0, 'somebody is told to send them')
  })

  t.test('all that was given up is sent again, or all of one family', async t => {
    for (const n of [8, 9]) await addDead(app, `attempt:${n}|provider:acme`, 'provider', { provider: 'acme', method: 'stopAttempt', examExternalId: 'x', attemptExternalId: 'y' })
    const retried = async (...argv: string[]) => (await invigil('effects', 'retry', '--dead', '--json', ...argv)).json<{ what: string, state: string }[]>().map(({ what, state }) => `${what} ${state}`)
    t.same(await retried('--kind', 'lms'), ['grades.override pending'])
    t.same(await retried(), ['acme.stopAttempt pending', 'acme.stopAttempt pending'])
    t.match(await invigil('effects', 'retry', '--dead'), { code: 0, out: '0 effects are due now.\n' })
    t.match((await invigil('effects', 'counts', '--json')).json(), { dead: 0 })
  })
})
