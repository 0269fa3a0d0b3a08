import type { ReviewWord } from './state.ts'

/** What the demo's reviewer "saw". */
const COMMENTS: Record<ReviewWord, object[]> = {
  passed: [],
  not_reviewed: [],
  suspicious: [{ comment: 'Looks away from the screen several times', status: 'Suspicious', start: 120, stop: 185, duration: 65 }],
  violation: [
    { comment: 'A second person enters the room', status: 'Suspicious', start: 95, stop: 140, duration: 45 },
    { comment: 'A telephone is used', status: 'Rules Violation', start: 310, stop: 352, duration: 42 },
  ],
}

export const commentsFor = (status: ReviewWord): object[] => COMMENTS[status]

/** A review in the standard body. Invigil keeps the link to the recording only where its operator wants that. */
export function reviewBody (status: ReviewWord, sessionId: string, origin: string): object {
  return { status, comments: COMMENTS[status], videoReviewLink: `${origin}/recordings/${encodeURIComponent(sessionId)}` }
}
