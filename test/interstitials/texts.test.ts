import t from 'tap'
import { createTranslator, findLanguage, loadCatalog, negotiateLanguage } from '../../core/interstitials/texts.ts'

const locales = new URL('../../locales', import.meta.url).pathname

t.test('a text is found by key, filled, and chosen by number', async t => {
  const catalog = loadCatalog([t.testdir({ 'en.yaml': 'a:\n  greet: "Hello {name}, {name}"\n  left: { one: "{count} day", other: "{count} days" }\n' })])
  const { translate } = createTranslator(catalog, 'en')
  t.equal(translate('a.greet', { name: 'Ada' }), 'Hello Ada, Ada')
  t.equal(translate('a.greet', { name: '{left}' }), 'Hello {left}, {left}', 'a value is not filled again')
  t.equal(translate('a.greet'), 'Hello , ', 'a missing value is nothing, not "undefined"')
  t.equal(translate('a.left', { count: 1 }), '1 day')
  t.equal(translate('a.left', { count: 0 }), '0 days')
  t.equal(translate('a.unknown'), 'a.unknown')
})

t.test('a language falls back to its parent and then to English, text by text', async t => {
  const catalog = loadCatalog([t.testdir({ 'en.yaml': 'x: en-x\ny: en-y\nz: en-z\n', 'es.yaml': 'x: es-x\ny: es-y\n', 'es-MX.yaml': 'x: mx-x\n' })])
  const { language, translate } = createTranslator(catalog, 'es_MX')
  t.equal(language, 'es-mx')
  t.same(['x', 'y', 'z'].map(key => translate(key)), ['mx-x', 'es-y', 'en-z'])
  t.equal(findLanguage('es-AR', catalog), 'es')
  t.equal(findLanguage('tlh', catalog), 'en')
  t.equal(findLanguage('', catalog), 'en')
})

t.test('later folders lie over earlier ones key by key; a file may be a section', async t => {
  const catalog = loadCatalog([
    t.testdir({ core: { 'en.yaml': 'x: core-x\ny: core-y\n', 'mail.en.yaml': 'mail: { hello: hi }\n' }, own: { 'en.yaml': 'y: own-y\n' } }) + '/core',
    t.testdirName + '/own',
  ])
  const { translate } = createTranslator(catalog, 'en')
  t.same(['x', 'y', 'mail.hello'].map(key => translate(key)), ['core-x', 'own-y', 'hi'])
})

t.test('a text file that is no map is refused with its name', async t => {
  t.throws(() => loadCatalog([t.testdir({ 'en.yaml': '- a\n' })]), /en\.yaml: expected a map of keys to texts, got object/)
  t.throws(() => loadCatalog([t.testdir({ 'en.yaml': '' })]), /expected a map of keys to texts, got nothing/)
})

t.test('the best language of a header is taken', async t => {
  const available = ['en', 'es', 'fr']
  t.equal(negotiateLanguage('es-419,es;q=0.9,en;q=0.8', available), 'es')
  t.equal(negotiateLanguage('de, fr;q=0.5, es;q=0.7', available), 'es')
  t.equal(negotiateLanguage('es;q=0, fr', available), 'fr')
  t.equal(negotiateLanguage('*', available), 'en')
  t.equal(negotiateLanguage(undefined, available), 'en')
  t.equal(negotiateLanguage('de', available, 'fr'), 'fr')
  t.equal(negotiateLanguage('"><script>;q=9, ' + 'x,'.repeat(5000), available), 'en')
})

t.test('every language of the core has every text, with the same slots', async t => {
  const catalog = loadCatalog([locales])
  const english = catalog.get('en')
  if (!english) throw new Error('English texts are missing')
  const slots = (text: unknown) => [...JSON.stringify(text).matchAll(/\{\w+\}/g)].map(found => found[0]).sort()
  for (const [language, texts] of catalog) {
    t.same([...english.keys()].filter(key => !texts.has(key)), [], `${language} lacks nothing`)
    t.same([...texts.keys()].filter(key => !english.has(key)), [], `${language} has nothing of its own`)
    for (const [key, text] of texts) t.same([...new Set(slots(text))], [...new Set(slots(english.get(key)))], `${language} ${key}`)
  }
  t.ok(catalog.size >= 2)
})
