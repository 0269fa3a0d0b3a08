import { buildVendor } from './build-vendor.ts'
import type { VendorOptions } from './vendor.ts'

export interface RunningVendor {
  url: string
  close (): Promise<void>
}

/** Builds the vendor and lets it listen; port 0 takes any free one. */
export async function startVendor ({ host = '127.0.0.1', port = 8001, ...options }: VendorOptions & { host?: string, port?: number }): Promise<RunningVendor> {
  const app = buildVendor(options)
  const url = await app.listen({ host, port })
  return { url, close: () => app.close() }
}
