import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { commands } from '../../core/cli/commands/index.ts'
import { createCli } from '../helper/cli.ts'
import { createTestDatabase } from '../helper/database.ts'

const ROOT = join(import.meta.dirname, '../..')
const invigil = createCli({ cwd: ROOT })

t.test('help names every command, and every command explains itself', async t => {
  for (const argv of [[], ['--help'], ['-h'], ['help']]) {
    const { code, out } = await invigil(...argv)
    t.equal(code, 0)
    for (const { name } of commands) t.ok(out.includes(`  ${name} `), name)
  }
  for (const { name, options, positionals } of commands) {
    const { code, out } = await invigil(...name.split(' '), '--help')
    t.equal(code, 0)
    t.ok(out.startsWith(`Usage: invigil ${name}`))
    for (const option of [...Object.keys(options), 'json', 'config']) t.ok(out.includes(`--${option}`), `${name} --${option}`)
    for (const word of Object.keys(positionals)) t.ok(out.includes(word.toUpperCase()))
  }
  t.match((await invigil('attempts', '--help')).out, /attempts list[^]*attempts resume/)
  t.match(await invigil('--version'), { code: 0, out: /^\d+\.\d+\.\d+/ })
})

t.test('what is not understood ends with 2 and says what was expected', async t => {
  const cases: [string[], RegExp][] = [
    [['frobnicate'], /no command "frobnicate"\. See: invigil --help/],
    [['atempts', 'list'], /Did you mean attempts list, /],
    [['attempts', 'lst'], /Did you mean attempts list, /],
    [['--frobnicate'], /no command/],
    [['set_attempt_status', '-a', '1'], /--to is missing.*invigil set_attempt_status --help/],
    [['set-attempt-status', '-a', 'one', '-t', 'started'], /--attempt must be a whole number; found "one"/],
    [['set_attempt_status', '-a', '1', '-t', 'started', 'now'], /"now" is one word too many/],
    [['attempts', 'list', '--colour', 'red'], /--colour/],
    [['attempts', 'list', '--status', 'gone'], /--status must be one of eligible, created, .*; found "gone"/],
    [['attempts', 'list', '--limit', '0'], /--limit must be a whole number from 1 up/],
    [['attempts', 'show'], /id is missing: the attempt/],
    [['update_attempts_for_exam', '--exam_id'], /--exam_id/],
    [['update_attempt_status_from_review', '--start_date_time', '2030-02-31 00:00:00', '--end_date_time', '2030-03-01 00:00:00'], /--start_date_time must be a time like/],
    [['update_attempt_status_from_review', '--start_date_time', 'yesterday', '--end_date_time', '2030-03-01 00:00:00'], /found "yesterday"/],
    [['effects', 'retry'], /Say one of these: which effect, --dead/],
    [['migrate', 'down', '--config', 'no.yaml', '--steps', '-1'], /--steps/],
  ]
  for (const [argv, text] of cases) {
    const { code, out, err } = await invigil(...argv)
    t.match({ code, out, err }, { code: 2, out: '', err: text }, argv.join(' '))
    t.notMatch(err, / at .*\.ts:/, 'no stack')
  }
})

const yaml = (url: string, more = '') => `
server: { log_level: silent }
database: { url: "${url}" }
auth: { jwt: { secret: demo-only-jwt-secret-0123456789abcdef } }
providers: { default: "null", enabled: { "null": { package: "@invigil/null" } } }
${more}`

t.test('without a running house a command opens the configured one and closes it again', async t => {
  const { url } = await createTestDatabase(t)
  const cwd = t.testdir({ 'own.yaml': yaml(url) })
  const own = createCli({ cwd, env: { INVIGIL_CONFIG: 'own.yaml' } })
  t.match(await own('users', 'remember', '--id', '7', '--username', 'cora', '--email', 'cora@example.com'), { code: 0, out: 'User 7 is known as cora.\n' })
  t.same((await own('users', 'show', 'CORA@example.com', '--json')).json(), { id: 7, username: 'cora', email: 'cora@example.com', full_name: '', is_active: true })
  t.match(await createCli({ cwd })('users', 'show', '7', '--config', 'own.yaml'), { code: 0, out: /username +cora/ })
  t.match(await own('users', 'show', 'nobody'), { code: 1, err: 'There is no user "nobody" here.\n' })
  t.match(await own('effects', 'counts', '--deliver'), { code: 0, out: /waiting +0/, err: 'Delivered 0.\n' })
  const verbose = await own('effects', 'counts', '--verbose')
  t.equal(verbose.code, 0)
})

t.test('a fault of the configuration or the database is told without a stack', async t => {
  const cwd = t.testdir({
    'bad.yaml': 'server: { prot: 1 }\n',
    'away.yaml': yaml('postgres://127.0.0.1:1/invigil'),
    'broken.yaml': yaml('postgres://127.0.0.1:1/invigil').replace('@invigil/null', '@invigil/nothing'),
  })
  const own = createCli({ cwd })
  t.match(await own('attempts', 'list', '--config', 'bad.yaml'), { code: 1, out: '', err: /server\.prot[^]*port/ })
  t.match(await own('attempts', 'list', '--config', 'none.yaml'), { code: 1, err: /none\.yaml/ })
  t.match(await own('attempts', 'list', '--config', 'away.yaml'), { code: 1, err: /Nothing answers at the database's address \(.+\)/ })
})

t.test('as a program it sets the exit code', async t => {
  const run = (...argv: string[]) => promisify(execFile)(process.execPath, [join(ROOT, 'core/cli.ts'), ...argv], { cwd: ROOT }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number, stdout: string, stderr: string }) => error)
  t.match(await run('--version'), { code: 0, stdout: /^\d/ })
  t.match(await run('set_attempt_status'), { code: 2, stdout: '', stderr: /--attempt is missing/ })
})
