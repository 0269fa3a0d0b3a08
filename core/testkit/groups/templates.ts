import { findNearest } from '../../provider/nearest.ts'
import { openLoadedBench } from '../bench/bench.ts'
import { defineGroup, NotApplicable, NotChecked, problem, type Problem, type Verdict } from '../check.ts'
import { openPages, type OwnPages, type PrintedPage } from '../pages/own-pages.ts'
import { HOSTILE, PAGE_SAMPLES } from '../pages/samples.ts'

type Subject = OwnPages | null

export default defineGroup<Subject>({
  id: 'templates',
  title: 'pages for learners',
  about: 'Parses every template, prints all pages with the variables they really get (hostile texts among them), once with the provider\'s templates and once without, and compares.',
  async open (target) {
    const bench = await openLoadedBench(target)
    await bench.close()
    const { templatesDir } = bench.provider
    return { subject: templatesDir === null ? null : await openPages(templatesDir) }
  },
  checks: [
    {
      id: 'parse',
      title: 'every template can be parsed',
      run: pages => withPages(pages, ({ parseFaults }) => parseFaults.map(fault => problem('templates in Liquid, with the filters of templates/README.md', fault, 'Mend it: the host does not start with a template it cannot parse.'))),
    },
    {
      id: 'known-names',
      title: 'every template is a page of the core, or is used by another one',
      run: pages => withPages(pages, ({ own, core }) => [...own.keys()].filter(name => !core.has(name) && !isUsed(name, own)).map(name => {
        const nearest = findNearest(name, [...core.keys()])
        return problem('the name of a page of the core, or a partial that another template includes', `"${name}"`, nearest ? `Did you mean "${nearest}"?` : 'Rename it, or remove it: nothing ever shows it.')
      })),
    },
    {
      id: 'print',
      title: 'every page can be printed',
      run: pages => withPrinted(pages, printed => printed.flatMap(({ view, faults }) => faults.map(fault => problem(`the page "${view}" to be printed`, fault, 'Mend it: learners get the core\'s page instead, and the fault is logged.')))),
    },
    {
      id: 'variables',
      title: 'templates ask for variables that exist',
      run: pages => withParsed(pages, parsed => checkVariables(parsed)),
    },
    {
      id: 'no-inline',
      title: 'no scripts, handlers or styles in the markup',
      run: pages => withPages(pages, ({ own }) => [...own].filter(([name]) => !name.startsWith('emails/')).flatMap(([name, source]) => findInline(source)
        .map(found => problem('markup that the strict content security policy allows', `${found} in "${name}"`, 'Move it into the static folder or the worker; the browser ignores it in the page.')))),
    },
    {
      id: 'escaped',
      title: 'texts of learners and vendors are printed escaped',
      run: pages => withPrinted(pages, printed => printed.filter(({ own }) => own.includes(HOSTILE.slice(0, HOSTILE.indexOf(' '))))
        .map(({ view }) => problem('no raw HTML of others', `a name or an instruction comes out as markup on "${view}"`, 'Take "| raw" away; "| vendor_html" lets a few harmless tags through.'))),
    },
    {
      id: 'heading',
      title: 'every page has a heading',
      run: pages => withPrinted(pages, printed => printed.filter(({ own, core }) => /<h1\b/.test(core) && !/<h1\b[^>]*>\s*\S/.test(own))
        .map(({ view }) => problem('a heading (h1) on the page', `none on "${view}"`, 'Keep the block "title", or print an h{{ heading_level }}: people who hear the page find their way by it.'))),
    },
    {
      id: 'actions',
      title: 'every page keeps the controls of the page it replaces',
      run: pages => withPrinted(pages, printed => printed.flatMap(checkActions)),
    },
  ],
})

const NONE = new NotApplicable('the provider has no templates')
const withPages = (pages: Subject, look: (pages: OwnPages) => Verdict): Verdict => pages === null ? NONE : look(pages)

function withParsed (pages: Subject, look: (pages: OwnPages) => Verdict): Verdict {
  return withPages(pages, found => {
    if (found.parseFaults.length > 0) throw new NotChecked('the templates cannot be parsed; see templates.parse')
    return look(found)
  })
}

const withPrinted = (pages: Subject, look: (printed: readonly PrintedPage[]) => Verdict): Verdict => withParsed(pages, ({ printed }) => look(printed))

function isUsed (name: string, own: ReadonlyMap<string, string>): boolean {
  const pattern = new RegExp(`{%-?\\s*(?:include|render|layout)\\s+['"]${name.replaceAll(/[.*+?^$|()[\]{}\\]/g, '\\$&')}['"]`)
  return [...own.values()].some(source => pattern.test(source))
}

const BUILT_IN = ['view', 'language', 'direction', 'heading_level', 'sub_level', 'provider', 'family', 'content', 'title', 'stylesheets', 'scripts', 'block']

function checkVariables ({ own, core, variablesOf }: OwnPages): Problem[] {
  const known = new Set([...BUILT_IN, ...PAGE_SAMPLES.flatMap(({ variables }) => Object.keys(variables)), ...[...core.keys()].filter(name => !own.has(name)).flatMap(variablesOf)])
  // a partial may be handed anything by who includes it
  return [...own.keys()].filter(name => core.has(name)).flatMap(name => variablesOf(name).filter(variable => !known.has(variable)).map(variable => {
    const nearest = findNearest(variable, [...known])
    return problem('variables of core/interstitials/variables.ts', `"${variable}" in "${name}"`, nearest ? `Did you mean "${nearest}"?` : 'It is always empty: remove it.')
  }))
}

const INLINE: readonly (readonly [RegExp, string])[] = [
  [/<script\b/i, 'a script'],
  [/<style\b/i, 'a style element'],
  [/<[a-z][^>]*\sstyle\s*=/i, 'a style attribute'],
  [/<[a-z][^>]*\son[a-z]+\s*=/i, 'an event handler'],
  [/(?:href|src|action)\s*=\s*["']?\s*javascript:/i, 'a javascript: address'],
]

function findInline (source: string): string[] {
  const markup = source.replaceAll(/{%-?\s*comment\s*-?%}[^]*?{%-?\s*endcomment\s*-?%}/g, '')
  return INLINE.filter(([pattern]) => pattern.test(markup)).map(([, name]) => name)
}

const actionsIn = (page: string): Set<string> => new Set([...page.matchAll(/\bdata-action="([^"]+)"/g)].map(([, action = '']) => action))

function checkActions ({ view, core, own }: PrintedPage): Problem[] {
  const kept = actionsIn(own)
  return [...actionsIn(core)].filter(action => !kept.has(action))
    .map(action => problem(`the control data-action="${action}" on "${view}"`, kept.size > 0 ? `only ${[...kept].join(', ')}` : 'no controls', 'Keep it: without it the learner cannot go on. Extend the core\'s page with {% layout \'core/...\' %} and change single blocks.'))
}
