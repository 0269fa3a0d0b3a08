import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import t, { type Test } from 'tap'
import { parse } from 'yaml'
import { create } from '../../create-invigil-provider/create.ts'
import { explainName, providerNameOf, titleOf } from '../../create-invigil-provider/names.ts'

const ROOT = join(import.meta.dirname, '../..')

/** Runs the scaffolder in a folder, with somebody who types these answers. */
async function runCreate (cwd: string, argv: readonly string[], typed: readonly string[] = []) {
  const [input, output, errors] = [new PassThrough(), new PassThrough(), new PassThrough()]
  const said = Promise.all([text(output), text(errors)])
  input.end(typed.map(line => `${line}\n`).join(''))
  const code = await create(argv, { cwd, input, output, errors })
  output.end()
  errors.end()
  const [out, err] = await said
  return { code, out, err }
}

const listAll = async (folder: string) => (await readdir(folder, { recursive: true, withFileTypes: true })).filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
const readManifest = async (folder: string) => JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))

const empty = (t: Test) => t.testdir({})

t.test('names that npm takes are taken, and others are refused with the reason', async t => {
  for (const name of ['acme', 'acme-proctoring', '@acme/proctoring', '@a.b/c_d', 'x'.repeat(214)]) t.equal(explainName(name), null, name)
  const refused: Record<string, RegExp> = {
    '': /empty/,
    Acme: /lower-case letters only, so try "acme"/,
    'acme proctoring': /space/,
    '.acme': /begin with a dot/,
    '@acme/_x': /begin with a dot or an underscore/,
    '@acme': /looks like "@acme\/proctoring"/,
    '../acme': /dot/,
    'acme/proctoring': /a folder cannot be named here/,
    acmé: /only a to z/,
    fs: /taken/,
    node_modules: /taken/,
    invigil: /taken/,
    ['x'.repeat(215)]: /215 characters/,
  }
  for (const [name, reason] of Object.entries(refused)) t.match(explainName(name), reason, name)
})

t.test('the name operators write follows from the package\'s name', async t => {
  const names = { 'acme-proctoring': 'acme', '@acme/invigil-provider': 'acme', 'invigil-provider-smart.exam': 'smart-exam', watch_well: 'watch-well', 'invigil-provider': 'acme' }
  for (const [name, expected] of Object.entries(names)) {
    t.equal(providerNameOf(name), expected, name)
    t.match(providerNameOf(name), /^[a-z0-9][a-z0-9_-]*$/)
  }
  t.equal(titleOf('smart-exam'), 'Smart Exam Proctoring')
})

for (const kind of ['rest', 'custom']) {
  t.test(`a package of kind ${kind} has the new names everywhere and all that its own package.json speaks of`, async t => {
    const cwd = empty(t)
    const { code, out, err } = await runCreate(cwd, ['@foo/watch-well', '--kind', kind])
    t.match({ code, err }, { code: 0, err: '' })
    t.match(out, /cd watch-well\n {2}npm install/)
    const folder = join(cwd, 'watch-well')
    for (const file of await listAll(folder)) t.notMatch(await readFile(file, 'utf8'), /acme/i, file.slice(folder.length))

    const manifest = await readManifest(folder)
    t.match(manifest, { name: '@foo/watch-well', invigil: { providers: { 'watch-well': './provider.js' }, conformance: './conformance.js' } })
    for (const file of [...manifest.files, 'conformance.js', '.gitignore', 'LICENSE', 'README.md', '.github/workflows/ci.yml']) {
      t.ok((await readdir(folder)).includes(String(file).split('/')[0] ?? ''), `${file} is there`)
    }
    const { providers } = parse(await readFile(join(folder, 'local/invigil.yaml'), 'utf8'))
    t.match(providers, { default: 'watch-well', enabled: { 'watch-well': { package: '@foo/watch-well' } } })
    for (const language of ['en', 'es']) t.match(parse(await readFile(join(folder, `locales/${language}.yaml`), 'utf8')), { 'watch-well': { before_you_begin: String } })
    for (const { uses } of parse(await readFile(join(folder, '.github/workflows/ci.yml'), 'utf8')).jobs.test.steps) if (uses) t.match(uses, /@[0-9a-f]{40}$/)
  })

  t.test(`a package of kind ${kind} asks for the versions that are in this repository`, async t => {
    const cwd = empty(t)
    await runCreate(cwd, ['acme-proctoring', '--kind', kind])
    const { dependencies, peerDependencies, devDependencies } = await readManifest(join(cwd, 'acme-proctoring'))
    const { version, devDependencies: ours } = await readManifest(ROOT)
    t.equal(peerDependencies.invigil, `^${version}`)
    t.equal(devDependencies.invigil, `^${version}`)
    for (const name of ['@sparticuz/chromium', 'playwright-core']) t.equal(devDependencies[name], ours[name], name)
    if (kind === 'rest') t.equal(dependencies['@invigil/rest'], `^${(await readManifest(join(ROOT, 'plugins/rest'))).version}`)
  })
}

t.test('what is not given is asked for, again until the answer will do', async t => {
  const cwd = empty(t)
  const { code, out } = await runCreate(cwd, [], ['Not A Name', 'watch-well', 'soap', 'custom'])
  t.equal(code, 0)
  t.match(out, /Name of the package on npm\?.*cannot be the name of a package.*What kind\?.*There is no kind "soap"; expected rest or custom/s)
  t.ok((await readdir(join(cwd, 'watch-well'))).includes('client.js'))
})

t.test('an empty answer is the one in brackets, and only what is missing is asked for', async t => {
  const cwd = empty(t)
  const { code, out } = await runCreate(cwd, ['watch-well'], [''])
  t.equal(code, 0)
  t.notMatch(out, /Name of the package/)
  t.match(await readManifest(join(cwd, 'watch-well')), { dependencies: { '@invigil/rest': String } })
})

t.test('with --yes nothing is asked', async t => {
  const cwd = empty(t)
  const { code, out } = await runCreate(cwd, ['--yes'])
  t.equal(code, 0)
  t.notMatch(out, /\?/)
  t.match(await readManifest(join(cwd, 'acme-proctoring')), { name: 'acme-proctoring' })
})

t.test('answers that end too early write nothing', async t => {
  const cwd = empty(t)
  const { code, err } = await runCreate(cwd, [], ['watch-well'])
  t.equal(code, 1)
  t.match(err, /Nothing was written/)
  t.same(await readdir(cwd), [])
})

t.test('a folder with something in it is left alone', async t => {
  const cwd = t.testdir({ 'watch-well': { 'thesis.txt': 'years of work' } })
  const { code, err } = await runCreate(cwd, ['watch-well', '--yes'])
  t.equal(code, 1)
  t.match(err, /watch-well is not empty: expected a new folder, found thesis\.txt/)
  t.same(await readdir(join(cwd, 'watch-well')), ['thesis.txt'])
})

t.test('an empty folder is used, a file of that name is not', async t => {
  const cwd = t.testdir({ 'watch-well': {}, taken: 'a file' })
  t.equal((await runCreate(cwd, ['watch-well', '--yes'])).code, 0)
  t.match(await runCreate(cwd, ['taken', '--yes']), { code: 1, err: /is a file/ })
})

t.test('arguments that cannot be understood are answered with what can', async t => {
  const cwd = empty(t)
  t.match(await runCreate(cwd, ['one', 'two']), { code: 2, err: /Expected one name, found one, two.*--kind rest\|custom/s })
  t.match(await runCreate(cwd, ['--sort', 'rest']), { code: 2, err: /--sort/ })
  t.match(await runCreate(cwd, ['Bad', '--yes']), { code: 1, err: /lower-case/ })
  t.match(await runCreate(cwd, ['--kind', 'soap', '--yes']), { code: 1, err: /no kind "soap"/ })
  t.match(await runCreate(cwd, ['--help']), { code: 0, out: /npm create invigil-provider/ })
  t.same(await readdir(cwd), [])
})
