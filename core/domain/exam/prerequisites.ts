import type { CreditRequirement } from '../../lms/services.ts'

export interface Prerequisites {
  satisfied: CreditRequirement[]
  failed: CreditRequirement[]
  pending: CreditRequirement[]
  declined: CreditRequirement[]
}

const OWN_WORDS = ['satisfied', 'failed', 'declined'] as const

/** What a learner must have done before this exam, sorted by how it went (contract 01 §6.8). */
export function classifyPrerequisites (requirements: readonly CreditRequirement[], contentId: string): Prerequisites {
  const inOrder = requirements.filter(({ namespace }) => namespace !== 'grade').toSorted((a, b) => a.order - b.order)
  const own = inOrder.findIndex(({ name }) => name === contentId)
  const sorted: Prerequisites = { satisfied: [], failed: [], pending: [], declined: [] }
  for (const requirement of own < 0 ? inOrder : inOrder.slice(0, own)) {
    sorted[OWN_WORDS.find(word => word === requirement.status) ?? 'pending'].push(requirement)
  }
  return sorted
}

export const areSatisfied = ({ failed, pending, declined }: Prerequisites): boolean => failed.length + pending.length + declined.length === 0

/** The list that has to be resolved first gets links to its exams. */
export function linkPrerequisites (prerequisites: Prerequisites, jumpTo: (contentId: string) => string): Prerequisites {
  const list = prerequisites.failed.length > 0 ? 'failed' : 'pending'
  const linked = prerequisites[list].map(item => ({ ...item, jumpto_url: item.namespace === 'proctored_exam' && item.name ? jumpTo(item.name) : null }))
  return { ...prerequisites, [list]: linked }
}
