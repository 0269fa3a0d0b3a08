export * from './contract.ts'
export { defineProvider, refuse } from './define-provider.ts'
export { normaliseStandardReview } from './standard-review.ts'
export { Type, type Static } from 'typebox'
