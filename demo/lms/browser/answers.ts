/** Keeps what was typed into the exam in this browser, per person and exam, so that reloading loses nothing. */

type Field = HTMLInputElement | HTMLTextAreaElement

function isField (target: EventTarget | null): target is Field {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
}

function readStored (key: string): Record<string, string> {
  const value: unknown = JSON.parse(localStorage.getItem(key) ?? '{}')
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(Object.entries(value).filter(([, answer]) => typeof answer === 'string'))
}

function show (field: Field, answer: string | undefined): void {
  if (answer === undefined) return
  if (field instanceof HTMLInputElement && field.type === 'radio') field.checked = field.value === answer
  else field.value = answer
}

function keepAnswers (form: HTMLFormElement, key: string): void {
  const answers = readStored(key)
  for (const field of form.elements) if (isField(field)) show(field, answers[field.name])
  const status = form.querySelector('[data-answers-status]')
  form.addEventListener('input', ({ target }) => {
    if (!isField(target)) return
    answers[target.name] = target.value
    localStorage.setItem(key, JSON.stringify(answers))
    if (status instanceof HTMLElement) status.textContent = status.dataset.savedText ?? ''
  })
  form.addEventListener('submit', event => event.preventDefault())
}

const form = document.querySelector<HTMLFormElement>('form[data-answers]')
if (form?.dataset.answers) keepAnswers(form, form.dataset.answers)
