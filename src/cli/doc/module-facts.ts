import { stringify } from 'yaml'
import type { Constraints, Example, StateModule } from '../../module/module.ts'
import type { Json, JsonObject } from '../../value/value.ts'
import type { Described } from './controls.ts'

/** How a name that is code is written: in backquotes, or plainly. */
export type Code = (text: string) => string

/** What holds between arguments, a sentence each. */
export function constraintSentences({ exclusive = [], oneOf = [], together = [], requiredIf = [], requiredAnyIf = [] }: Constraints, code: Code): readonly string[] {
  const named = (names: readonly string[], word: string): string => names.map(code).join(` ${word} `)
  const given = (name: string, value: unknown): string => code(`${name}: ${JSON.stringify(value)}`)
  return [
    ...exclusive.map((names) => `Only one of ${named(names, 'and')}.`),
    ...oneOf.map((names) => `At least one of ${named(names, 'and')}.`),
    ...together.map((names) => `${named(names, 'and')} go together.`),
    ...requiredIf.map(([name, value, needed]) => `With ${given(name, value)}: ${named(needed, 'and')}.`),
    ...requiredAnyIf.map(({ when, any }) => `With ${Object.entries(when).map(([name, value]) => given(name, value)).join(' and ')}: ${named(any, 'or')}.`),
  ]
}

/** What it does in check mode, and whether it can be taken back. */
export function behaviourSentences(module: Described, code: Code): readonly string[] {
  if ('behaviour' in module) return [module.behaviour]
  if (module.kind === 'state') return ['Keeps a state: check mode tells exactly what would change.', undoOf(module)]
  const told = { run: 'Changes nothing on the host by itself, so check mode runs it too.', predict: `Check mode predicts what can be known, and says ${code('unknown')} where only running it could tell.`, tell: 'Check mode runs it without changing anything.' }
  return [told[module.check]]
}

function undoOf({ undo = 'swap' }: StateModule<never, never, never>): string {
  if (typeof undo === 'function') return 'Whether a change can be taken back depends on the change; the journal says so.'
  return undo === 'swap' ? 'A change can be taken back.' : `A change cannot be taken back: ${undo.impossible}.`
}

/** Examples as tasks of a playbook, in YAML. */
export function examplesText(module: Described): string {
  return module.examples.map((example) => exampleText(module, example)).join('\n')
}

function exampleText(module: Described, { name, args, again }: Example): string {
  const remark = again === undefined ? [] : [`# changes something each time: ${again}`]
  return [...remark, stringify([{ name, [module.name]: 'behaviour' in module ? shortest(module, args) : args }], { lineWidth: 0 }).trimEnd()].join('\n')
}

/** As people write it: `meta: flush_handlers`. */
function shortest({ freeForm = '' }: Described, args: JsonObject): Json {
  const { [freeForm]: free, ...others } = args
  return free !== undefined && Object.keys(others).length === 0 ? free : args
}

/** What its behaviour is about. */
export function behaviourTitle(module: Described): string {
  return 'behaviour' in module ? 'When it is read' : 'Check mode and undo'
}
