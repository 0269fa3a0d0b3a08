/**
 * The conformance kit: drives a provider through every state and fault, and says what does not conform.
 * On the command line: `npx invigil conformance <package | folder | address>`. The checks are listed in docs/conformance.md.
 */
export { defineConformance, type Conformance, type ConformanceDefinition, type EntryConformance, type RouteSample, type RouteSamples, type VendorReview, type VendorStub, type WorkerConformance } from './define-conformance.ts'
export { createRestVendor, type RestVendor } from './vendor/rest-vendor.ts'
export { runConformance, type ConformanceOptions } from './run.ts'
export { TargetError } from './target/read-package.ts'
export type { CheckResult, CheckState, Problem } from './check.ts'
export type { ConformanceReport } from './report/report.ts'
