export * from './contract.ts'
export { defineProvider, refuse } from './define-provider.ts'
export { Type, type Static } from 'typebox'
