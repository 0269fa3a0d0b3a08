import { refuse, type OnboardingProfile, type OnboardingQuery, type Provider } from 'invigil/provider'
import { asId, asObject, asText, excerpt } from './answers.ts'
import { fillPath } from './paths.ts'
import type { VendorAnswer } from './session.ts'
import type { Vendor } from './vendor.ts'

/** A course of a million learners in pages of a thousand; a vendor that counts wrong is not followed for ever. */
const MOST_PAGES = 1000

/** What is asked about learners. */
export function peopleMethods (vendor: Vendor): Pick<Provider, 'retireUser' | 'getOnboardingProfiles'> {
  return {
    retireUser: async (userId, call) => {
      const answer = await vendor.session.send({ method: 'DELETE', path: fillPath(vendor.paths.user, { user: userId }), idempotencyKey: call.idempotencyKey }, call)
      if (typeof answer.json === 'boolean') return answer.json
      throw refuse(502, `the vendor answered ${answer.status} ${excerpt(answer.text) || '(nothing)'} to a retirement; expected true or false`)
    },
    getOnboardingProfiles: async (query, call) => {
      const profiles: OnboardingProfile[] = []
      for (let page = 1, pages = 1; page <= Math.min(pages, MOST_PAGES); page++) {
        const answer = readAnswer(await vendor.session.send({ method: 'GET', path: onboardingPath(vendor, query, page) }, call))
        profiles.push(...readProfiles(answer, query.userId))
        pages = Number(answer['num_pages'] ?? 1)
      }
      return { profiles }
    },
  }
}

function onboardingPath ({ paths }: Vendor, { courseId, userId, statuses = [] }: OnboardingQuery, page: number): string {
  const query = new URLSearchParams(userId ? { user_id: userId } : { status: statuses.join(',') })
  if (page > 1) query.set('page', String(page))
  return `${fillPath(paths.onboarding, { course: courseId })}?${query}`
}

function readAnswer ({ status, text, json }: VendorAnswer): Record<string, unknown> {
  if (status !== 200) throw refuse(status, excerpt(text) || `the vendor answered ${status} to a question about onboarding`)
  const answer = asObject(json)
  if (!answer) throw refuse(502, 'the vendor\'s answer about onboarding is not a JSON object')
  return answer
}

/** One learner is answered as the profile itself, which need not repeat the id; several under `results`. */
function readProfiles (answer: Record<string, unknown>, askedId: string | undefined): OnboardingProfile[] {
  const rows = Array.isArray(answer['results']) ? answer['results'] : [{ user_id: askedId, ...answer }]
  return rows.flatMap(row => {
    const fields = asObject(row)
    const userId = asId(fields?.['user_id'])
    const status = asText(fields?.['status'])
    return userId && status ? [{ userId, status, expirationDate: asText(fields?.['expiration_date']) }] : []
  })
}
