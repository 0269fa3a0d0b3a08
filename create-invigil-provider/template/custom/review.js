// @ts-check
import { refuse } from 'invigil/provider'

/** @typedef {import('invigil/provider').NormalisedReview} NormalisedReview */

/** Your words for a verdict, and what they mean to the core. @type {Record<string, NormalisedReview['status']>} */
const VERDICTS = { clean: 'passed', doubtful: 'suspicious', rules_broken: 'violation', not_watched: 'not_reviewed' }

/**
 * Reads your review: `{ verdict, reviewer?, findings?: [{ text, at_seconds, seconds }] }`. It comes from outside: believe nothing of it.
 * @param {Record<string, unknown>} body
 * @returns {NormalisedReview}
 */
export function readReview ({ verdict, reviewer, findings = [] }) {
  const status = typeof verdict === 'string' && Object.hasOwn(VERDICTS, verdict) ? VERDICTS[verdict] : undefined
  if (!status) throw refuse(400, `expected 'verdict' to be one of ${Object.keys(VERDICTS).join(', ')}; found ${JSON.stringify(verdict)}`)
  if (!Array.isArray(findings)) throw refuse(400, `expected 'findings' to be a list; found ${typeof findings}`)
  return { status, comments: findings.map(readFinding), ...(typeof reviewer === 'string' && { reviewedBy: reviewer }) }
}

/** @param {unknown} finding @returns {NormalisedReview['comments'][number]} */
function readFinding (finding) {
  const { text, at_seconds: start, seconds: duration } = { text: '', at_seconds: 0, seconds: 0, ...(typeof finding === 'object' ? finding : {}) }
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(duration)) throw refuse(400, 'expected \'at_seconds\' and \'seconds\' of a finding to be whole numbers')
  return { comment: String(text), status: 'Suspicious', start, duration, stop: start + duration }
}
