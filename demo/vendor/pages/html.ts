/** Markup that is safe to send: everything put into it was escaped. */
export class Html {
  readonly text: string
  constructor (text: string) { this.text = text }
}

export type Value = Html | Html[] | string | number | null | false

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escapeText = (text: string) => text.replace(/[&<>"']/g, character => ESCAPES[character] ?? '')

/** Template tag: escapes whatever is not markup already. */
export function html (strings: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(strings.reduce((text, string, index) => text + render(values[index - 1] ?? null) + string))
}

function render (value: Value): string {
  if (value === null || value === false) return ''
  if (Array.isArray(value)) return value.map(render).join('\n')
  return value instanceof Html ? value.text : escapeText(String(value))
}

/** A table whose first cells head their rows; on a narrow screen each row becomes a card, where the labels come in. */
export function table (label: string, columns: string[], rows: Value[][], kind = ''): Html {
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${label}"><table role="table" class="${kind}">
<thead role="rowgroup"><tr role="row">${columns.map(column => html`<th scope="col" role="columnheader">${column}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map(([head = null, ...cells]) => html`<tr role="row">
<th scope="row" role="rowheader">${head}</th>
${cells.map((cell, index) => html`<td role="cell" data-label="${columns[index + 1] ?? ''}">${cell}</td>`)}
</tr>`)}</tbody>
</table></div>`
}

/** A choice by its words and their labels. */
export function select (name: string, labels: Readonly<Record<string, string>>, chosen: string, attributes: Html | null = null): Html {
  return html`<select name="${name}" ${attributes}>${Object.entries(labels).map(([word, label]) => word === chosen
    ? html`<option value="${word}" selected>${label}</option>`
    : html`<option value="${word}">${label}</option>`)}</select>`
}

/** A whole page. */
export function layout ({ title, live = false }: { title: string, live?: boolean }, body: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - Demo Proctoring</title>
<link rel="stylesheet" href="/assets/vendor.css">
${live && html`<script src="/assets/console.js" defer></script>`}
</head>
<body>
<header class="bar"><p class="brand">Demo Proctoring</p><p class="hint">A make-believe vendor. Nobody is watched.</p></header>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`.text
}
