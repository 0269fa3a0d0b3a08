/** Markup that is safe to send: everything put into it was escaped. */
export class Html {
  readonly text: string
  constructor (text: string) { this.text = text }
}

type Value = Html | Html[] | string | number | null | false

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
