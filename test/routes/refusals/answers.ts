import type { LightMyRequestResponse } from 'fastify'
import { refusalsOf } from '../../../core/http/refusals.ts'
import type { Route } from '../walk/paths.ts'
import { isShown } from './own/index.ts'

export interface Answer { status: number, code: string, text: string }

export const answerOf = ({ statusCode, headers, body }: LightMyRequestResponse): Answer => ({ status: statusCode, code: String(headers['invigil-error'] ?? ''), text: body })

/** What is wrong with the answers of a route to something that failed with this code behind it; null when nothing is. */
export function judgeFailure ({ name, permission, refuses }: Pick<Route, 'name' | 'permission' | 'refuses'>, code: string, answers: readonly Answer[]): string | null {
  const stated: readonly string[] = [...refuses, ...refusalsOf(permission)]
  const told = (answer: Answer) => `${answer.status} ${answer.code} ${answer.text.slice(0, 150)}`
  if (stated.includes(code) && !isShown(name, code)) return answers.some(answer => answer.code === code) ? null : `states ${code}, but answered: ${answers.map(told).join(' and ')}`
  const bad = answers.find(answer => answer.status >= 500 && !stated.includes(answer.code))
  return bad ? `does not state what it answered: ${told(bad)}` : null
}

/** Files and controls, where neither providers nor the platform are asked, and providers' own routes, which have tests of their own. */
const ASIDE = /^\/(?:docs|static|health|metrics|csrf|oauth2|demo|api\/providers)\b/
export const isOfApi = ({ url, method }: Pick<Route, 'url' | 'method'>): boolean => method !== 'HEAD' && !ASIDE.test(url)
