import { defineAction } from '../module/define-module.ts'
import { ModuleFailure, type ModuleResult } from '../module/module.ts'
import type { Json } from '../value/value.ts'

/** `ansible.builtin.debug`: shows a message or a variable. */
export const debug = defineAction({
  name: 'debug',
  summary: 'Show a message or a variable.',
  where: 'controller',
  check: 'run',
  args: {
    msg: { type: 'raw', description: 'What to show; default `Hello world!`.' },
    var: { type: 'raw', description: 'Name of a variable, or an expression, to show.' },
    verbosity: { type: 'int', default: 0, description: 'Shown only with at least so many `-v`.' },
  },
  examples: [
    { name: 'Say where we are', args: { msg: 'The databases are merged' } },
    { name: 'Show all facts under -vv', args: { var: 'ansible_facts', verbosity: 2 } },
  ],
  run: async ({ msg, var: name, verbosity }, { controller }): Promise<ModuleResult> => {
    if (msg !== undefined && name !== undefined) throw new ModuleFailure("'msg' and 'var' do not go together")
    if (verbosity > controller.verbosity) return { changed: false, skipped: true, fields: { skipped_reason: 'Verbosity threshold not met.' } }
    if (name === undefined) return { changed: false, fields: { msg: msg === undefined ? 'Hello world!' : msg } }
    return { changed: false, fields: { [label(name)]: typeof name === 'string' ? controller.variable(name) ?? 'VARIABLE IS NOT DEFINED!' : name } }
  },
})

// `var: "{{ list }}"` arrives evaluated: there is no name to show it by.
function label(name: Json): string {
  if (typeof name === 'string') return name
  return Array.isArray(name) ? "<class 'list'>" : `<class '${typeof name === 'object' ? 'dict' : typeof name}'>`
}
