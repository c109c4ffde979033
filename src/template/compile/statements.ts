import { isTrue } from '../../value/truth.ts'
import { type Execute, BREAK, CONTINUE, GO_ON } from '../runtime/compiled-template.ts'
import { Sink } from '../runtime/sink.ts'
import type { Statement, StatementOf } from '../syntax/ast.ts'
import { compileBlock, compileExtends } from './blocks.ts'
import type { Compiler } from './compiler.ts'
import { compileFilterOf } from './filters.ts'
import { compileFor } from './for.ts'
import { compileFromImport, compileImport, compileInclude } from './includes.ts'
import { compileCallBlock, compileMacro } from './macros.ts'
import { compileTarget } from './targets.ts'

type Compilers = { readonly [Kind in Statement['kind']]: (node: StatementOf<Kind>, compiler: Compiler) => Execute }

/** Turns a statement into a closure. */
export function compileStatement(node: Statement, compiler: Compiler): Execute {
  const compile = COMPILERS[node.kind] as (node: Statement, compiler: Compiler) => Execute
  return compile(node, compiler)
}

/** Runs statements in order until one asks the enclosing loop for something. */
export function sequence(parts: readonly Execute[]): Execute {
  const [first, second] = parts
  if (first === undefined) return () => GO_ON
  if (second === undefined) return first
  return (frame, sink) => {
    for (const part of parts) {
      const signal = part(frame, sink)
      if (signal !== GO_ON) return signal
    }
    return GO_ON
  }
}

const COMPILERS: Compilers = {
  text: ({ text }) => (_frame, sink) => {
    sink.push(text)
    return GO_ON
  },
  output: compileOutput,
  for: compileFor,
  if: compileIf,
  set: compileSet,
  'set-block': compileSetBlock,
  with: compileWith,
  macro: compileMacro,
  'call-block': compileCallBlock,
  'filter-block': compileFilterBlock,
  block: compileBlock,
  extends: compileExtends,
  include: compileInclude,
  import: compileImport,
  'from-import': compileFromImport,
  do: compileDo,
  break: () => () => BREAK,
  continue: () => () => CONTINUE,
  scope: ({ body }, compiler) => compiler.within(compiler.scope.inner()).body(body),
}

function compileOutput({ expression, at }: StatementOf<'output'>, compiler: Compiler): Execute {
  const evaluate = compiler.expression(expression)
  return (frame, sink) => {
    const value = evaluate(frame)
    frame.session.at = at
    sink.push(typeof value === 'object' ? frame.session.settle(value) : value)
    return GO_ON
  }
}

function compileIf({ branches, otherwise }: StatementOf<'if'>, compiler: Compiler): Execute {
  const parts = branches.map(({ test, body }) => ({ test: compiler.expression(test), at: test.at, body: compiler.body(body) }))
  const last = compiler.body(otherwise)
  return (frame, sink) => {
    for (const { test, at, body } of parts) {
      const value = frame.session.shallow(test(frame))
      frame.session.at = at
      if (isTrue(value)) return body(frame, sink)
    }
    return last(frame, sink)
  }
}

function compileSet({ target, value }: StatementOf<'set'>, compiler: Compiler): Execute {
  const evaluate = compiler.expression(value)
  const assign = compileTarget(target, compiler.scope)
  return (frame) => {
    assign(frame, evaluate(frame))
    return GO_ON
  }
}

function compileSetBlock({ target, filter, body }: StatementOf<'set-block'>, compiler: Compiler): Execute {
  const run = compiler.within(compiler.scope.inner()).body(body)
  const capture = (frame: Parameters<Execute>[0]) => {
    const sink = new Sink()
    run(frame, sink)
    return sink.result()
  }
  const evaluate = filter === undefined ? capture : compileFilterOf(filterChain(capture, filter, compiler), filter, compiler)
  const assign = compileTarget(target, compiler.scope)
  return (frame) => {
    assign(frame, evaluate(frame))
    return GO_ON
  }
}

/** The value that the outermost filter gets: the block's text, run through the filters before it. */
function filterChain(capture: ReturnType<Compiler['expression']>, filter: StatementOf<'filter-block'>['filter'], compiler: Compiler): ReturnType<Compiler['expression']> {
  const inner = filter.target
  if (inner === undefined) return capture
  if (inner.kind !== 'filter') return compiler.expression(inner)
  return compileFilterOf(filterChain(capture, inner, compiler), inner, compiler)
}

function compileFilterBlock({ filter, body }: StatementOf<'filter-block'>, compiler: Compiler): Execute {
  const run = compiler.within(compiler.scope.inner()).body(body)
  const capture: ReturnType<Compiler['expression']> = (frame) => {
    const sink = new Sink()
    run(frame, sink)
    return sink.text()
  }
  const evaluate = compileFilterOf(filterChain(capture, filter, compiler), filter, compiler)
  return (frame, sink) => {
    sink.push(evaluate(frame))
    return GO_ON
  }
}

/** The values are evaluated outside of the new scope, as Jinja does. */
function compileWith({ targets, values, body }: StatementOf<'with'>, compiler: Compiler): Execute {
  const evaluators = values.map((value) => compiler.expression(value))
  const inner = compiler.within(compiler.scope.inner())
  const assigns = targets.map((target) => compileTarget(target, inner.scope))
  const run = inner.body(body)
  return (frame, sink) => {
    const evaluated = evaluators.map((evaluate) => evaluate(frame))
    assigns.forEach((assign, index) => { assign(frame, evaluated[index] ?? null) })
    return run(frame, sink)
  }
}

function compileDo({ expression, at }: StatementOf<'do'>, compiler: Compiler): Execute {
  const evaluate = compiler.expression(expression)
  return (frame) => {
    const value = evaluate(frame)
    frame.session.at = at
    frame.session.settle(value)
    return GO_ON
  }
}
