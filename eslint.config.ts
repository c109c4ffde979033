import type { AST, Rule } from 'eslint'
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

/** Characters of code that a line may hold; its texts (strings, templates, patterns, comments) may be as long as they are. */
const MOST_CODE = 180

const TEXTS: ReadonlySet<string> = new Set(['String', 'Template', 'RegularExpression'])

/** What is denser is broken into named parts. ESLint's own `max-len` would pass over every line that holds a string. */
const denseLine: Rule.RuleModule = {
  create: (context) => ({
    Program() {
      const { sourceCode } = context
      const texts = sourceCode.ast.tokens.filter(({ type }) => TEXTS.has(type)).map(({ loc }) => loc)
      const comments = sourceCode.getAllComments().flatMap(({ loc }) => loc ?? [])
      const code = codeIn(sourceCode.lines, [...texts, ...comments])
      for (const [index, width] of code.entries()) {
        if (width > MOST_CODE) context.report({ loc: { line: index + 1, column: 0 }, message: `This line holds ${width} characters of code, more than ${MOST_CODE}` })
      }
    },
  }),
}

/** How many characters of each line stand outside of these places. */
function codeIn(lines: readonly string[], places: readonly AST.SourceLocation[]): readonly number[] {
  const code = lines.map((line) => line.length)
  for (const { start, end } of places) {
    for (let line = start.line; line <= end.line; line++) {
      const from = line === start.line ? start.column : 0
      const to = line === end.line ? end.column : lines[line - 1]?.length ?? 0
      code[line - 1] = (code[line - 1] ?? 0) - (to - from)
    }
  }
  return code
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
  { files: ['src/**/*.ts'], plugins: { tsplay: { rules: { 'dense-line': denseLine } } }, rules: { 'tsplay/dense-line': 'error' } },
  // A describe() block is a list of cases, not a function with one idea.
  { files: ['test/**/*.ts'], rules: { 'max-lines-per-function': 'off', 'no-console': 'off' } },
)
