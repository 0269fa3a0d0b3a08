import { readFile } from 'node:fs/promises'
import t from 'tap'
import { permissionTable } from '../../core/http/permissions.ts'
import { API_DOCS, describeApi } from '../../scripts/generate-api-docs.ts'
import { shapeOf } from '../../scripts/api-docs/shape.ts'
import { buildTestApp } from '../helper/app.ts'

t.setTimeout(120_000)

t.test('docs/api.md says what the routes say', async t => {
  const app = await buildTestApp(t)
  const page = await readFile(API_DOCS, 'utf8')

  t.test('to the letter; if not, run: node scripts/generate-api-docs.ts', async t => {
    t.ok(page === describeApi(app), 'docs/api.md is not what the routes say. Run "node scripts/generate-api-docs.ts" and commit the file.')
  })

  t.test('with a line and a reader for every route', async t => {
    const lines = page.split('\n')
    for (const { url, permission, method } of permissionTable(app).filter(({ method, url }) => method !== 'HEAD' && !url.startsWith('/docs/'))) {
      const end = url.replaceAll(/:(\w+)(?:\([^)]*\))?/g, '{$1}').replace(/-[0-9a-f]{12}(?=\.)/, '-{hash}').split('/').at(-1) ?? ''
      t.ok(lines.some(line => line.startsWith(`| \`${method} `) && line.includes(`${end}\``) && line.split(' | ').some(cell => cell.replace(/ \|$/, '') === permission)), `${method} ${url}`)
    }
  })

  t.test('and leads nowhere where nothing is', async t => {
    const anchors = new Set([...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase().replaceAll(' ', '-')))
    for (const [, anchor = ''] of page.matchAll(/\]\(#([^)]+)\)/g)) t.ok(anchors.has(anchor), anchor)
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
    for (const [, anchor = ''] of page.matchAll(/\]\(\.\.\/README\.md#([^)]+)\)/g)) t.match(readme, new RegExp(`^#+ ${anchor.replaceAll('-', ' ')}$`, 'mi'), `README.md#${anchor}`)
  })
})

t.test('a shape in a few words', async t => {
  const cases: [unknown, string][] = [
    [{ type: 'string' }, 'text'],
    [{ type: ['integer', 'null'] }, 'integer or null'],
    [{ type: 'array', items: { $ref: '#/components/schemas/Exam' } }, 'list of [Exam](#exam)'],
    [{ type: 'object', required: ['a'], properties: { a: { type: 'boolean' }, b: { const: 1 } } }, '{a: boolean, b?: `1`}'],
    [{ anyOf: [{ type: 'string' }, { type: 'string' }, { type: 'null' }] }, 'text or null'],
    [{ enum: ['x', 'y', 'z'] }, '`"x"`, `"y"` or `"z"`'],
    [{ type: 'object', additionalProperties: { type: 'number' } }, '{name: number}'],
    [{ type: 'object', properties: Object.fromEntries([...'abcdefgh'].map(name => [name, {}])) }, '{a, b, c, d, e, f and 2 more}'],
    [{ type: 'array', items: { type: ['string', 'null'] } }, 'list of (text or null)'],
    [{}, 'anything'],
  ]
  for (const [schema, words] of cases) t.equal(shapeOf(schema), words)

  const object = (names: string, required = names) => ({ type: 'object', required: [...required], properties: Object.fromEntries([...names].map(name => [name, {}])) })
  const named = { Small: object('abcdefg'), Big: object('abcdefgh') }
  t.equal(shapeOf(object('abcdefghxy'), named), '[Big](#big) with x, y', 'a large object is told by the shape it is made of')
  t.equal(shapeOf(object('abcdefg', ''), named), '[Small](#small) or {}', 'or the parts of it')
})
