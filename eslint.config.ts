import tseslint, { type ConfigArray } from 'typescript-eslint'

type RuleEntry = NonNullable<NonNullable<ConfigArray[number]['rules']>[string]>

/** Size and complexity limits are errors: STYLE says small files, small functions, one idea each. */
const limits: Partial<Record<string, RuleEntry>> = {
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  complexity: ['error', 10],
  'max-depth': ['error', 3],
  'max-params': ['error', 3],
}

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.lab/', '.tsplay/', 'coverage/'] },
  { linterOptions: { noInlineConfig: true } },
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts'],
    rules: {
      ...limits,
      eqeqeq: 'error',
      'no-console': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  // A describe() block is a list of cases, not a function with one idea.
  { files: ['test/**/*.ts'], rules: { 'max-lines-per-function': 'off', 'no-console': 'off' } },
)
