import type { TemplateString } from '../value/template-string.ts'
import { compileBare, compileTemplate } from './compile/compile-template.ts'
import { isWholeTemplate } from './whole-template.ts'
import { readHeader } from './syntax/header.ts'
import type { CompiledTemplate } from './runtime/compiled-template.ts'
import type { TemplateText } from './source-place.ts'
import type { Expression, TemplateNode } from './syntax/ast.ts'
import { DEFAULT_DIALECT, type Dialect } from './syntax/dialect.ts'
import { type Syntax, createSyntax } from './syntax/lexer-rules.ts'
import { parseBareExpression, parseTemplate } from './syntax/parse.ts'
import type { Registry, TemplateFile } from './types.ts'

/** Compiles each template once. Syntax errors are thrown as `TemplateSyntaxError`s. */
export class CompileCache {
  readonly #registry: Registry
  readonly #syntaxes = new Map<string, Syntax>()
  readonly #templates = new WeakMap<TemplateString, CompiledTemplate>()
  readonly #conditions = new Map<string, CompiledTemplate>()
  readonly #files = new Map<string, CompiledTemplate>()
  readonly #inline: Syntax
  readonly #bare: Syntax

  constructor(registry: Registry) {
    this.#registry = registry
    this.#inline = createSyntax({ ...DEFAULT_DIALECT, literalBackslashes: true })
    this.#bare = createSyntax({ ...DEFAULT_DIALECT, embeds: true })
  }

  template(template: TemplateString): CompiledTemplate {
    const known = this.#templates.get(template)
    if (known !== undefined) return known
    const compiled = compileTemplate(this.parse(template), { text: template, registry: this.#registry })
    this.#templates.set(template, compiled)
    return compiled
  }

  /** A bare expression, or a whole `{{ }}` in its place. */
  condition(text: TemplateText): CompiledTemplate {
    const key = `${text.range?.file.path ?? ''}:${text.range?.start ?? ''}:${text.source}`
    const known = this.#conditions.get(key)
    if (known !== undefined) return known
    const options = { text, registry: this.#registry, embedded: true, keepsResult: true }
    const compiled = isWholeTemplate(text.source)
      ? compileTemplate(parseTemplate(text.source, this.#bare), options)
      : compileBare(parseBareExpression(text.source, this.#bare), options)
    this.#conditions.set(key, compiled)
    return compiled
  }

  file(file: TemplateFile): CompiledTemplate {
    const { searchPath, options = {} } = file
    const key = `${file.path}\n${searchPath.join(':')}\n${JSON.stringify(options)}`
    const known = this.#files.get(key)
    if (known?.text.source === file.text) return known
    const compiled = this.#compileFile(file)
    this.#files.set(key, compiled)
    return compiled
  }

  #compileFile(file: TemplateFile): CompiledTemplate {
    const { dialect, body, offset } = readHeader(file.text, fileDialect(file))
    const { path, text, searchPath } = file
    const range = { file: { path, text }, start: 0, end: text.length }
    const node = parseTemplate(body, this.#syntax(dialect), offset)
    return compileTemplate(node, { text: { source: text, range }, registry: this.#registry, path, searchPath, newline: dialect.newlineSequence, keepsResult: true })
  }

  parse({ source }: TemplateString): TemplateNode {
    const { dialect, body, offset } = readHeader(source, this.#inline.dialect)
    const syntax = dialect === this.#inline.dialect ? this.#inline : this.#syntax(dialect)
    return parseTemplate(body, syntax, offset)
  }

  parseCondition({ source }: TemplateString): TemplateNode {
    if (isWholeTemplate(source)) return parseTemplate(source, this.#bare)
    const expression: Expression = parseBareExpression(source, this.#bare)
    return { body: [{ kind: 'output', at: expression.at, expression }] }
  }

  #syntax(dialect: Dialect): Syntax {
    const key = JSON.stringify(dialect)
    const syntax = this.#syntaxes.get(key) ?? createSyntax(dialect)
    this.#syntaxes.set(key, syntax)
    return syntax
  }
}

function fileDialect({ options = {} }: TemplateFile): Dialect {
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  return given.length === 0 ? DEFAULT_DIALECT : { ...DEFAULT_DIALECT, ...Object.fromEntries(given) }
}
