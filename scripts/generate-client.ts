import { writeFile } from 'node:fs/promises'
import openapiTS, { astToString } from 'openapi-typescript'
import { buildTestApp } from '../test/helper/app.ts'

/** The types of the client, made from what the server says of itself. */
export const CLIENT_SCHEMA = new URL('../core/client/schema.ts', import.meta.url)

const HEADER = '// Made by `npm run generate` from the OpenAPI document. Do not edit: change the routes\' schemas and run it again.\n'

/** Addresses that are not the platform's business, or depend on the installation. */
const LEFT_OUT = /^\/(?:demo|docs|metrics|api\/providers)(?:\/|$)/
const REFUSAL = '#/components/responses/Refusal'

type Json = Readonly<Record<string, unknown>>

export async function renderClientSchema (document: unknown): Promise<string> {
  const source = Buffer.from(JSON.stringify(selectForClient(document)))
  const types = await openapiTS(source, { alphabetize: true, rootTypes: true, rootTypesNoSchemaPrefix: true })
  return HEADER + astToString(types)
}

function selectForClient (document: unknown): Json {
  if (!isRecord(document)) throw new Error('Expected the OpenAPI document to be an object.')
  const paths = entriesOf(document.paths).filter(([path]) => !LEFT_OUT.test(path))
  return { ...document, paths: Object.fromEntries(paths.map(([path, operations]) => [path, mapValues(operations, dropRefusals)])) }
}

/** Refusals are thrown as errors, so that `default` says enough of them. */
function dropRefusals (operation: unknown): unknown {
  if (!isRecord(operation)) return operation
  const kept = entriesOf(operation.responses).filter(([status, response]) => status === 'default' || !isRecord(response) || response.$ref !== REFUSAL)
  return { ...operation, responses: Object.fromEntries(kept) }
}

const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const entriesOf = (value: unknown): [string, unknown][] => isRecord(value) ? Object.entries(value) : []
const mapValues = (value: unknown, change: (part: unknown) => unknown): Json => Object.fromEntries(entriesOf(value).map(([key, part]) => [key, change(part)]))

async function generate (): Promise<void> {
  const closers: (() => Promise<void>)[] = []
  try {
    const app = await buildTestApp({ teardown: close => { closers.unshift(close) } })
    await writeFile(CLIENT_SCHEMA, await renderClientSchema(app.swagger()))
  } finally {
    for (const close of closers) await close()
  }
}

if (import.meta.main) await generate()
