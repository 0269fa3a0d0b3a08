import { listProfiles, PROFILE_WORDS } from '../../profiles.ts'
import type { Profile, State } from '../../state.ts'
import { html, select, table, type Html } from '../html.ts'

const LABELS = Object.fromEntries(PROFILE_WORDS.map(word => [word, word.replaceAll('-', ' ')]))

/** Where learners stand, course by course, and how to change it. */
export function profileTable (state: State): Html {
  const courses = [...new Set([...state.profiles.keys(), ...[...state.exams.values()].map(({ courseId }) => courseId)])].filter(Boolean)
  const rows = courses.flatMap(course => listProfiles(state, course).map(profile => [nameOf(state, profile), course, form(course, profile, nameOf(state, profile))]))
  if (rows.length === 0) return html`<p class="notice">Nobody has registered yet.</p>`
  return table('Onboarding profiles', ['Learner', 'Course', 'Standing'], rows)
}

function nameOf ({ sessions }: State, { user_id: user }: Profile): string {
  return [...sessions.values()].find(session => session.userId === user)?.fullName || user
}

function form (course: string, { user_id: user, status, expiration_date: end }: Profile, name: string): Html {
  return html`<form method="post" action="/console/profile" class="actions">
<input type="hidden" name="course" value="${course}"><input type="hidden" name="user" value="${user}">
${select('status', LABELS, status, html`aria-label="Standing of ${name}"`)}
<label class="inline">until <input type="date" name="expires" value="${end?.slice(0, 10) ?? ''}" aria-label="End of the standing of ${name}"></label>
<button aria-label="Change the standing of ${name}">Change</button>
</form>`
}
