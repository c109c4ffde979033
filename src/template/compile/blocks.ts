import { Callable } from '../../value/callable.ts'
import { TemplateObject } from '../../value/template-object.ts'
import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { itemsOf } from '../iterate.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { type Block, type CompiledTemplate, type Execute, GO_ON } from '../runtime/compiled-template.ts'
import { Context } from '../runtime/context.ts'
import { Frame } from '../runtime/frame.ts'
import { Missing } from '../runtime/missing.ts'
import { Sink } from '../runtime/sink.ts'
import type { Session } from '../runtime/session.ts'
import type { StatementOf } from '../syntax/ast.ts'
import { TemplateSyntaxError } from '../syntax/syntax-error.ts'
import type { Compiler } from './compiler.ts'
import { compileLocals } from './names.ts'
import { FrameLayout, LexicalScope } from './scopes.ts'

/** `{% block %}`: registers the block and runs the most derived one in its place. */
export function compileBlock(node: StatementOf<'block'>, compiler: Compiler): Execute {
  const { name, at, required } = node
  if (compiler.blocks.has(name)) throw new TemplateSyntaxError(`Cannot define the block '${name}' twice`, { start: at, end: at + 5 })
  const scope = new LexicalScope(new FrameLayout())
  const superSlot = scope.declare('super')
  const placeholder: Block = { name, required, template: compiler, body: () => GO_ON, superSlot }
  compiler.blocks.set(name, placeholder)
  compiler.blocks.set(name, { ...placeholder, body: compiler.within(scope).body(node.body) })
  const locals = node.scoped ? compileLocals(compiler.scope) : undefined
  return (frame, sink) => {
    if (sink.muted) return GO_ON
    runBlock(frame.context, { name, level: 0, sink, locals: locals?.(frame) })
    return GO_ON
  }
}

/** `{% extends %}`: from here on only blocks and assignments of this template count. */
export function compileExtends({ template, at }: StatementOf<'extends'>, compiler: Compiler): Execute {
  const evaluate = compiler.expression(template)
  return (frame, sink) => {
    const name = frame.session.settle(evaluate(frame))
    frame.session.at = at
    if (frame.context.extended !== undefined) throw new EvaluationError('template-type', 'Cannot extend more than one template')
    const parent = requireTemplate(frame.session, name, frame.context.template)
    frame.context.extended = parent
    frame.context.addBlocks(parent)
    sink.muted = true
    return GO_ON
  }
}

/** Loads a template by name, or the first that exists of a list of names. */
export function requireTemplate(session: Session, name: Value, from: CompiledTemplate): CompiledTemplate {
  const template = findTemplate(session, name, from)
  if (template !== undefined) return template
  const names = templateNames(name).map((each) => `'${each}'`).join(', ')
  const folders = from.searchPath.length === 0 ? undefined : `Searched in: ${from.searchPath.join(', ')}`
  throw new EvaluationError('template-not-found', `Cannot find the template ${names}`, folders)
}

export function findTemplate(session: Session, name: Value, from: CompiledTemplate): CompiledTemplate | undefined {
  return session.engine.load(templateNames(name), from.searchPath)
}

/** Runs the body of a template, and of those that it extends. */
export function runTemplate(template: CompiledTemplate, context: Context): Value {
  if (template.blocks.size > 0) context.addBlocks(template)
  context.selfOf = selfOf
  let current: CompiledTemplate | undefined = template
  for (;;) {
    const sink = new Sink()
    context.extended = undefined
    context.session.text = current.text
    current.body(new Frame(context), sink)
    current = context.extended
    if (current === undefined) return sink.result()
  }
}

const selfOf = (context: Context): Value => new SelfReference(context)

/** `self.name()`: any block of the template, wherever it stands. */
class SelfReference extends TemplateObject {
  readonly #context: Context

  constructor(context: Context) {
    super('TemplateReference')
    this.#context = context
  }

  override get(key: Value): Value | undefined {
    if (typeof key !== 'string' || !this.#context.blocks.has(key)) return undefined
    return new Callable(key, () => {
      const sink = new Sink()
      runBlock(this.#context, { name: key, level: 0, sink, locals: undefined })
      return sink.text()
    })
  }
}

function templateNames(name: Value): string[] {
  return typeof name === 'string' ? [name] : itemsOf(name).map(textOf)
}

interface BlockRun {
  readonly name: string
  readonly level: number
  readonly sink: Sink
  readonly locals: ReadonlyMap<string, Value> | undefined
}

function runBlock(context: Context, run: BlockRun): void {
  const block = context.blocks.get(run.name)?.[run.level]
  if (block === undefined) throw new EvaluationError('template-type', `Cannot find a block named '${run.name}' in the templates above`)
  if (block.required && run.level === 0) throw new EvaluationError('template-type', `Cannot leave the required block '${run.name}' undefined`)
  const { session } = context
  const inner = run.locals === undefined ? context : derived(context, run.locals)
  const frame = new Frame(inner)
  frame.slots[block.superSlot] = superOf(context, run)
  const [at, text] = [session.at, session.text]
  session.text = block.template.text
  block.body(frame, run.sink)
  session.at = at
  session.text = text
}

function superOf(context: Context, { name, level, locals }: BlockRun): Value {
  if (context.blocks.get(name)?.[level + 1] === undefined) return new Missing('super()', `there is no block '${name}' in a template above`)
  return new Callable('super', () => {
    const sink = new Sink()
    runBlock(context, { name, level: level + 1, sink, locals })
    return sink.text()
  })
}

function derived(context: Context, locals: ReadonlyMap<string, Value>): Context {
  const inner = new Context({ session: context.session, template: context.template, parent: context, locals })
  inner.shareBlocks(context)
  return inner
}
