import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import type { Page } from 'playwright-core'
import { bundleAsset } from '../../core/browser/bundle.ts'
import { createRenderer } from '../../core/interstitials/render.ts'
import { launchChromium } from '../helper/chromium.ts'
import { PAGE_SAMPLES } from './page-samples.ts'

/** What the pages must live with: nothing inline, nothing from elsewhere. */
const CSP = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'self'"
const WIDTHS = [1280, 375, 320]
const SCHEMES = ['light', 'dark'] as const

const folder = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))
const renderer = createRenderer({ templatesDir: folder('templates'), localesDir: folder('locales'), cache: true })
const stylesheet = await bundleAsset('invigil', new URL('../../core/browser/styles/invigil.css', import.meta.url), '/static')

const server = createServer(async (request, response) => {
  if (request.url === stylesheet.path) return response.writeHead(200, { 'content-type': stylesheet.contentType }).end(stylesheet.content)
  const [, language = 'en', index = '0'] = request.url?.split('/') ?? []
  const sample = PAGE_SAMPLES[Number(index)]
  if (!sample) return response.writeHead(404).end()
  const assets = { stylesheets: [{ url: stylesheet.path, integrity: stylesheet.integrity }] }
  const html = await renderer.renderPage({ provider: null, view: sample.view, variables: sample.variables, language, document: true, assets })
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': CSP }).end(html)
})
await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
t.teardown(() => new Promise(resolve => { server.close(resolve); server.closeAllConnections() }))
const { port } = server.address() as AddressInfo // listening on TCP, so it is an address
const browser = await launchChromium(t)

/** Every sample page once in one tab; answers what the browser complained of. */
async function openPages (language: string, look: (page: Page, name: string) => Promise<void>): Promise<string[]> {
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('console', message => { if (message.type() === 'error' && !message.location().url.endsWith('favicon.ico')) complaints.push(message.text()) })
  for (const [index, { view, variant = '' }] of PAGE_SAMPLES.entries()) {
    await page.goto(`http://127.0.0.1:${port}/${language}/${index}`)
    await look(page, `${view} ${variant} (${language})`)
  }
  await page.close()
  return complaints
}

t.test('pages obey a strict content security policy, need no sideways scrolling, and have controls large enough', async t => {
  for (const language of renderer.languages) {
    const complaints = await openPages(language, async (page, name) => {
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 })
        const found = await page.evaluate(() => ({
          overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          small: [...document.querySelectorAll('button, a.exam-button')].filter(control => control.getClientRects().length > 0)
            .map(control => ({ text: control.textContent, ...control.getBoundingClientRect().toJSON() })).filter(box => box.width < 43.9 || box.height < 43.9),
          letters: document.querySelector('#exam-page-title')?.getBoundingClientRect().height ?? 0,
        }))
        t.ok(found.letters > 20, `${name}, ${width} px: the browser has letters to measure`)
        t.equal(found.overflow, 0, `${name}, ${width} px: width`)
        t.same(found.small, [], `${name}, ${width} px: targets`)
      }
    })
    t.same(complaints, [], `${language}: nothing was refused by the browser`)
  }
})

t.test('pages can be heard, read and driven by keyboard', async t => {
  await openPages('en', async (page, name) => {
    await checkStructure(t, page, name)
    await checkKeyboard(t, page, name)
    await page.evaluate(() => document.querySelectorAll('[hidden]').forEach(element => element.removeAttribute('hidden')))
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      t.same(await page.evaluate(findFaintText), [], `${name}: contrast by ${colorScheme}`)
    }
  })
})

interface Checks { same (found: unknown, wanted: unknown, message: string): unknown, match (found: string, pattern: RegExp, message: string): unknown, ok (found: boolean, message: string): unknown }

/** Headings, landmarks, names and references. */
async function checkStructure (t: Checks, page: Page, name: string) {
  const found = await page.evaluate(() => {
    const all = [...document.querySelectorAll('[id]')].map(element => element.id)
    const levels = [...document.querySelectorAll('h1, h2, h3')].filter(heading => !heading.closest('dialog')).map(heading => Number(heading.tagName[1]))
    const references = ['aria-labelledby', 'aria-describedby', 'aria-controls', 'data-enables', 'data-copy-from', 'data-confirm-dialog']
      .flatMap(attribute => [...document.querySelectorAll(`[${attribute}]`)].map(element => element.getAttribute(attribute) ?? ''))
    return {
      doubleIds: all.filter((id, index) => all.indexOf(id) !== index),
      lostReferences: references.filter(id => !all.includes(id)),
      firstHeadings: levels.filter(level => level === 1).length,
      skipped: levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1),
      mains: document.querySelectorAll('main').length,
      language: document.documentElement.lang,
      nameless: [...document.querySelectorAll('button, a')].filter(control => !(control.textContent?.trim() || control.getAttribute('aria-label'))).length,
    }
  })
  t.same(found, { doubleIds: [], lostReferences: [], firstHeadings: 1, skipped: [], mains: 1, language: 'en', nameless: 0 }, `${name}: structure`)
  t.match(await page.locator('main').ariaSnapshot(), /region "/, `${name}: the page is a named region`)
}

async function checkKeyboard (t: Checks, page: Page, name: string) {
  const wanted = await page.locator('main button:visible:enabled, main a:visible').count()
  for (let step = 0; step < wanted; step++) {
    await page.keyboard.press('Tab')
    const focus = await page.evaluate(() => {
      const style = document.activeElement && getComputedStyle(document.activeElement)
      return { tag: document.activeElement?.tagName ?? '', outline: style?.outlineStyle === 'none' ? 0 : Number.parseFloat(style?.outlineWidth ?? '0') }
    })
    t.match(focus.tag, /^(A|BUTTON)$/, `${name}: control ${step} is reached`)
    t.ok(focus.outline >= 3, `${name}: control ${step} shows the focus`)
  }
}

t.test('Q49: dialogs have names, take the focus, and close by Escape and by their buttons', async t => {
  const index = PAGE_SAMPLES.findIndex(({ view }) => view === 'proctored_exam/instructions')
  const page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${port}/en/${index}`)
  await page.evaluate(() => {
    const dialog = document.querySelector<HTMLDialogElement>('.exam-modal')
    const title = document.querySelector('#accessible-error-title')
    if (title) title.textContent = dialog?.dataset.textPopupBlockedTitle ?? ''
    dialog?.showModal()
  })
  const modal = page.getByRole('dialog', { name: 'Your browser blocked a new tab' })
  t.equal(await modal.isVisible(), true)
  t.equal(await page.evaluate(() => document.activeElement?.textContent), 'OK')
  await page.keyboard.press('Escape')
  t.equal(await modal.isVisible(), false)

  const answers: string[] = []
  for (const press of ['No, go back', 'Yes, go on without proctoring']) {
    await page.evaluate(() => document.querySelector<HTMLDialogElement>('.exam-confirm-modal')?.showModal())
    await page.getByRole('dialog').getByRole('button', { name: press }).click()
    answers.push(await page.evaluate(() => document.querySelector<HTMLDialogElement>('.exam-confirm-modal')?.returnValue ?? ''))
  }
  t.same(answers, ['cancel', 'confirm'])
  await page.close()
})

/** Runs in the page: texts whose contrast with the nearest opaque ground is below 4.5:1. */
function findFaintText (): string[] {
  const parse = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number)
  const light = ([r = 0, g = 0, b = 0]: number[]) => [r, g, b].map(channel => channel / 255)
    .map(channel => channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4)
    .reduce((sum, channel, index) => sum + channel * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0)
  const ground = (element: Element | null): number[] => {
    if (!element) return [255, 255, 255]
    const colour = parse(getComputedStyle(element).backgroundColor)
    return (colour[3] ?? 1) === 1 ? colour : ground(element.parentElement)
  }
  return [...document.querySelectorAll('body *')]
    .filter(element => element.getClientRects().length > 0 && [...element.childNodes].some(node => node.nodeType === 3 && node.textContent?.trim()))
    .filter(element => {
      const [bright = 0, dim = 0] = [light(parse(getComputedStyle(element).color)), light(ground(element))].sort((a, b) => b - a)
      return (bright + 0.05) / (dim + 0.05) < 4.5
    })
    .map(element => `${element.className}: ${element.textContent}`)
}
