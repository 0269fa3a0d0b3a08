import t from 'tap'
import { durationWords, humanTime } from '../../core/interstitials/human-time.ts'
import { createTranslator, loadCatalog } from '../../core/interstitials/texts.ts'

const catalog = loadCatalog([new URL('../../locales', import.meta.url).pathname])
const wordsOf = (language: string) => durationWords(createTranslator(catalog, language).translate)

const ENGLISH: Array<[number, string]> = [
  [0, '0 minutes'], [1, '1 minute'], [2, '2 minutes'], [59, '59 minutes'], [60, '1 hour'], [61, '1 hour and 1 minute'], [62, '1 hour and 2 minutes'],
  [90, '1 hour and 30 minutes'], [120, '2 hours'], [121, '2 hours and 1 minute'], [1441, '24 hours and 1 minute'],
  // below zero as clients have always seen it
  [-1, '59 minutes'], [-30, '30 minutes'], [-59, '1 minute'], [-60, 'error'], [-61, 'error'], [-1000, 'error'],
]

t.test('minutes are said as hours and minutes', async t => {
  for (const [minutes, text] of ENGLISH) t.equal(humanTime(minutes), text, String(minutes))
})

t.test('the English text file says the same as the built-in words', async t => {
  for (const [minutes, text] of ENGLISH) t.equal(humanTime(minutes, wordsOf('en')), text, String(minutes))
})

t.test('another language has its own words and plurals', async t => {
  t.equal(humanTime(61, wordsOf('es')), '1 hora y 1 minuto')
  t.equal(humanTime(150, wordsOf('es')), '2 horas y 30 minutos')
  t.equal(humanTime(0, wordsOf('es')), '0 minutos')
})
