import type { Config } from '../../core/config/schema.ts'

export type Question =
  | { id: string, kind: 'choice', text: string, choices: string[] }
  | { id: string, kind: 'number', text: string, unit: string }
  | { id: string, kind: 'text', text: string }

export interface DemoExam {
  contentId: string
  name: string
  kind: 'timed' | 'proctored' | 'practice'
  minutes: number
  about: string
  /** Provider it is meant for; another one where the operator has not enabled it. */
  provider?: string
  allowOptOut?: boolean
  questions: Question[]
}

export const COURSE = { id: 'course-v1:Demo+OC101+2030', name: 'Oceans and Climate', code: 'OC101', term: 'Spring 2030' } as const

const contentId = (name: string) => `block-v1:Demo+OC101+2030+type@sequential+block@${name}`

export const EXAMS: readonly DemoExam[] = [
  {
    contentId: contentId('timed'),
    name: 'Midterm: The moving sea',
    kind: 'timed',
    minutes: 30,
    about: 'Three questions on currents and waves. A clock, no proctoring.',
    questions: [
      { id: 'gyre', kind: 'choice', text: 'In the northern hemisphere, which way do the large subtropical gyres turn, seen from above?', choices: ['Clockwise', 'Counter-clockwise', 'It changes with the season', 'They do not turn'] },
      { id: 'wave', kind: 'number', text: 'A deep-water wave has a period of 10 s. Using c = 1.56 · T, how fast does its crest travel?', unit: 'm/s' },
      { id: 'upwelling', kind: 'text', text: 'Why is the water off the coast of Peru cold and rich in nutrients? Explain in two or three sentences.' },
    ],
  },
  {
    contentId: contentId('proctored'),
    name: 'Final: Ocean and atmosphere',
    kind: 'proctored',
    minutes: 60,
    provider: 'demo-vendor',
    allowOptOut: true,
    about: 'The final exam, watched by the demo vendor. Needs its application, which is simulated.',
    questions: [
      { id: 'heat', kind: 'choice', text: 'About how much of the excess heat of the last fifty years has the ocean taken up?', choices: ['10 %', '40 %', '70 %', '90 %'] },
      { id: 'ph', kind: 'number', text: 'Surface pH has fallen from 8.2 to 8.1. By what percentage has the concentration of hydrogen ions risen?', unit: '%' },
      { id: 'enso', kind: 'text', text: 'Describe what happens to the thermocline of the equatorial Pacific during El Niño, and one consequence on land.' },
      { id: 'ice', kind: 'choice', text: 'Which of these raises the sea level directly when it melts?', choices: ['Arctic sea ice', 'An iceberg in open water', 'The Greenland ice sheet', 'None of them'] },
    ],
  },
  {
    contentId: contentId('practice'),
    name: 'Practice: Try the set-up',
    kind: 'practice',
    minutes: 10,
    provider: 'mock',
    about: 'Try a proctored exam before it counts. Nothing is graded.',
    questions: [
      { id: 'ready', kind: 'choice', text: 'Could you see your camera picture during the set-up?', choices: ['Yes', 'No', 'I have no camera'] },
    ],
  },
]

export const findExam = (courseId: string, contentId: string): DemoExam | undefined =>
  courseId === COURSE.id ? EXAMS.find(exam => exam.contentId === contentId) : undefined

/** The exam as the registration endpoint takes it (contract 02 §3.7). */
export function registrationOf (exam: DemoExam, { enabled }: Config['providers']) {
  const isWatched = exam.kind !== 'timed'
  return {
    content_id: exam.contentId,
    exam_name: exam.name,
    time_limit_mins: exam.minutes,
    is_proctored: isWatched,
    is_practice_exam: exam.kind === 'practice',
    is_active: true,
    hide_after_due: false,
    ...(isWatched && exam.provider && exam.provider in enabled ? { backend: exam.provider } : {}),
  }
}

/** What a platform tells about the section when it asks for the page (contract 03 §1). */
export function viewContextOf (exam: DemoExam) {
  return {
    display_name: exam.name,
    default_time_limit_mins: exam.minutes,
    is_proctored: exam.kind !== 'timed',
    is_practice_exam: exam.kind === 'practice',
    due_date: null,
    grace_period_seconds: 0,
    allow_proctoring_opt_out: exam.allowOptOut ?? false,
  }
}
