import { didYouMean } from '../diagnostics/nearest.ts'
import type { Diagnostic } from '../diagnostics/types.ts'
import { typeName } from '../value/type-name.ts'
import type { Task } from './ast.ts'
import { CONTROL_ARGUMENTS, META_ACTIONS } from './control-arguments.ts'

/** Arguments that an include, an import or `meta` does not take. */
export function checkControl(task: Task, control: string): readonly Diagnostic[] {
  const known = Object.hasOwn(CONTROL_ARGUMENTS, control) ? CONTROL_ARGUMENTS[control] ?? [] : []
  const wrong = [...task.args.named].filter(([name]) => !known.includes(name) && !name.includes('{{'))
  const unknown = wrong.map(([name, { range }]): Diagnostic => ({
    code: 'unknown-argument', severity: 'error', range,
    summary: `Cannot give '${name}' to ${control}`,
    hint: didYouMean(name, known) ?? `It takes ${shown(known).join(', ')}`,
    ansible: `Invalid options for ${control}: ${wrong.map(([each]) => each).join(', ')}`,
  }))
  return [...unknown, ...control === 'meta' ? unknownMeta(task) : notNames(task)]
}

/** Files of a role are named by text. */
function notNames({ args }: Task): readonly Diagnostic[] {
  const wrong = [...args.named].filter(([name, { value }]) => name.endsWith('_from') && (Array.isArray(value) || value instanceof Map))
  return wrong.map(([name, { value, range }]) => ({
    code: 'bad-type', severity: 'error', range,
    summary: `Cannot read '${name}': it must be the name of a file, not a ${typeName(value)}`,
    ansible: `Expected a string for ${name} but got <class '${typeName(value)}'> instead`,
  }))
}

function unknownMeta({ args, moduleRange }: Task): readonly Diagnostic[] {
  const action = args.free ?? args.named.get('free_form')
  if (action !== undefined && (typeof action.value !== 'string' || META_ACTIONS.some((name) => name === action.value))) return []
  const name = action === undefined ? '' : String(action.value)
  return [{
    code: 'unknown-meta', severity: 'error', range: action?.range ?? moduleRange,
    summary: action === undefined ? 'Cannot do meta: it is not said what' : `Cannot do meta '${name}': there is no such action`,
    hint: didYouMean(name, META_ACTIONS) ?? `It is one of ${META_ACTIONS.join(', ')}`,
    ansible: `invalid meta action requested: ${name}`,
  }]
}

function shown(names: readonly string[]): readonly string[] {
  return names.filter((name) => name !== '_raw_params')
}
