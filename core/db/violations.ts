/** Did the database refuse because of this unique constraint or index? */
export function isUniqueViolation (error: unknown, constraint: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === '23505' && 'constraint' in error && error.constraint === constraint
}
