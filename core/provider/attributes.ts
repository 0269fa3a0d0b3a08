import type { TSchema } from 'typebox'
import { Check, Create } from 'typebox/value'
import { ProviderAttributesSchema, type ProviderAttributes } from './contract.ts'
import { explainMismatch } from './describe.ts'
import type { Finding } from './faults.ts'
import { deepFreeze } from './freeze.ts'

type Attribute = keyof ProviderAttributes

const SCHEMAS: Readonly<Record<Attribute, TSchema>> = ProviderAttributesSchema.properties

const toSnakeCase = (name: string) => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)

/** Option key -> attribute: `verbose_name` -> `verboseName`. Accepted for every provider. */
export const OVERRIDES: ReadonlyMap<string, Attribute> = new Map(Object.keys(SCHEMAS).filter(isAttribute).map(name => [toSnakeCase(name), name]))

export function getAttributeSchema (name: Attribute): TSchema {
  return SCHEMAS[name]
}

/** Defaults of the host, then what the provider says, then what the operator says. */
export function buildAttributes (pingIntervalSeconds: number, created: Record<string, unknown>, overrides: Record<string, unknown>): ProviderAttributes {
  const merged = { ...Create(ProviderAttributesSchema), pingInterval: pingIntervalSeconds, ...created, ...overrides }
  if (Check(ProviderAttributesSchema, merged)) return deepFreeze(merged)
  throw new TypeError('attributes are merged only after checkAttributes and readOptions found nothing')
}

/** The attributes among all that `create` returned; a class instance may have them on its prototype. */
export function pickAttributes (provider: object): Record<string, unknown> {
  const entries = Object.keys(SCHEMAS).map((name): [string, unknown] => [name, Reflect.get(provider, name)])
  return structuredClone(Object.fromEntries(entries.filter(([, value]) => value !== undefined)))
}

export function checkAttributes (picked: Record<string, unknown>): Finding[] {
  return Object.entries(picked).flatMap(([name, value]) => {
    const mismatch = isAttribute(name) ? explainMismatch(SCHEMAS[name], value) : undefined
    if (!mismatch) return []
    return [{
      code: 'INV_PROVIDER_ATTRIBUTE_INVALID' as const,
      expected: `attribute '${name}' to be ${mismatch.expected}`,
      found: mismatch.found,
      hint: `Correct it in what create() returns, or leave it out; an operator can set it with the option '${toSnakeCase(name)}'.`,
    }]
  })
}

function isAttribute (name: string): name is Attribute {
  return Object.hasOwn(SCHEMAS, name)
}
