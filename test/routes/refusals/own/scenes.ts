import { ADA, addExam, API, asPerson, SUE } from '../../../helper/app.ts'
import { moveTo, type Scene } from '../../walk/scene.ts'

const write = ({ app }: Scene, name: string, text: string, values: readonly unknown[] = []) => app.db.query({ name: `test-${name}`, text }, [...values])

/** What Ada does with her attempt. */
export const act = ({ app, attemptId }: Scene, action: string) => asPerson(app, ADA)('PUT', `${API}/attempt/${attemptId}`, { action })
export const review = ({ app, externalId }: Scene) => asPerson(app, SUE)('POST', `${API}/attempt/${externalId}/reviewed`, { status: 'passed' })
export const removeAll = ({ app, examId }: Scene) => asPerson(app, SUE)('DELETE', `${API}/exam_id/${examId}/user_id/${ADA.id}/reset_attempts`)

export const setStatus = (scene: Scene, status: string) => write(scene, 'status', 'update attempt set status = $2 where id = $1', [scene.attemptId, status])
export const makeDue = (scene: Scene) => write(scene, 'due', "update exam set due_date = now() - interval '1 day'")
export const makeTimed = (scene: Scene) => write(scene, 'timed', 'update exam set is_proctored = false')
export const switchOff = (scene: Scene) => write(scene, 'off', 'update exam set is_active = false')
export async function makePractice (scene: Scene): Promise<void> {
  await write(scene, 'practice', 'update exam set is_practice_exam = true')
  await write(scene, 'sample', 'update attempt set is_sample_attempt = true')
}

export async function addOnboarding (scene: Scene, provider: string): Promise<void> {
  await addExam(scene.app, { content_id: `${scene.contentId}-onboarding`, is_practice_exam: true })
  await moveTo(scene, provider)
}

/** As when somebody else changes each attempt at the very same moment, again and again. */
export async function loseEveryRace (scene: Scene): Promise<void> {
  await write(scene, 'races', "create or replace function lose_race() returns trigger language plpgsql as 'begin return null; end'")
  await write(scene, 'losing', 'create or replace trigger lose_race before update on attempt for each row execute function lose_race()')
}
export const loseNoRace = (scene: Scene) => write(scene, 'winning', 'drop trigger if exists lose_race on attempt')
