import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'
import type { Loop } from '../../playbook/ast.ts'
import { EvaluationError } from '../../template/evaluation-error.ts'
import { requireKnown } from '../../value/require-known.ts'
import { TemplateString } from '../../value/template-string.ts'
import { Tuple } from '../../value/tuple.ts'
import type { Value } from '../../value/value.ts'
import { KeywordError } from './keyword.ts'
import { withSpecial, type Site } from './site.ts'
import { isUndefinedVariable } from './undefined-variable.ts'

/** Calls any lookup with terms known only now; compiled once, since its text never changes. */
const LOOKUP = new TemplateString('{{ query(_loop_lookup, *_loop_terms) }}')

/** The items of a task's loop. */
export function loopItems(site: Site, loop: Loop): readonly Value[] {
  return loop.lookup === undefined ? plainItems(site, loop.value) : lookupItems(site, loop.lookup, loop.value)
}

function plainItems(site: Site, raw: Value): readonly Value[] {
  const value = requireKnown(site.play.run.request.templar.evaluate(raw, site.scope))
  return itemsOf(value) ?? refuse(value)
}

function lookupItems(site: Site, lookup: string, raw: Value): readonly Value[] {
  const { templar } = site.play.run.request
  const value = requireKnown(templar.evaluate(lookup === 'first_found' ? definedOnly(site, raw) : raw, site.scope))
  if (lookup === 'list' && itemsOf(value) === undefined) throw new KeywordError('Cannot loop with_list: with_list expects a list')
  const terms = itemsOf(value) ?? [value]
  // Nothing to do for the commonest of them: a list flattened by one level.
  if (lookup === 'items') return terms.flatMap((term) => itemsOf(term) ?? [term])
  const within = withSpecial(site, [['_loop_lookup', lookup], ['_loop_terms', [...terms]], ['_loop_folder', folderOf(site.step.task.module)]])
  const found = asked(lookup, () => templar.evaluate(LOOKUP, within.scope))
  return itemsOf(found) ?? [found]
}

/** Where with_first_found looks for what the task's module takes. */
function folderOf(module: string): string {
  return module.includes('template') ? 'templates' : module.includes('var') ? 'vars' : 'files'
}

/** Names of files that hang on something undefined are none to look for. */
function definedOnly(site: Site, raw: Value): Value {
  if (Array.isArray(raw)) return raw.filter((item) => !isUndefined(site, item)).map((item) => definedOnly(site, item))
  return raw instanceof Map ? new Map([...raw].map(([key, item]) => [key, definedOnly(site, item)])) : raw
}

function isUndefined(site: Site, value: Value): boolean {
  if (!(value instanceof TemplateString)) return false
  try {
    site.play.run.request.templar.evaluate(value, site.scope)
    return false
  } catch (error) {
    if (isUndefinedVariable(error)) return true
    throw error
  }
}

/** The template is ours, so an error must not show it. */
function asked(lookup: string, evaluate: () => Value): Value {
  try {
    return evaluate()
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error
    // Playbooks know what lookups say of their terms.
    if (error.cause instanceof EvaluationError && error.cause.code === 'lookup-failed') throw new KeywordError(error.cause.message, { cause: error })
    const reason = error.message.replace(`Cannot evaluate '${LOOKUP.source}': `, '')
    throw new KeywordError(`Cannot loop with_${lookup}: ${reason}`, { cause: error })
  }
}

function itemsOf(value: Value): readonly Value[] | undefined {
  if (Array.isArray(value)) return value
  return value instanceof Tuple ? value.items : undefined
}

function refuse(value: Value): never {
  const kind = value instanceof Map ? 'a dict (use dict2items)' : typeof value === 'string' ? 'a text' : `'${String(value)}'`
  throw new KeywordError(`Cannot loop over ${kind}: a list is needed`)
}
