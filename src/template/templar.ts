import { existsSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import type { Diagnostic, SourceRange } from '../diagnostics/types.ts'
import type { TemplateString } from '../value/template-string.ts'
import { Undefined } from '../value/undefined.ts'
import { Unknown, UnknownValueError } from '../value/unknown.ts'
import { UndefinedUseError } from '../value/use-error.ts'
import type { Value } from '../value/value.ts'
import type { VaultString } from '../value/vault-string.ts'
import { CompileCache } from './compile-cache.ts'
import { type BrokenConditions, checkedCondition, conditionText, takenConditions } from './condition.ts'
import { describeFailure, describeTemplate, syntaxError, traced, undefinedError } from './describe-failure.ts'
import { finalize } from './finalize.ts'
import { renderNunjucks } from './nunjucks/render.ts'
import { createRegistry, extended } from './registry.ts'
import { createCallContext } from './runtime/call-context.ts'
import type { CompiledTemplate } from './runtime/compiled-template.ts'
import { runTemplate } from './compile/blocks.ts'
import { Context } from './runtime/context.ts'
import { Frame } from './runtime/frame.ts'
import { type Engine, Session } from './runtime/session.ts'
import { printed } from './runtime/sink.ts'
import { textResult } from './text-as-data.ts'
import { keepTrailingNewlines } from './trailing-newlines.ts'
import { type Decrypt, SecretReader } from './secret-reader.ts'
import { namesLike, type Parsing, requiredNames, unknownCalls } from './static-names.ts'
import type { CallKind } from './syntax/called-names.ts'
import { TemplateSyntaxError } from './syntax/syntax-error.ts'
import { TemplateError } from './template-error.ts'
import { TemplateWarnings } from './template-warnings.ts'
import type { FreeName, Registry, Scope, SourcedSetting, Templar, TemplateFile, TemplateProblem, UnknownCall } from './types.ts'

export interface TemplarOptions {
  /** Everything that is built in, unless given. */
  readonly registry?: Registry
  /** Folders that relative names of lookups and includes are searched in, most specific first. */
  readonly basePaths?: () => readonly string[]
  /** Decrypts a vault value or file; without it, using one is an error. */
  readonly decrypt?: Decrypt
  /** Settings: for `lookup('config')`, and those that templates and conditions obey. */
  readonly setting?: (name: string) => SourcedSetting | undefined
}

/** Makes the template engine of a run. */
export function createTemplar(options: TemplarOptions = {}): Templar {
  return new JinjaTemplar(options)
}

class JinjaTemplar implements Templar, Engine {
  registry: Registry
  readonly basePaths: () => readonly string[]
  readonly setting: (name: string) => SourcedSetting | undefined
  readonly isNative: boolean
  readonly #secrets: SecretReader
  #cache: CompileCache
  readonly #broken: BrokenConditions
  readonly #warnings = new TemplateWarnings()

  constructor({ registry = createRegistry(), basePaths = () => [], decrypt, setting = () => undefined }: TemplarOptions) {
    this.setting = setting
    this.isNative = setting('DEFAULT_JINJA2_NATIVE')?.value !== false
    this.registry = registry
    this.basePaths = basePaths
    this.#secrets = new SecretReader(decrypt)
    this.#cache = new CompileCache(registry)
    this.#broken = { taken: takenConditions(setting('ALLOW_BROKEN_CONDITIONALS')), tell: (fault) => { this.#warnings.tell(fault) } }
  }

  add(additions: Partial<Registry>): void {
    this.registry = extended(this.registry, additions)
    // Compiled templates hold the filters and tests that they found.
    this.#cache = new CompileCache(this.registry)
  }

  warn(warning: Diagnostic): void {
    this.#warnings.pass(warning)
  }

  tellWarnings(listener: (warning: Diagnostic) => void): void {
    this.#warnings.tellTo(listener)
  }

  evaluate(value: Value, scope: Scope): Value {
    if (typeof value !== 'object' || value === null) return value
    const session = new Session(this, scope)
    return this.#guard(session, () => finalize(value, session))
  }

  condition(expression: Value, scope: Scope, range?: SourceRange): boolean {
    const text = conditionText(expression, range, this.#broken)
    if (typeof text === 'boolean') return text
    const session = new Session(this, scope)
    return this.#guard(session, () => {
      const result = this.run(this.#cache.condition(text), session)
      return checkedCondition(result, text, this.#broken)
    })
  }

  renderFile(file: TemplateFile, scope: Scope): string {
    const session = new Session(this, scope)
    if (file.path.endsWith('.njk')) return this.#guard(session, () => renderNunjucks(file, session))
    return this.#guard(session, () => {
      const result = finalize(this.run(this.#compileFile(file), session), session)
      // What is no text has no lines: only text gets its line ends back.
      return typeof result === 'string' ? keepTrailingNewlines(result, file.text, file.options?.newlineSequence) : printed(result)
    })
  }

  check(template: TemplateString, as: 'template' | 'expression' | 'file' = 'template'): readonly TemplateProblem[] {
    try {
      if (as === 'template') this.compile(template)
      else if (as === 'expression') this.#cache.condition(template)
      else this.#compileFile({ path: template.range?.file.path ?? '', text: template.source, searchPath: [] })
      return []
    } catch (error) {
      if (error instanceof TemplateSyntaxError) return this.#problem(syntaxError(error, template))
      if (error instanceof TemplateError) return this.#problem(error)
      throw error
    }
  }

  requiredNames(template: TemplateString, as: 'template' | 'expression'): readonly FreeName[] {
    return requiredNames(this.#parsing(template, as), this.registry)
  }

  unknownCalls(template: TemplateString, as: 'template' | 'expression'): readonly UnknownCall[] {
    return unknownCalls(this.#parsing(template, as), this.registry)
  }

  namesLike(kind: CallKind, name: string): readonly string[] | undefined {
    return namesLike({ kind, name }, this.registry)
  }

  decrypt(secret: VaultString): string {
    return this.#secrets.value(secret)
  }

  readText(path: string): string {
    return this.#secrets.file(path)
  }

  compile(template: TemplateString): CompiledTemplate {
    try {
      return this.#cache.template(template)
    } catch (error) {
      throw error instanceof TemplateSyntaxError ? syntaxError(error, template) : error
    }
  }

  load(names: readonly string[], searchPath: readonly string[]): CompiledTemplate | undefined {
    const folders = [...searchPath, ...this.basePaths()]
    for (const name of names) {
      const candidates = isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name))
      const path = candidates.find((candidate) => existsSync(candidate) && statSync(candidate).isFile())
      if (path !== undefined) return this.#compileFile({ path, text: this.readText(path), searchPath })
    }
    return undefined
  }

  run(template: CompiledTemplate, session: Session): Value {
    session.text = template.text
    session.at = 0
    try {
      const result = this.#result(template, session)
      return result instanceof Undefined ? traced(result, session, template.text) : result
    } catch (error) {
      return failed(error, template, session)
    }
  }

  callContext(session: Session): ReturnType<Engine['callContext']> {
    return createCallContext(session)
  }

  #parsing(template: TemplateString, as: 'template' | 'expression'): Parsing {
    return { template, parse: () => as === 'template' ? this.#cache.parse(template) : this.#cache.parseCondition(template) }
  }

  #problem({ message, fault }: TemplateError): readonly TemplateProblem[] {
    return [{ message, range: fault.range }]
  }

  #result(template: CompiledTemplate, session: Session): Value {
    const context = new Context({ session, template })
    const result = template.expression === undefined ? runTemplate(template, context) : session.settle(template.expression(new Frame(context)))
    const whole = typeof result === 'string' ? keepTrailingNewlines(result, template.text.source, template.newline) : result
    return this.isNative || template.keeps === 'all' || (template.keeps === 'values' && typeof whole !== 'string') ? whole : textResult(whole)
  }

  #compileFile(file: TemplateFile): CompiledTemplate {
    const searchPath = [dirname(file.path), ...file.searchPath.filter((folder) => folder !== dirname(file.path))]
    try {
      return this.#cache.file({ ...file, searchPath })
    } catch (error) {
      const range = { file: { path: file.path, text: file.text }, start: 0, end: file.text.length }
      throw error instanceof TemplateSyntaxError ? syntaxError(error, { source: file.text, range }) : error
    }
  }

  /** Runs the outermost evaluation: what is still undefined is an error now. */
  #guard<Result>(session: Session, run: () => Result): Result {
    try {
      return run()
    } catch (error) {
      throw error instanceof UndefinedUseError ? undefinedError(error.missing, session) : describeFailure(error, session) ?? error
    }
  }
}

/** Something undefined or unknown only makes this template's value so; all else is an error for everyone. */
function failed(error: unknown, template: CompiledTemplate, session: Session): Value {
  if (error instanceof UndefinedUseError) return traced(error.missing, session, template.text)
  if (error instanceof UnknownValueError) return new Unknown(error.dependsOn)
  if (error instanceof TemplateError) throw error.usedBy(describeTemplate(template.text))
  throw describeFailure(error, session) ?? error
}

