import type { Difference } from '../comparison.ts'
import { acceptable } from '../deviation.ts'
import { isObject, parseJson, show } from '../json.ts'
import { match } from '../matcher.ts'
import { fill } from '../placeholders.ts'
import type { StepOf, ViewExpectation } from '../schema.ts'
import { callAs, type Reply, type StepRunner, type World } from '../world.ts'
import { firstHeld } from './first-held.ts'

const PATH = '/api/invigil/v1/student_view'

interface Shown { failed: boolean, view: unknown, actions: string[], facts: unknown }

export const runStudentView: StepRunner<StepOf<'student_view'>> = async (step, world) => {
  const asked = { course_id: step.course_id, content_id: step.content_id, context: step.context, role: step.role ?? 'student' }
  const body = JSON.stringify(fill(asked, world.captures))
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  const reply = await callAs(world, { as: step.as, method: 'POST', path: PATH, headers, body })
  const shown = readPage(reply)
  const difference = firstHeld(acceptable(step), world, (expected, captures) => compareView(expected, shown, { ...world, captures }))
  return difference && { difference, came: `POST ${PATH} was answered ${reply.status} ${show(reply.text)}` }
}

/** 204 = nothing to show: the learner sees the exam's content. */
function readPage ({ status, text }: Reply): Shown {
  const read = parseJson(text)?.value
  const { view = null, html = '', facts } = isObject(read) ? read : {}
  return { failed: status < 200 || status > 299, view: status === 204 ? null : view, actions: findActions(String(html)), facts }
}

/** The controls of a page by their `data-action` words; what scripts hold is not looked at. */
export function findActions (html: string): string[] {
  const markup = html.replace(/<script\b.*?<\/script>/gis, '')
  return [...new Set([...markup.matchAll(/\sdata-action="([^"]*)"/g)].map(found => found[1] ?? ''))].sort()
}

function compareView (expected: ViewExpectation, shown: Shown, scope: Pick<World, 'captures'>): Difference | null {
  if (expected.raises || shown.failed) return match(expected.raises ?? false, shown.failed, scope, 'raises')
  return ('view' in expected ? match(expected.view, shown.view, scope, 'view') : null) ??
    compareActions(expected, shown.actions) ??
    (expected.facts && isObject(shown.facts) ? match({ $subset: expected.facts }, shown.facts, scope, 'facts') : null)
}

function compareActions ({ must_contain_actions: wanted, no_other_actions: only = false }: ViewExpectation, actions: string[]): Difference | null {
  if (!wanted) return null
  const fits = wanted.every(action => actions.includes(action)) && (!only || actions.every(action => wanted.includes(action)))
  return fits ? null : { path: 'actions', expected: wanted, actual: actions }
}
