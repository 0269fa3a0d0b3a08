import neostandard, { resolveIgnoresFromGitignore } from 'neostandard'

export default [
  ...neostandard({
    ts: true,
    ignores: [...resolveIgnoresFromGitignore(), 'test/fixtures/providers/**'],
  }),
  { rules: { '@stylistic/comma-dangle': ['error', 'always-multiline'], '@typescript-eslint/no-explicit-any': 'error' } },
]
