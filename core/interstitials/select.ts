import { ENTRY_RULES, FAMILY_RULES } from './selection-tables.ts'
import type { Rule, Selection, ViewFacts } from './selection-tables.ts'

export type { Prerequisites, Selection, SelectionEffect, ViewFacts } from './selection-tables.ts'
export { VIEW_NAMES, examFamily } from './views.ts'
export type { ExamFamily, ViewName } from './views.ts'

const CONTENT: Selection = Object.freeze({ view: null, effects: Object.freeze([]) })

/** The page for these facts, and what has to happen with it. `view: null` means: show the exam content. */
export function selectView (facts: ViewFacts): Selection {
  if (ENTRY_RULES.some(showsContent => showsContent(facts))) return CONTENT
  const rule = facts.family && FAMILY_RULES[facts.family].find(candidate => fits(candidate, facts))
  return rule ? { view: rule.view, effects: rule.effects ?? [] } : CONTENT
}

function fits (rule: Rule, facts: ViewFacts): boolean {
  const ofStatus = rule.of === 'any' || rule.of.includes(facts.status ?? 'none')
  return ofStatus && (rule.when === undefined || rule.when(facts))
}
