import type { Diagnostic, SourceRange } from '../diagnostics/types.ts'
import type { TemplateString } from '../value/template-string.ts'
import type { Dict, Value } from '../value/value.ts'
import type { CallKind } from './syntax/called-names.ts'

/** Where names come from. Values may hold `TemplateString`s at any depth: they are resolved lazily, in this same scope. */
export interface Scope {
  /** The raw value of a variable, or undefined when no source defines it. */
  get(name: string): Value | undefined
  /** All names, for `vars`, `varnames` and "did you mean". */
  names(): Iterable<string>
  /** Evaluated ahead of its task's turn: lookups that may change something or take long are refused. */
  readonly ahead?: boolean
}

/** Evaluates templates; holds the compile cache, so there is one per run. Everything is synchronous. Errors are `TemplateError`s. */
export interface Templar {
  /** False where results of templates are text, or data that text reads like, as before templates were native. */
  readonly isNative: boolean
  /** Resolves every `TemplateString` in a value, at any depth; a single expression yields its native value. */
  evaluate(value: Value, scope: Scope): Value
  /** Evaluates a bare expression (`when:`, `until:`), with or without surrounding braces; the result must be a boolean (ansible-core 2.19). */
  condition(expression: Value, scope: Scope, range?: SourceRange): boolean
  /** A file of the control host, as templates read it: a vault-encrypted one arrives decrypted. */
  readText(path: string): string
  /** Renders the text of a template file. Files ending in `.njk` go through nunjucks, all others are Jinja. */
  renderFile(file: TemplateFile, scope: Scope): string
  /** Adds filters, tests, lookups and globals, over those of the same name. */
  add(additions: Partial<Registry>): void
  /** Hands over what is dubious but works, each thing once. */
  tellWarnings(listener: (warning: Diagnostic) => void): void
  /** Something that is dubious was found while templates were read. */
  warn(warning: Diagnostic): void
  /** The syntax errors of a template, a bare expression or the text of a file, without evaluating it. */
  check(template: TemplateString, as?: 'template' | 'expression' | 'file'): readonly TemplateProblem[]
  /** The free names a template or a bare expression reads without a guard (`default`, `is defined`): for errors before connecting. */
  requiredNames(template: TemplateString, as: 'template' | 'expression'): readonly FreeName[]
  /** The filters, tests and lookups that a template or a bare expression names and that are not there. */
  unknownCalls(template: TemplateString, as: 'template' | 'expression'): readonly UnknownCall[]
  /** The names like that of a lookup, filter or test that is not there; undefined when it is there. */
  namesLike(kind: CallKind, name: string): readonly string[] | undefined
}

/** A filter, test or lookup that nobody registered. */
export interface UnknownCall {
  readonly kind: CallKind
  readonly name: string
  readonly range: SourceRange | undefined
  /** Names like it, best first. */
  readonly near: readonly string[]
}

export interface TemplateFile {
  readonly path: string
  readonly text: string
  /** Folders that `include`, `import` and `extends` search, after the file's own. */
  readonly searchPath: readonly string[]
  readonly options?: TemplateOptions
}

export interface TemplateOptions {
  readonly trimBlocks?: boolean
  readonly lstripBlocks?: boolean
  readonly newlineSequence?: string
  readonly variableStart?: string
  readonly variableEnd?: string
  readonly blockStart?: string
  readonly blockEnd?: string
  readonly commentStart?: string
  readonly commentEnd?: string
}

export interface TemplateProblem {
  readonly message: string
  readonly range: SourceRange | undefined
}

export interface FreeName {
  readonly name: string
  readonly range: SourceRange | undefined
}

/** A setting's value, and where it came from: `default`, `env: NAME`, or a path. */
export interface SourcedSetting {
  readonly value: unknown
  readonly origin: string
  /** Variables of hosts that have precedence over it. */
  readonly vars?: readonly string[]
}

/** What a filter, test, lookup or global may use besides its arguments. */
export interface CallContext {
  readonly scope: Scope
  setting(name: string): SourcedSetting | undefined
  /** False where results of templates are text, or data that text reads like, as before templates were native. */
  readonly isNative: boolean
  evaluate(value: Value): Value
  /** Calls another registered filter or test by name, for `map`, `select` and friends. */
  filter(name: string, args: readonly Value[], named: ReadonlyMap<string, Value>): Value
  test(name: string, args: readonly Value[], named: ReadonlyMap<string, Value>): boolean
  /** Whether there is a filter or test of a name. */
  knows(kind: 'filters' | 'tests', name: string): boolean
  /** Renders a template file, for the `template` lookup. */
  renderFile(file: TemplateFile, scope: Scope): string
  /** A file of the control host; a vault-encrypted one arrives decrypted. */
  readText(path: string): string
  /** Folders that relative file names of lookups are searched in, most specific first (role, play, working directory). */
  readonly basePaths: readonly string[]
}

/** The piped value is `args[0]`. Arguments arrive evaluated. */
export type Filter = (args: readonly Value[], named: ReadonlyMap<string, Value>, context: CallContext) => Value
export type Test = (args: readonly Value[], named: ReadonlyMap<string, Value>, context: CallContext) => boolean
/** Returns the list of results; `lookup()` joins it, `query()` keeps it. A dict, which old plugins return, is kept or stands for its keys. */
export type Lookup = (terms: readonly Value[], named: ReadonlyMap<string, Value>, context: CallContext) => readonly Value[] | Dict

/** Everything that templates may call by name; one family a file, registered in one place. */
export interface Registry {
  readonly filters: ReadonlyMap<string, Filter>
  readonly tests: ReadonlyMap<string, Test>
  readonly lookups: ReadonlyMap<string, Lookup>
  readonly globals: ReadonlyMap<string, Value>
  /** Finds what is known by its full name only: plugins of collections. */
  readonly find?: FindPlugin
}

export type FindPlugin = (kind: 'filters' | 'tests' | 'lookups', name: string) => Filter | Test | Lookup | undefined
