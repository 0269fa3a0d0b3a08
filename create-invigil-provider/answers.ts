import { explainName } from './names.ts'
import { askAll, Impossible, type Question, type Terminal } from './terminal.ts'

export const KINDS = {
  rest: 'your service follows the REST conventions, or nearly (on @invigil/rest)',
  custom: 'it has an API of its own: you write the calls',
} as const
export type Kind = keyof typeof KINDS

export interface Answers { name: string, kind: Kind }
export interface Given { name?: string | undefined, kind?: string | undefined, yes: boolean }

const QUESTIONS = {
  name: { text: 'Name of the package on npm?', standard: 'acme-proctoring', check: explainName },
  kind: { text: `What kind? ${Object.entries(KINDS).map(([kind, about]) => `\n  ${kind.padEnd(7)} ${about}`).join('')}`, standard: 'rest', check: explainKind },
} satisfies Record<keyof Answers, Question>
const NAMES = ['name', 'kind'] as const

/** What was given, and for the rest what the person says or, with --yes, the standard. @throws Impossible */
export async function chooseAnswers (given: Given, terminal: Terminal): Promise<Answers> {
  for (const name of NAMES) {
    const fault = given[name] === undefined ? null : QUESTIONS[name].check(given[name])
    if (fault !== null) throw new Impossible(fault)
  }
  const missing = NAMES.filter(name => given[name] === undefined)
  const told = given.yes ? new Map<keyof Answers, string>() : await askAll(new Map(missing.map(name => [name, QUESTIONS[name]])), terminal)
  const [name, kind] = NAMES.map(name => given[name] ?? told.get(name) ?? QUESTIONS[name].standard)
  if (name === undefined || !isKind(kind)) throw new Impossible(explainKind(kind ?? '') ?? '')
  return { name, kind }
}

const isKind = (kind: string | undefined): kind is Kind => kind !== undefined && Object.hasOwn(KINDS, kind)

function explainKind (kind: string): string | null {
  return isKind(kind) ? null : `There is no kind "${kind}"; expected ${Object.keys(KINDS).join(' or ')}.`
}
