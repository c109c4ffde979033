import { TemplateString } from '../value/template-string.ts'
import type { Value } from '../value/value.ts'
import { isVariableName, variableNameHint } from '../value/variable-name.ts'
import type { YamlNode } from '../yaml/node.ts'
import { valueOf } from '../yaml/value-of.ts'
import type { Loop, LoopControl } from './ast.ts'
import { readConditions } from './conditions.ts'
import { Fields } from './fields.ts'

/** Whether a key is `with_NAME`, an older way to write a loop. */
export function isLoopKey(name: string): boolean {
  return /^with_[\w.]+$/.test(name)
}

/** Reads `loop:` or `with_NAME:`. */
export function readLoop(fields: Fields): Loop | undefined {
  const keys = [...fields.entries.keys()].filter((name) => name === 'loop' || isLoopKey(name))
  const [name, second] = keys
  if (name === undefined) return undefined
  if (second !== undefined) {
    fields.problems.error('second-loop', `Cannot loop by '${second}' too: '${name}' already loops this task`, { range: fields.keyRange(second) })
  }
  const node = fields.node(name)
  if (node === undefined) {
    fields.wrongType(name, 'a list or a template of one')
    return undefined
  }
  const lookup = name === 'loop' ? undefined : name.slice('with_'.length)
  if (lookup === undefined) checkLoopList(fields, node)
  return { lookup, value: valueOf(node), range: node.range }
}

/** Reads `loop_control:`. */
export function readLoopControl(fields: Fields): LoopControl {
  const node = fields.node('loop_control')
  if (node === undefined) return NO_LOOP_CONTROL
  if (node.kind !== 'mapping') {
    fields.wrongType('loop_control', 'a mapping')
    return NO_LOOP_CONTROL
  }
  const control = new Fields(node, fields.problems)
  control.refuseUnknown(LOOP_CONTROL_KEYS, 'loop_control')
  return {
    loopVar: readName(control, 'loop_var'),
    indexVar: readName(control, 'index_var'),
    label: control.value('label'),
    pause: control.value('pause', 'number'),
    extended: control.value('extended', 'boolean'),
    extendedAllitems: control.value('extended_allitems', 'boolean'),
    breakWhen: readConditions(control, 'break_when'),
  }
}

function readName(control: Fields, key: 'loop_var' | 'index_var'): Value | undefined {
  const name = control.value(key, 'text')
  if (name === undefined || name instanceof TemplateString || isVariableName(name)) return name
  control.problems.error('bad-variable-name', `Cannot use '${String(name)}' as ${key}: it is not a variable name`, {
    range: control.entries.get(key)?.value.range,
    ansible: `Invalid variable name '${String(name)}'.`,
    hint: variableNameHint(name),
  })
  return name
}

const LOOP_CONTROL_KEYS = new Set(['loop_var', 'index_var', 'label', 'pause', 'extended', 'extended_allitems', 'break_when'])
/** Of a task without `loop_control`. */
export const NO_LOOP_CONTROL: LoopControl = {
  loopVar: undefined, indexVar: undefined, label: undefined, pause: undefined, extended: undefined, extendedAllitems: undefined, breakWhen: [],
}

function checkLoopList(fields: Fields, node: YamlNode): void {
  if (node.kind === 'sequence' || (node.kind === 'scalar' && node.value instanceof TemplateString)) return
  fields.problems.error('bad-type', "Cannot loop: 'loop' must be a list or a template of one", {
    range: node.range,
    hint: node.kind === 'mapping' ? "Write \"{{ the_dict | dict2items }}\" to loop over a mapping" : 'Bare variable names are not looked up: write "{{ name }}"',
  })
}
