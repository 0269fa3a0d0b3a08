import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { parse } from 'yaml'
import { packAll } from '../../scripts/pack.ts'
import { ADA, SUE, tokenFor } from '../helper/app.ts'
import { freePort } from '../helper/free-port.ts'
import { startIn, type Running } from './server.ts'
import { installTarballs, run } from './site.ts'
import { sitExam } from './sitting.ts'

// a minute and a half of work; several times that where much else is done beside it
t.setTimeout(900_000)

const ROOT = join(import.meta.dirname, '../..')
const folder = await mkdtemp(join(tmpdir(), 'invigil-packages-'))
t.teardown(() => rm(folder, { recursive: true, force: true }))
const site = join(folder, 'site')

/** `npx invigil start`, as an operator would in a folder of his own: embedded PostgreSQL and all. */
async function startSite (t: Test): Promise<Running> {
  await cp(join(import.meta.dirname, 'fixtures/invigil.yaml'), join(site, 'invigil.yaml'))
  return startIn(t, site, ['npx', 'invigil', 'start'], { INVIGIL_CONFIG: 'invigil.yaml' })
}

const FIXTURES = ['platform.ts', 'provider.ts', 'conformance.ts']

let running: Running
let tarballs: ReadonlyMap<string, string>
t.before(async () => {
  tarballs = await packAll(join(folder, 'packed'))
  await mkdir(site)
  await writeFile(join(site, 'package.json'), JSON.stringify({ name: 'somebody-elses-site', private: true, type: 'module' }))
  await installTarballs(site, [...tarballs.values()])
  running = await startSite(t)
})

t.test('a published package has no script that Node cannot run where it is installed', async t => {
  for (const name of ['invigil', '@invigil/rest', '@invigil/mock', '@invigil/proctortrack']) {
    const manifest = await readFile(join(site, 'node_modules', name, 'package.json'), 'utf8')
    t.notMatch(manifest, /(?<!\.d)\.ts"|devDependencies|workspaces|"private"/, name)
  }
  const { out } = await run(site, 'grep', ['-rlE', String.raw`(from |import\()?["']\.\.?/[^"']*\.ts["']`, '--include=*.js', '--include=*.d.ts', 'node_modules/invigil', 'node_modules/@invigil'])
  t.equal(out, '', 'no file names a TypeScript source')
})

t.test('what is published has types that a strict compiler takes, and runs', async t => {
  for (const name of FIXTURES) await cp(join(import.meta.dirname, 'fixtures', name), join(site, name))
  await writeFile(join(site, 'tsconfig.json'), JSON.stringify({
    compilerOptions: {
      target: 'es2024', lib: ['es2024', 'dom'], module: 'nodenext', strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, skipLibCheck: false, skipDefaultLibCheck: true, types: ['node'], typeRoots: [join(ROOT, 'node_modules/@types')],
    },
    files: FIXTURES,
  }))
  const compiled = await run(site, process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', '.'])
  t.match(compiled, { code: 0, out: '' })

  const { url } = running
  const { code, out, err } = await run(site, process.execPath, ['platform.js', url, await tokenFor(SUE), await tokenFor(ADA)])
  t.equal(code, 0, err)
  const { entrance, settings, entered, setUp, refused } = JSON.parse(out)
  t.match(entrance, { show: 'page', view: 'proctored_exam/entrance', html: /data-view="proctored_exam\/entrance"/ })
  t.match(settings, { platform_name: String, provider_name: 'Mock Backend' })
  t.match(entered, { exam_attempt_id: Number })
  t.match(setUp, { show: 'page', view: 'proctored_exam/instructions' })
  t.equal(refused, 'INV_ATTEMPT_EXISTS')

  const scripts = [...String(setUp.html).matchAll(/(?:src|href|data-[a-z-]+)="([^"]*\/static\/[^"]+\.(?:js|css))"/g)].map(([, path = '']) => new URL(path, url).href)
  t.ok(scripts.some(script => script.includes('/static/providers/mock/worker-')), 'the page names the worker')
  t.ok(scripts.some(script => script.includes('/static/invigil/interstitials-')), 'the page names its scripts')
  for (const script of scripts) {
    const response = await fetch(script)
    t.equal(response.status, 200, new URL(script).pathname)
    t.ok((await response.text()).length > 200)
  }
})

t.test('the operator\'s commands work from the installed package', async t => {
  const { url, env } = running
  const providers = await run(site, 'npx', ['invigil', 'providers', '--json'], env)
  t.equal(providers.code, 0, providers.err)
  t.match(JSON.parse(providers.out), [{ name: 'mock', state: 'ready', package: '@invigil/mock', version: '1.0.0' }, { name: 'idle', state: 'ready', package: '@invigil/null' }])
  const doctor = await run(site, 'npx', ['invigil', 'doctor'], env)
  t.equal(doctor.code, 0, doctor.out + doctor.err)
  t.match(doctor.out, /provider mock: @invigil\/mock 1\.0\.0/)
  const demo = await fetch(`${url}/demo`)
  t.match(await demo.text(), /Ada/, 'the demo LMS is among what is installed')
})

const KINDS = [
  { kind: 'rest', name: 'acme-rest', needs: ['invigil', '@invigil/rest'], verdict: 'suspicious' },
  { kind: 'custom', name: '@acme/own-api', needs: ['invigil'], verdict: 'doubtful' },
]
for (const { kind, name, needs, verdict } of KINDS) {
  t.test(`a new package of kind ${kind} passes its own tests, is sat with, packed and installed into another core`, async t => {
    const made = await run(folder, join(site, 'node_modules/.bin/create-invigil-provider'), [name, '--kind', kind])
    t.equal(made.code, 0, made.err)
    const own = join(folder, name.replace(/^@acme./, ''))
    await installTarballs(own, needs.map(need => tarballs.get(need) ?? ''), true)

    for (const script of ['check', 'test', 'conformance']) {
      const { code, out, err } = await run(own, 'npm', ['run', script])
      t.equal(code, 0, `npm run ${script}: ${out}${err}`)
    }

    const { url } = await startIn(t, own, ['npm', 'start'], { VENDOR_PORT: String(await freePort()) })
    const sitting = await sitExam(url, 'local-only-jwt-secret-0123456789abcdef', verdict)
    t.match(sitting, { entrance: 'proctored_exam/entrance', setUp: { view: 'proctored_exam/instructions', html: / needs your camera and a quiet room/ }, ready: 'ready_to_start', verdict: 'second_review_required' })

    const packed = await run(own, 'npm', ['pack', '--json'])
    t.equal(packed.code, 0, packed.err)
    const [{ filename, files }] = JSON.parse(packed.out)
    t.notOk(files.some(({ path }: { path: string }) => /^(vendor|local|test|node_modules)\//.test(path)), 'tests and the stand-in stay at home')
    const installed = await run(site, 'npm', ['install', '--offline', join(own, filename)])
    t.equal(installed.code, 0, installed.err)
    const configured: unknown = parse(await readFile(join(own, 'local/invigil.yaml'), 'utf8'))
    await writeFile(join(site, 'with-vendor.json'), JSON.stringify(configured))
    const doctor = await run(site, 'npx', ['invigil', 'doctor'], { INVIGIL_CONFIG: 'with-vendor.json' })
    t.match(doctor.out, `: ${name} 0.1.0, contract 1.`)
  })
}
