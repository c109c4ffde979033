import type { Value } from '../../value/value.ts'
import { type CompiledTemplate, type Evaluate, type Execute, GO_ON } from '../runtime/compiled-template.ts'
import { Context } from '../runtime/context.ts'
import type { Frame } from '../runtime/frame.ts'
import { Missing, orElse } from '../runtime/missing.ts'
import { TemplateObject } from '../../value/template-object.ts'
import type { StatementOf } from '../syntax/ast.ts'
import { findTemplate, requireTemplate, runTemplate } from './blocks.ts'
import type { Compiler } from './compiler.ts'
import { compileLocals } from './names.ts'
import { compileTarget } from './targets.ts'
import { printed } from '../runtime/sink.ts'

/** `{% include %}` */
export function compileInclude({ template, ignoreMissing, withContext, at }: StatementOf<'include'>, compiler: Compiler): Execute {
  const name = compiler.expression(template)
  const locals = compileLocals(compiler.scope)
  return (frame, sink) => {
    const wanted = frame.session.settle(name(frame))
    frame.session.at = at
    const included = ignoreMissing ? findTemplate(frame.session, wanted, frame.context.template) : requireTemplate(frame.session, wanted, frame.context.template)
    if (included === undefined) return GO_ON
    sink.push(runInside(frame, included, withContext ? locals(frame) : undefined).result)
    return GO_ON
  }
}

/** `{% import 'file' as name %}` */
export function compileImport({ template, alias, withContext, at }: StatementOf<'import'>, compiler: Compiler): Execute {
  const load = compileModule(template, { withContext, at }, compiler)
  const assign = compileTarget({ kind: 'name', at, name: alias }, compiler.scope)
  return (frame) => {
    const { result, context } = load(frame)
    assign(frame, new ImportedTemplate(result, context))
    return GO_ON
  }
}

/** `{% from 'file' import name as other %}` */
export function compileFromImport({ template, names, withContext, at }: StatementOf<'from-import'>, compiler: Compiler): Execute {
  const load = compileModule(template, { withContext, at }, compiler)
  const assigns = names.map(({ name, alias }) => ({ name, assign: compileTarget({ kind: 'name', at, name: alias }, compiler.scope) }))
  return (frame) => {
    const exports = new Map(load(frame).context.exports())
    for (const { name, assign } of assigns) assign(frame, orElse(exports.get(name), () => new Missing(name, `the imported template has no '${name}'`)))
    return GO_ON
  }
}

class ImportedTemplate extends TemplateObject {
  constructor(result: Value, context: Context) {
    super(printed(result), context.exports())
  }
}

interface Ran {
  readonly result: Value
  readonly context: Context
}

function compileModule(template: StatementOf<'import'>['template'], { withContext, at }: { readonly withContext: boolean, readonly at: number }, compiler: Compiler): (frame: Frame) => Ran {
  const name: Evaluate = compiler.expression(template)
  const locals = compileLocals(compiler.scope)
  return (frame) => {
    const wanted = frame.session.settle(name(frame))
    frame.session.at = at
    return runInside(frame, requireTemplate(frame.session, wanted, frame.context.template), withContext ? locals(frame) : undefined)
  }
}

/** Runs another template; with locals it sees all that this one sees, without them only what every template does. */
function runInside(frame: Frame, template: CompiledTemplate, locals: ReadonlyMap<string, Value> | undefined): Ran {
  const { session } = frame
  const [at, text] = [session.at, session.text]
  const context = locals === undefined
    ? new Context({ session, template, isolated: true })
    : new Context({ session, template, parent: frame.context, locals })
  const result = runTemplate(template, context)
  session.at = at
  session.text = text
  return { result, context }
}
