export { buildVendor } from './build-vendor.ts'
export { startVendor, type RunningVendor } from './start-vendor.ts'
export type { VendorOptions } from './vendor.ts'
