import type { FastifyPluginCallback, FastifySchemaCompiler } from 'fastify'
import fp from 'fastify-plugin'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Default } from 'typebox/value'
import { INV_BAD_REQUEST, INV_NOT_FOUND } from '../errors.ts'
import { madeOnce } from '../made-once.ts'
import { explainMismatch } from '../provider/describe.ts'
import { isFormBody } from './body-parsers.ts'
import { holdsNul, NO_NUL } from './storable-text.ts'
import { compileTextReader } from './text-values.ts'

/**
 * Checks requests against TypeBox schemas. JSON is taken as it is: `null` never becomes `0`, `"5"` never becomes `5`.
 * Paths, queries, headers and form bodies are text, which takes the type that the schema asks for.
 */
const validator: FastifyPluginCallback = (app, _options, done) => {
  app.setValidatorCompiler(compileValidator)
  done()
}

export default fp(validator, { name: 'validator', dependencies: ['body-parsers'] })

/** A schema stands at several routes. */
const compileSchema = madeOnce((schema: TSchema) => ({ check: Compile(schema), readTexts: compileTextReader(schema), hasDefaults: JSON.stringify(schema).includes('"default":') }))

export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart, url }) => {
  const { check, readTexts, hasDefaults } = compileSchema(schema)
  const isOldPath = httpPart === 'params' && url?.startsWith('/api/edx_proctoring/') === true
  const isOfUrl = httpPart === 'params' || httpPart === 'querystring'
  return (given: unknown) => {
    const read = httpPart !== 'body' || isFormBody(given) ? readTexts(given) : given
    const value = hasDefaults ? Default(schema, read) : read
    if (!check.Check(value)) {
      const fault = explain(schema, value, httpPart ?? 'request')
      return { error: isOldPath && !holdsUnknownId(schema, value) ? new INV_NOT_FOUND(fault) : new INV_BAD_REQUEST(fault) }
    }
    return isOfUrl && holdsNul(value) ? { error: new INV_BAD_REQUEST(NO_NUL) } : { value }
  }
}

/** On the old wire a key of another shape makes another path, where there is nothing; a number too large to be an id is still a number. */
function holdsUnknownId (schema: TSchema, params: unknown): boolean {
  const where = explainMismatch(schema, params)?.where ?? ''
  return typeof params === 'object' && params !== null && /^\d+$/.test(String(Reflect.get(params, where)))
}

/** Names the field, what was expected and what was found. */
function explain (schema: TSchema, value: unknown, part: string): string {
  const mismatch = explainMismatch(schema, value)
  if (!mismatch) return `The ${part} is not as expected.`
  const field = mismatch.where === '' ? `The ${part}` : `The ${part}'s field "${mismatch.where}"`
  return `${field}: expected ${mismatch.expected}, found ${mismatch.found}.`
}
