import { dialogText, type MessageName } from './dialog-texts.ts'
import { make } from './make.ts'

/** Shows a message in the page's dialog, or in one made for it. Resolves when it is closed. */
export function showMessage (name: MessageName, from: Element | null = null): Promise<void> {
  const dialog = document.querySelector<HTMLDialogElement>('dialog.exam-modal') ?? createDialog()
  const find = (selector: string) => dialog.querySelector<HTMLElement>(selector)
  setText(find('#accessible-error-title'), messageText(dialog, `${name}-title`, from))
  setText(find('#exam-modal-message'), messageText(dialog, name, from))
  return openUntilClosed(dialog).then(() => returnFocus(from))
}

/** Asks with the dialog of this id. True = the learner agreed. */
export async function confirmWith (id: string): Promise<boolean> {
  const dialog = document.getElementById(id)
  if (!(dialog instanceof HTMLDialogElement)) throw new Error(`There is no dialog with the id "${id}".`)
  return await openUntilClosed(dialog) === 'confirm'
}

/** The button was disabled when the dialog opened, so the browser cannot know where the focus belongs. */
function returnFocus (from: Element | null): void {
  if (from instanceof HTMLElement && document.activeElement === document.body) from.focus()
}

/** Closing with Escape keeps the last return value, which must not count as an answer of now. */
function openUntilClosed (dialog: HTMLDialogElement): Promise<string> {
  dialog.returnValue = ''
  if (!dialog.open) dialog.showModal()
  return new Promise(resolve => dialog.addEventListener('close', () => resolve(dialog.returnValue), { once: true }))
}

function createDialog (): HTMLDialogElement {
  const dialog = document.createElement('dialog')
  dialog.className = 'invigil exam-dialog exam-modal'
  dialog.setAttribute('aria-labelledby', 'accessible-error-title')
  dialog.setAttribute('aria-describedby', 'exam-modal-message')
  const form = document.createElement('form')
  form.method = 'dialog'
  form.append(
    make('h2', { id: 'accessible-error-title', className: 'exam-dialog__title' }),
    make('p', { id: 'exam-modal-message' }),
    make('button', { className: 'exam-button', type: 'submit', textContent: dialogText(document.documentElement, 'ok') }),
  )
  dialog.append(form)
  document.body.append(dialog)
  return dialog
}

/** The page's own words come first: they are in the learner's language and a provider may have changed them. */
function messageText (dialog: HTMLElement, name: MessageName | `${MessageName}-title`, from: Element | null): string {
  return dialog.getAttribute(`data-text-${name}`) ?? dialogText(from ?? document.documentElement, name)
}

function setText (node: HTMLElement | null, text: string): void {
  if (node) node.textContent = text
}
