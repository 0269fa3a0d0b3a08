import { PERMISSIONS } from '../../core/http/permissions.ts'
import type { RouteRow } from '../../core/http/route-table.ts'
import { recordOf, textOf, type Json } from './json.ts'
import { operationsOf, type Operation } from './operation.ts'
import { refusals } from './refusals.ts'
import { fieldsOf, shapeOf } from './shape.ts'
import { table } from './table.ts'

/** Families in reading order; one that is not here comes last, under its tag. */
const FAMILIES: Readonly<Record<string, { title: string, intro: string }>> = {
  exams: { title: 'Exams', intro: 'What courses have.' },
  attempts: { title: 'Attempts', intro: 'What learners do in exams.' },
  instructors: { title: 'Instructors', intro: 'What staff of a course see of its attempts, and do about them.' },
  allowances: { title: 'Allowances', intro: 'What single learners are granted.' },
  onboarding: { title: 'Onboarding', intro: 'How learners stand with their vendor before the first exam.' },
  retirement: { title: 'Retirement', intro: 'When a learner leaves the platform for good.' },
  'vendor callbacks': { title: 'Vendor callbacks', intro: 'What vendors tell us.' },
  native: { title: 'Pages, stories and reports', intro: 'What the old wire does not have.' },
  effects: { title: 'Effects', intro: 'What waits to leave the house, and what was given up.' },
  transport: { title: 'Signing in', intro: 'Tokens for vendors and for pages.' },
  operations: { title: 'Health', intro: 'For load balancers and people on call.' },
  demo: { title: 'Demo', intro: 'With `demo.clock: true` only, never in production.' },
}

const INTRO = `# The HTTP API

<!-- Made by "node scripts/generate-api-docs.ts" from the routes' own schemas. Do not edit: change the routes and run it again. -->

A running server shows the same with every detail at \`/docs\`, and as OpenAPI 3.1 at \`/docs/json\`.

* **Who asks** is shown by \`Authorization: JWT <token>\` or \`Bearer <token>\`, by the platform's split cookies with \`USE-JWT-COOKIE: true\` (writes then need
  \`X-CSRFToken\`), for vendors by a token of \`/oauth2/access_token\` or a signed call (Standard Webhooks).
* **Bodies** are JSON, a form or multipart fields with the same names, at most 1 MiB. Keys in paths may be raw or percent-encoded.
* **Refusals** are \`{"detail": "..."}\`, on native paths with \`code\` too; the code is always in the header \`Invigil-Error\` ([all codes](../README.md#errors);
  [which request gets which](#refusals)).
  Who is not signed in gets 403 under \`/api/edx_proctoring\`, 401 elsewhere.
* \`?\` marks what may be absent.`

/** The whole page. `rows` adds what the OpenAPI document leaves out: files and its own pages. */
export function renderApiDocs (document: Json, rows: readonly RouteRow[]): string {
  const named = recordOf(recordOf(document.components).schemas)
  const operations = operationsOf(document, named)
  return [INTRO, ...whoMay(operations), ...families(operations), ...refusals(operations), ...besides(operations, rows), ...shapes(named)].join('\n\n') + '\n'
}

function whoMay (operations: readonly Operation[]): string[] {
  const used = Object.entries(PERMISSIONS).filter(([name]) => operations.some(({ permission }) => permission === name))
  return ['## Who may', table(['word', 'stands for'], used.map(([name, { who }]) => [name, who]))]
}

function families (operations: readonly Operation[]): string[] {
  const byTag = Map.groupBy(operations, ({ tag }) => tag)
  const known = Object.keys(FAMILIES).filter(tag => byTag.has(tag))
  const unknown = [...byTag.keys()].filter(tag => !known.includes(tag)).sort()
  return [...known, ...unknown].flatMap(tag => family(FAMILIES[tag] ?? { title: tag, intro: '' }, byTag.get(tag) ?? []))
}

function family ({ title, intro }: { title: string, intro: string }, operations: readonly Operation[]): string[] {
  const root = commonRoot(operations.map(({ path }) => path))
  const where = root === '' ? '' : ` Paths begin with \`${root}\`.`
  const rows = operations.map(({ method, path, summary, permission, takes, answers }) => [`\`${method} ${path.slice(root.length)}\``, summary, permission, takes, answers])
  return [`## ${title}`, `${intro}${where}`.trim(), table(['request', 'what', 'who may', 'takes', 'answers'], rows)]
}

/** Whole segments that all paths of a family begin with; short ones are not worth a word. */
function commonRoot (paths: readonly string[]): string {
  const [first = '', ...others] = paths
  const segments = first.split('/')
  const shared = segments.findIndex((segment, index) => index === segments.length - 1 || others.some(path => path.split('/')[index] !== segment))
  const root = segments.slice(0, shared).join('/')
  return root.length > 10 && paths.length > 1 ? root : ''
}

const FOREIGN = /^\/docs\//

function besides (operations: readonly Operation[], rows: readonly RouteRow[]): string[] {
  const shown = new Set(operations.map(({ method, path }) => `${method} ${path}`))
  const hidden = rows.filter(({ method, url }) => method !== 'HEAD' && !FOREIGN.test(url))
    .map(({ method, url, permission }) => ({ request: `${method} ${readable(url)}`, permission }))
    .filter(({ request }) => !shown.has(request))
  return ['## Besides', 'Files, other spellings of the above, and what is for machines.', table(['request', 'who may'], hidden.map(({ request, permission }) => [`\`${request}\``, permission]))]
}

/** As OpenAPI writes it; a hash changes with what it is of. */
const readable = (url: string): string => url.replaceAll(/:(\w+)(?:\([^)]*\))?/g, '{$1}').replace(/-[0-9a-f]{12}(?=\.\w+$)/, '-{hash}')

function shapes (named: Json): string[] {
  return ['## Shapes', ...Object.entries(named).flatMap(([name, schema]) => shape(name, recordOf(schema), named))]
}

function shape (name: string, schema: Json, named: Json): string[] {
  const fields = fieldsOf(schema, named)
  const heading = [`### ${name}`, ...(schema.description === undefined ? [] : [textOf(schema.description)])]
  if (fields.length === 0) return [...heading, shapeOf(schema, named)]
  return [...heading, table(['field', 'is', ''], fields.map(({ name, isOptional, shape, note }) => [`\`${name}\`${isOptional ? '?' : ''}`, shape, note]))]
}
