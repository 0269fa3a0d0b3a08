import buildSerializerFactory from '@fastify/fast-json-stringify-compiler'
import type { FastifyPluginCallback } from 'fastify'
import fp from 'fastify-plugin'
import type { TSchema } from 'typebox'
import { madeOnce } from '../made-once.ts'

const compile = buildSerializerFactory()({}, undefined)

/** A schema stands at many routes, that of a refusal at all of them, and is compiled for the first only. */
export const compileSerializer = madeOnce((schema: TSchema) => compile({ schema, method: '', url: '', httpStatus: '' }))

/** Answers are written as their schemas say, in Fastify's own way. */
const serializer: FastifyPluginCallback = (app, _options, done) => {
  app.setSerializerCompiler<TSchema>(({ schema }) => compileSerializer(schema))
  done()
}

export default fp(serializer, { name: 'serializer' })
