import buildInOwnWay, { type SerializerCompiler, type SerializerFactory } from '@fastify/fast-json-stringify-compiler'
import { madeOnce } from '../made-once.ts'

const buildAlone = buildInOwnWay()
const compile = buildAlone({})
const compileOnce = madeOnce((schema: object) => compile({ schema, method: '', url: '', httpStatus: '' }))

/**
 * Answers are written as their schemas say, in Fastify's own way. A schema stands at many routes, that of a refusal at all of them,
 * and is compiled for the first only; one that may refer to schemas of a host's own is compiled where it stands.
 */
export const buildSerializer: SerializerFactory = (shared, options) => {
  const standsAlone = Object.keys(shared ?? {}).length === 0 && options === undefined
  const compileHere = buildAlone(shared, options)
  const compileSchema: SerializerCompiler = route => standsAlone && typeof route.schema === 'object' && route.schema !== null ? compileOnce(route.schema) : compileHere(route)
  return compileSchema
}
