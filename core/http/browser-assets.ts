import type {} from '@fastify/swagger'
import fp from 'fastify-plugin'
import type { FastifyInstance } from 'fastify'
import type {} from './permissions.ts'
import { bundleAsset, type BrowserAsset } from '../browser/bundle.ts'

export const ASSET_PREFIX = '/static/invigil'

const SCRIPTS = {
  interstitials: new URL('../browser/interstitials.ts', import.meta.url),
  timer: new URL('../browser/timer.ts', import.meta.url),
} as const
const STYLES = {
  invigil: new URL('../browser/styles/invigil.css', import.meta.url),
} as const

export type ScriptName = keyof typeof SCRIPTS
export type StyleName = keyof typeof STYLES
export interface AssetReference { path: string, integrity: string }

export interface BrowserAssets {
  script (name: ScriptName): AssetReference
  style (name: StyleName): AssetReference
}

declare module 'fastify' {
  interface FastifyInstance { browserAssets: BrowserAssets }
}

/** Bundles what runs in pages once, at start, and serves it; host pages find the present names in the manifest. */
export default fp(async app => {
  const [scripts, styles] = await Promise.all([bundleAll(SCRIPTS), bundleAll(STYLES)])
  const assets: BrowserAssets = { script: name => refer(scripts[name]), style: name => refer(styles[name]) }
  app.decorate('browserAssets', assets)
  serve(app, [...Object.values(scripts), ...Object.values(styles)])
  const manifest = { scripts: mapValues(scripts, refer), styles: mapValues(styles, refer) }
  app.get(`${ASSET_PREFIX}/manifest.json`, { schema: { hide: true }, config: { permission: 'public' } }, async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=60').header('access-control-allow-origin', '*').send(manifest))
}, { name: 'browser-assets', fastify: '5.x' })

async function bundleAll<Name extends string> (entries: Record<Name, URL>): Promise<Record<Name, BrowserAsset>> {
  const bundled = await Promise.all(namesOf(entries).map(async name => [name, await bundleAsset(name, entries[name], ASSET_PREFIX)] as const))
  return fromEntries(bundled)
}

/** Served to any origin: they hold no secret, and pages of the host load them with integrity, which asks for CORS. */
export function serve (app: FastifyInstance, assets: readonly BrowserAsset[]): void {
  for (const { path, content, contentType } of assets) {
    app.get(path, { schema: { hide: true }, config: { permission: 'public' } }, async (_request, reply) => reply
      .header('content-type', contentType)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
      .send(content))
  }
}

const refer = ({ path, integrity }: BrowserAsset): AssetReference => ({ path, integrity })

// Object.keys and its kin forget the names' type; a table literal has no other keys.
const namesOf = <Name extends string>(table: Record<Name, unknown>) => Object.keys(table) as Name[]
const fromEntries = <Name extends string, Value>(entries: (readonly [Name, Value])[]) => Object.fromEntries(entries) as Record<Name, Value>
const mapValues = <Name extends string, From, To>(table: Record<Name, From>, map: (value: From) => To) =>
  fromEntries(namesOf(table).map(name => [name, map(table[name])] as const))
