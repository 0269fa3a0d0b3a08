import { Type, type TObject, type TSchema } from 'typebox'
import type { FieldRule, FieldRules } from './fields.ts'

/** The schema that documents a table of fields, so that what is checked and what is shown cannot part. */
export function schemaOfFields (rules: FieldRules, title: string): TObject {
  return Type.Object(Object.fromEntries(Object.entries(rules).map(([name, rule]) => [name, rule.required ? schemaOf(rule) : Type.Optional(schemaOf(rule))])), { title })
}

function schemaOf (rule: FieldRule): TSchema {
  const schema = { ...plainSchemaOf(rule) }
  return rule.nullable ? Type.Union([schema, Type.Null()]) : schema
}

function plainSchemaOf (rule: FieldRule): TSchema {
  switch (rule.kind) {
    case 'text': return Type.String({ ...(!rule.blank && { minLength: 1 }), ...(rule.maxLength !== undefined && { maxLength: rule.maxLength }) })
    case 'integer': return Type.Integer()
    case 'boolean': return Type.Boolean()
    case 'date': return Type.String({ description: 'ISO 8601; UTC where no zone is named' })
  }
}
