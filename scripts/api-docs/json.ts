export type Json = Readonly<Record<string, unknown>>

export const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
export const recordOf = (value: unknown): Json => isRecord(value) ? value : {}
export const listOf = (value: unknown): readonly unknown[] => Array.isArray(value) ? value : []
export const textOf = (value: unknown): string => typeof value === 'string' ? value : ''
