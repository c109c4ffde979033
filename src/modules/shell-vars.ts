import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { Json, JsonObject } from '../value/value.ts'
import { attributeArguments, type WantedAttributes } from './files/attributes.ts'
import { withExtended } from './files/extended/with-extended.ts'
import { pythonRegex } from './files/python-regex.ts'
import { applyTextChange, backupField, observeTextFile, textChange, textDestroyed, textMessage, textPaths, type TextFile } from './files/text-file.ts'
import { assignmentsIn } from './shell/assignments.ts'
import { editVariables } from './shell/edit-variables.ts'

/** M2 of the region merge: variables of a settings file in shell syntax. */
export const shellVars = withExtended(defineModule({
  name: 'shell_vars',
  summary: 'Set variables in a settings file of shell syntax, and rename words in their values.',
  args: {
    path: { type: 'path', required: true, aliases: ['dest'], description: 'Settings file: `NAME="value"` lines.' },
    set: { type: 'dict', default: {}, description: 'Variables and their values.' },
    rename: { type: 'dict', default: {}, description: 'Words and what they become, in values; only where they stand as whole words.' },
    within: { type: 'list', elements: 'str', description: 'Variables whose values `rename` looks at; all unless given.' },
    unset: { type: 'list', elements: 'str', default: [], description: 'Variables to remove.' },
    insertafter: { type: 'str', description: 'Regular expression of the line that new variables are put behind; at the end unless given.' },
    create: { type: 'bool', default: false, description: 'Make the file when it is not there.' },
    backup: { type: 'bool', default: false, description: 'Keep a dated copy of the file beside it.' },
    ...attributeArguments,
  },
  examples: [
    { name: 'Make a node part of a region', args: { path: '/pitrix/conf/settings/proxy0', set: { is_region: '1', region_id: 'devops2' }, insertafter: '^## Region' } },
    { name: 'Rename a host', args: { path: '/pitrix/conf/settings/proxy0', rename: { proxy0: 'devops1a-proxy0' }, within: ['hostname'] } },
  ],
  observe: ({ path }, remote) => observeTextFile(path, remote),
  diff: (args, before) => variablesChange(args, before),
  apply: async ({ backup }, change, remote) => backupField(await applyTextChange(change, remote, { backup })),
  result: (_, { text }) => ({ variables: Object.fromEntries(assignmentsIn(text ?? '').map(({ name, value }) => [name, value])) }),
  destroys: (_, change) => textDestroyed(change),
  undo: 'swap',
}), textPaths)

interface VariablesWanted extends WantedAttributes {
  readonly path: string
  readonly set: JsonObject
  readonly rename: JsonObject
  readonly within: readonly string[] | undefined
  readonly unset: readonly string[]
  readonly insertafter: string | undefined
  readonly create: boolean
}

function variablesChange(wanted: VariablesWanted, before: TextFile): Change<TextFile> | undefined {
  if (before.text === undefined && !wanted.create) throw new ModuleFailure(`Cannot edit ${wanted.path}: there is no such file`)
  const text = editVariables(before.text ?? '', {
    set: textsOf(wanted.set, 'set'), rename: textsOf(wanted.rename, 'rename'), within: wanted.within, unset: wanted.unset,
    after: wanted.insertafter === undefined ? undefined : pythonRegex(wanted.insertafter, { multiline: true }),
  })
  const change = textChange(before, text, wanted)
  return change === undefined ? undefined : { ...change, fields: { msg: textMessage(text === before.text ? '' : 'variables changed', change) } }
}

function textsOf(values: JsonObject, argument: string): ReadonlyMap<string, string> {
  return new Map(Object.entries(values).map(([name, value]) => [name, textOf(value, `${argument}.${name}`)]))
}

/** A boolean has no one form in shell files, so it must be written as the text that is meant. */
function textOf(value: Json, argument: string): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  throw new ModuleFailure(`${argument} must be a text: ${JSON.stringify(value)} has no one form in a shell file`)
}
