import { writeFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { permissionTable } from '../core/http/permissions.ts'
import { buildTestApp } from '../test/helper/app.ts'
import { recordOf } from './api-docs/json.ts'
import { renderApiDocs } from './api-docs/render.ts'

export const API_DOCS = new URL('../docs/api.md', import.meta.url)

/** What the routes of an app say of themselves, as a page. */
export const describeApi = (app: FastifyInstance): string => renderApiDocs(recordOf(app.swagger()), permissionTable(app))

async function generate (): Promise<void> {
  const closers: (() => Promise<void>)[] = []
  try {
    await writeFile(API_DOCS, describeApi(await buildTestApp({ teardown: close => { closers.unshift(close) } })))
  } finally {
    for (const close of closers) await close()
  }
}

if (import.meta.main) await generate()
