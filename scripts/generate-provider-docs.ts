import { writeFile } from 'node:fs/promises'
import { renderProviderDocs } from './provider-docs/render.ts'
import { readSource } from './provider-docs/source.ts'

export const PROVIDER_DOCS = new URL('../docs/providers.md', import.meta.url)
export const CONTRACT_ENTRY = new URL('../core/provider/index.ts', import.meta.url)

/** What the contract's source says, as a page. */
export const describeProviders = async (): Promise<string> => renderProviderDocs(await readSource(CONTRACT_ENTRY))

if (import.meta.main) await writeFile(PROVIDER_DOCS, await describeProviders())
