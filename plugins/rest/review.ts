export { normaliseStandardReview } from 'invigil/provider'
