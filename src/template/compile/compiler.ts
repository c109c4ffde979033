import type { Expression, Statement } from '../syntax/ast.ts'
import type { Evaluate, Execute } from '../runtime/compiled-template.ts'
import type { TemplateText } from '../source-place.ts'
import type { Registry } from '../types.ts'
import type { Block } from '../runtime/compiled-template.ts'
import type { LexicalScope } from './scopes.ts'

/** What compiling a node needs. Its files recurse through it, so that they need not import each other in a circle. */
export interface Compiler {
  readonly text: TemplateText
  readonly registry: Registry
  readonly scope: LexicalScope
  /** Whether string constants that look like templates are evaluated: in conditions and as terms of lookups, as ansible-core does. */
  readonly embedded: boolean
  /** Blocks found so far. */
  readonly blocks: Map<string, Block>
  expression(node: Expression): Evaluate
  /** Compiles statements to run in order. */
  body(statements: readonly Statement[]): Execute
  /** The same compiler in another scope. */
  within(scope: LexicalScope): Compiler
  /** The same compiler, evaluating string constants that look like templates. */
  embedding(): Compiler
}
