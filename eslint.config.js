import neostandard, { resolveIgnoresFromGitignore } from 'neostandard'

export default [
  ...neostandard({
    ts: true,
    ignores: [...resolveIgnoresFromGitignore(), 'test/fixtures/providers/**'],
  }),
  {
    rules: {
      '@stylistic/comma-dangle': ['error', 'always-multiline'],
      // tables read better with several short properties in a line
      '@stylistic/object-property-newline': 'off',
      '@stylistic/object-curly-newline': 'off',
    },
  },
  { files: ['**/*.ts'], rules: { '@typescript-eslint/no-explicit-any': 'error' } },
]
