import type { Value } from '../../value/value.ts'

/** The syntax tree of a Jinja template. `at` is an offset into the template's source. */
export interface TemplateNode {
  readonly body: readonly Statement[]
}

export type Expression =
  | { readonly kind: 'constant', readonly at: number, readonly value: Value }
  | { readonly kind: 'name', readonly at: number, readonly name: string }
  | { readonly kind: 'list' | 'tuple' | 'concat', readonly at: number, readonly items: readonly Expression[] }
  | { readonly kind: 'dict', readonly at: number, readonly pairs: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: 'attribute', readonly at: number, readonly target: Expression, readonly name: string }
  | { readonly kind: 'item', readonly at: number, readonly target: Expression, readonly key: Expression }
  | SliceNode
  | CallNode
  | FilterNode
  | { readonly kind: 'test', readonly at: number, readonly target: Expression, readonly name: string, readonly arguments: CallArguments }
  | { readonly kind: 'not' | 'negative' | 'positive', readonly at: number, readonly operand: Expression }
  | BinaryNode
  | { readonly kind: 'compare', readonly at: number, readonly left: Expression, readonly operations: readonly Comparison[] }
  | { readonly kind: 'embedded', readonly at: number, readonly operand: Expression }
  | { readonly kind: 'and' | 'or', readonly at: number, readonly left: Expression, readonly right: Expression }
  | ConditionalNode

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**'
export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in'

export interface BinaryNode {
  readonly kind: 'binary'
  readonly at: number
  readonly operator: BinaryOperator
  readonly left: Expression
  readonly right: Expression
}

export interface Comparison {
  readonly operator: ComparisonOperator
  readonly operand: Expression
}

export interface SliceNode {
  readonly kind: 'slice'
  readonly at: number
  readonly start: Expression | undefined
  readonly stop: Expression | undefined
  readonly step: Expression | undefined
}

export interface CallArguments {
  readonly positional: readonly Expression[]
  readonly named: readonly (readonly [string, Expression])[]
  /** `*args` */
  readonly rest: Expression | undefined
  /** `**kwargs` */
  readonly namedRest: Expression | undefined
}

export interface CallNode {
  readonly kind: 'call'
  readonly at: number
  readonly callee: Expression
  readonly arguments: CallArguments
}

export interface FilterNode {
  readonly kind: 'filter'
  readonly at: number
  /** Undefined in `{% filter %}` and `{% set %}` blocks, where the body is filtered. */
  readonly target: Expression | undefined
  readonly name: string
  readonly arguments: CallArguments
}

export interface ConditionalNode {
  readonly kind: 'conditional'
  readonly at: number
  readonly test: Expression
  readonly then: Expression
  readonly otherwise: Expression | undefined
}

/** What `set`, `for` and `with` assign to. */
export type Target =
  | { readonly kind: 'name', readonly at: number, readonly name: string }
  | { readonly kind: 'namespace', readonly at: number, readonly name: string, readonly attribute: string }
  | { readonly kind: 'tuple', readonly at: number, readonly items: readonly Target[] }

export interface Parameter {
  readonly name: string
  readonly default: Expression | undefined
}

export interface ImportedName {
  readonly name: string
  readonly alias: string
}

export type Statement =
  | { readonly kind: 'text', readonly at: number, readonly text: string }
  | { readonly kind: 'output', readonly at: number, readonly expression: Expression }
  | ForNode
  | { readonly kind: 'if', readonly at: number, readonly branches: readonly Branch[], readonly otherwise: readonly Statement[] }
  | { readonly kind: 'set', readonly at: number, readonly target: Target, readonly value: Expression }
  | SetBlockNode
  | { readonly kind: 'with', readonly at: number, readonly targets: readonly Target[], readonly values: readonly Expression[], readonly body: readonly Statement[] }
  | MacroNode
  | CallBlockNode
  | { readonly kind: 'filter-block', readonly at: number, readonly filter: FilterNode, readonly body: readonly Statement[] }
  | BlockNode
  | { readonly kind: 'extends', readonly at: number, readonly template: Expression }
  | { readonly kind: 'include', readonly at: number, readonly template: Expression, readonly ignoreMissing: boolean, readonly withContext: boolean }
  | { readonly kind: 'import', readonly at: number, readonly template: Expression, readonly alias: string, readonly withContext: boolean }
  | { readonly kind: 'from-import', readonly at: number, readonly template: Expression, readonly names: readonly ImportedName[], readonly withContext: boolean }
  | { readonly kind: 'do', readonly at: number, readonly expression: Expression }
  | { readonly kind: 'break' | 'continue', readonly at: number }
  | { readonly kind: 'scope', readonly at: number, readonly body: readonly Statement[] }

export type StatementOf<Kind extends Statement['kind']> = Extract<Statement, { readonly kind: Kind }>
export type ExpressionOf<Kind extends Expression['kind']> = Extract<Expression, { readonly kind: Kind }>

export interface Branch {
  readonly test: Expression
  readonly body: readonly Statement[]
}

export interface ForNode {
  readonly kind: 'for'
  readonly at: number
  readonly target: Target
  readonly items: Expression
  readonly filter: Expression | undefined
  readonly recursive: boolean
  readonly body: readonly Statement[]
  readonly otherwise: readonly Statement[]
}

export interface SetBlockNode {
  readonly kind: 'set-block'
  readonly at: number
  readonly target: Target
  readonly filter: FilterNode | undefined
  readonly body: readonly Statement[]
}

export interface MacroNode {
  readonly kind: 'macro'
  readonly at: number
  readonly name: string
  readonly parameters: readonly Parameter[]
  readonly body: readonly Statement[]
}

export interface CallBlockNode {
  readonly kind: 'call-block'
  readonly at: number
  readonly call: CallNode
  readonly parameters: readonly Parameter[]
  readonly body: readonly Statement[]
}

export interface BlockNode {
  readonly kind: 'block'
  readonly at: number
  readonly name: string
  readonly scoped: boolean
  readonly required: boolean
  readonly body: readonly Statement[]
}
