import neostandard, { resolveIgnoresFromGitignore } from 'neostandard'

export default [
  ...neostandard({
    ts: true,
    ignores: [...resolveIgnoresFromGitignore(), 'test/fixtures/providers/**', 'core/client/schema.ts'],
  }),
  {
    rules: {
      '@stylistic/comma-dangle': ['error', 'always-multiline'],
      // tables read better with several short properties in a line
      '@stylistic/object-property-newline': 'off',
      '@stylistic/object-curly-newline': 'off',
    },
  },
  // SQL holds quotes of its own
  { files: ['core/db/migrations/*.ts'], rules: { '@stylistic/quotes': 'off' } },
  { files: ['**/*.ts'], rules: { '@typescript-eslint/no-explicit-any': 'error' } },
]
