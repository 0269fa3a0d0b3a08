// @ts-check
import { restProvider } from '@invigil/rest'

/** @type {Record<string, string[]>} */
const INSTRUCTIONS = {
  en: ['Open Acme Proctoring with the button below.', 'Choose "I am ready" there.', 'Come back to this page and start.'],
  es: ['Abra Acme Proctoring con el botón de abajo.', 'Elija allí «I am ready».', 'Vuelva a esta página y empiece.'],
}

/**
 * The REST conventions do the work: exams, attempts, reviews, instructor links, retirement. Here stands in what you differ from them.
 * All that can be given, and what each method does when things go wrong: the README of @invigil/rest.
 */
export default restProvider({
  // the address of your API, unless the operator names another
  baseUrl: 'https://api.acme.example',
  attributes: ({ base_url: appUrl }) => ({
    verboseName: 'Acme Proctoring',
    techSupportEmail: 'support@acme.example',
    workerOptions: { appUrl },
  }),
  // a path that differs:
  // paths: { instructor: '/dashboards/{client}?jwt={jwt}' },
  instructions: ({ language }) => INSTRUCTIONS[language.slice(0, 2)] ?? INSTRUCTIONS.en ?? [],
  worker: './worker.js',
  templates: './templates',
  locales: './locales',
})
