import { readStatus, type Ajax } from '../ajax.ts'
import { showMessage } from '../dialog.ts'
import type { MessageName } from '../dialog-texts.ts'
import { neededFact } from '../page-facts.ts'
import type { Control, Outcome, Services } from './control.ts'

/** While these last, the learner has set-up steps left. */
const IN_SETUP = new Set(['created', 'download_software_clicked'])

async function pollStatus (button: HTMLButtonElement, ajax: Ajax): Promise<string> {
  const url = new URL(ajax.resolve(neededFact(button, 'examStartedPollUrl')))
  url.searchParams.set('sourceid', 'instructions')
  return readStatus(await ajax.get(url.href))
}

async function checkSystem (button: HTMLButtonElement, { ajax }: Services): Promise<Outcome> {
  if (await pollStatus(button, ajax) === 'ready_to_start') return say('check-done', button)
  if (!openTab(neededFact(button, 'softwareDownloadUrl'))) return say('popup-blocked', button)
  await ajax.send('PUT', neededFact(button, 'changeStateUrl'), { action: 'click_download_software' })
  return 'stay'
}

/** Without `noopener` in the call, because with it the answer never tells whether the tab was blocked. */
function openTab (address: string): boolean {
  const tab = window.open(address, '_blank')
  if (tab) tab.opener = null
  return tab !== null
}

/** Another tab may have gone on already; then the right page is one reload away. */
async function startWhenReady (button: HTMLButtonElement, { ajax }: Services): Promise<Outcome> {
  const status = await pollStatus(button, ajax)
  return IN_SETUP.has(status) ? say('setup-unfinished', button) : 'reload'
}

async function copyCode (button: HTMLButtonElement): Promise<Outcome> {
  const source = document.getElementById(neededFact(button, 'copyFrom'))
  const text = source instanceof HTMLInputElement ? source.value : source?.textContent?.trim() ?? ''
  await navigator.clipboard.writeText(text)
  const status = document.querySelector<HTMLElement>('.exam-code-status')
  if (status) status.textContent = document.querySelector('.exam-modal[data-text-copied]')?.getAttribute('data-text-copied') ?? ''
  return 'stay'
}

/** Not awaited: the button works again while the message is read. */
function say (name: MessageName, button: HTMLButtonElement): Outcome {
  showMessage(name, button)
  return 'stay'
}

/** The clipboard may be closed to this page: the code is then marked, ready to be copied by hand. */
function selectCode (button: HTMLButtonElement) {
  const source = document.getElementById(button.dataset.copyFrom ?? '')
  if (source instanceof HTMLInputElement) source.select()
  else if (source) document.getSelection()?.selectAllChildren(source)
}

const explain = (button: HTMLButtonElement) => showMessage('request-failed', button)

export const SETUP_CONTROLS: Control[] = [
  { selector: '.exam-software-download', run: checkSystem, explain },
  { selector: '.exam-start-when-ready', run: startWhenReady, explain },
  { selector: '.exam-code-copy', run: copyCode, explain: selectCode },
]
