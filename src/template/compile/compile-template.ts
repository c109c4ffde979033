import type { CompiledTemplate, Evaluate } from '../runtime/compiled-template.ts'
import type { TemplateText } from '../source-place.ts'
import type { Expression, TemplateNode } from '../syntax/ast.ts'
import { keptResult } from '../text-as-data.ts'
import type { Registry } from '../types.ts'
import type { Compiler } from './compiler.ts'
import { compileExpression } from './expressions.ts'
import { FrameLayout, LexicalScope } from './scopes.ts'
import { compileStatement, sequence } from './statements.ts'

export interface CompileOptions {
  readonly text: TemplateText
  readonly registry: Registry
  readonly path?: string | undefined
  readonly searchPath?: readonly string[]
  readonly newline?: string
  readonly embedded?: boolean
  readonly keepsResult?: boolean
}

/** Turns a template's syntax tree into closures. */
export function compileTemplate(node: TemplateNode, options: CompileOptions): CompiledTemplate {
  const compiler = createCompiler(options, { scope: new LexicalScope(new FrameLayout(), undefined, true), blocks: new Map(), embedded: options.embedded ?? false })
  const [only, ...rest] = node.body
  const expression = only?.kind === 'output' && rest.length === 0 ? compiler.expression(only.expression) : undefined
  const body = compiler.body(node.body)
  const { text, path, searchPath = [], newline, keepsResult } = options
  return { text, path, searchPath, newline, body, expression, keeps: keepsResult === true ? 'all' : keptResult(node), blocks: compiler.blocks }
}

/** Turns a bare expression into something that runs like a template of one expression. */
export function compileBare(node: Expression, options: CompileOptions): CompiledTemplate {
  return compileTemplate({ body: [{ kind: 'output', at: node.at, expression: node }] }, options)
}

type State = Pick<Compiler, 'scope' | 'blocks' | 'embedded'>

function createCompiler(options: CompileOptions, state: State): Compiler {
  const compiler: Compiler = {
    text: options.text,
    registry: options.registry,
    ...state,
    expression: (node): Evaluate => compileExpression(node, compiler),
    body: (statements) => sequence(statements.map((statement) => compileStatement(statement, compiler))),
    within: (scope) => createCompiler(options, { ...state, scope }),
    embedding: () => createCompiler(options, { ...state, embedded: true }),
  }
  return compiler
}
