import { readFile } from 'node:fs/promises'
import t from 'tap'
import * as errors from '../../core/errors.ts'
import { OVERRIDES } from '../../core/provider/attributes.ts'
import { PROVIDER_METHODS } from '../../core/provider/index.ts'
import { describeProviders, PROVIDER_DOCS } from '../../scripts/generate-provider-docs.ts'
import { readSource } from '../../scripts/provider-docs/source.ts'

t.test('docs/providers.md says what the contract says', async t => {
  const page = await readFile(PROVIDER_DOCS, 'utf8')

  t.test('to the letter; if not, run: node scripts/generate-provider-docs.ts', async t => {
    t.ok(page === await describeProviders(), 'docs/providers.md is not what the contract says. Run "node scripts/generate-provider-docs.ts" and commit the file.')
  })

  t.test('with a chapter for every method and a line for every attribute', async t => {
    for (const [name, { deadlineMs }] of Object.entries(PROVIDER_METHODS)) {
      const chapter = page.split(`\n### ${name}\n`)[1]?.split('\n#')[0] ?? ''
      t.match(chapter, `deadline ${deadlineMs / 1000} s`, name)
      t.match(chapter, /^[A-Z].{20,}$/m, `${name} says when it is called`)
    }
    for (const [key, name] of OVERRIDES) t.match(page, `| \`${name}\` | \`${key}\` |`)
  })

  t.test('leads nowhere where nothing is, and names only errors there are', async t => {
    const anchors = new Set([...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase().replaceAll(' ', '-')))
    for (const [, anchor = ''] of page.matchAll(/\]\(#([^)]+)\)/g)) t.ok(anchors.has(anchor), anchor)
    for (const [code] of page.matchAll(/\bINV_[A-Z_]+/g)) t.ok(code in errors, code)
  })
})

t.test('a source is read with all that it exports from files beside it', async t => {
  const folder = t.testdir({
    'entry.ts': "export * from './words.ts'\nexport { f } from './f.ts'\nexport { Type } from 'typebox'\n",
    'words.ts': '/**\n * About.\n *\n * Words\n *   thing  what it is\n */\nexport * from \'./entry.ts\'\n/** A thing. */\nexport interface Thing extends Base {\n  /** How\n   * many. */\n  count?: number | null\n  go (to: string): void\n}\nexport type Alias = Static<typeof AliasSchema>\ninterface Hidden { no: string }\n',
    'f.ts': '/**\n * Does it.\n * @param a what\n */\nexport function f (a: string): number {\n  return a.length\n}\n',
  })
  const { words, declarations } = await readSource(new URL(`file://${folder}/entry.ts`))
  t.same(words, [['thing', 'what it is']])
  t.same([...declarations.keys()].toSorted(), ['Alias', 'Thing', 'f'])
  t.match(declarations.get('Thing'), { note: 'A thing.', text: 'extends Base', members: [{ name: 'count', isOptional: true, type: 'number | null', note: 'How\nmany.' }, { name: 'go', isOptional: false, type: '(to: string): void' }] })
  t.match(declarations.get('Alias'), { schema: 'AliasSchema' })
  t.match(declarations.get('f'), { text: 'f (a: string): number', note: 'Does it.\n`a`: what' })
})
