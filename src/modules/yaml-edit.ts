import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { Json } from '../value/value.ts'
import { attributeArguments, type WantedAttributes } from './files/attributes.ts'
import { withExtended } from './files/extended/with-extended.ts'
import { applyTextChange, backupField, observeTextFile, textChange, textDestroyed, textMessage, textPaths, type TextFile } from './files/text-file.ts'
import { editYaml, type YamlEdit } from './yaml/edit-yaml.ts'
import { parseYamlPath, yamlPathText } from './yaml/yaml-path.ts'

const editArguments = {
  at: { type: 'raw', description: 'Path of the value: `a.b[0]."c.d"`, `zones[id=x].name`, or a list of keys.' },
  op: { type: 'str', choices: ['set', 'merge', 'append', 'remove', 'copy'], default: 'set', description: 'What to do: set the value; merge a dict into what is there; append an item that is not in the list yet; remove; copy the value of `from`.' },
  value: { type: 'raw', description: 'The value.' },
  from: { type: 'raw', description: 'Path of the value that `copy` copies, tags and styles included.' },
  integer_keys: { type: 'bool', default: false, description: 'Write new keys that are whole numbers as numbers.' },
  create: { type: 'bool', default: true, description: 'Make missing parents.' },
  unique: { type: 'bool', default: false, description: 'Fail when a key of the same name stands elsewhere in the file.' },
} as const

/** M1 of the region merge: values in a YAML file, its comments, order and untouched lines kept. */
export const yamlEdit = withExtended(defineModule({
  name: 'yaml_edit',
  summary: 'Edit values in a YAML file; comments, order and all other lines stay as they are.',
  args: {
    path: { type: 'path', required: true, aliases: ['dest'], description: 'File to edit.' },
    edits: { type: 'list', elements: 'dict', options: editArguments, description: 'Edits, in order.' },
    ...editArguments,
    create_file: { type: 'bool', default: false, description: 'Make the file when it is not there.' },
    backup: { type: 'bool', default: false, description: 'Keep a dated copy of the file beside it.' },
    validate: { type: 'str', description: 'Command that must accept the new content before it is used; `%s` is its path.' },
    ...attributeArguments,
  },
  constraints: { exclusive: [['at', 'edits']], oneOf: [['at', 'edits']] },
  examples: [
    { name: 'Set one value', args: { path: '/etc/app.yaml', at: 'server.port', value: 8080 } },
    { name: 'Several edits of one file', args: { path: '/etc/app.yaml', edits: [
      { at: 'zones', op: 'append', value: 'devops2a' }, { at: ['zone_settings', 'devops2a'], op: 'merge', value: { repl_zone: 'devops1a' } }, { at: 'old', op: 'remove' },
    ] } },
  ],
  prepare: (args) => Promise.resolve({ ...args, edits: (args.edits ?? [args]).map(yamlEditOf) }),
  observe: ({ path }, remote) => observeTextFile(path, remote),
  diff: (wanted, before) => yamlChange(wanted, before),
  apply: async ({ backup, validate }, change, remote) => backupField(await applyTextChange(change, remote, { backup, validate })),
  destroys: (_, change) => textDestroyed(change),
  undo: 'swap',
}), textPaths)

interface GivenEdit {
  readonly at: Json | undefined
  readonly op: YamlEdit['op']
  readonly value: Json | undefined
  readonly from: Json | undefined
  readonly integer_keys: boolean
  readonly create: boolean
  readonly unique: boolean
}

function yamlEditOf({ at = null, value, from, integer_keys: integerKeys, op, create, unique }: GivenEdit): YamlEdit {
  const steps = parseYamlPath(at)
  if (value === undefined && op !== 'remove' && op !== 'copy') throw new ModuleFailure(`value is required to ${op} ${yamlPathText(steps)}`)
  if (op === 'copy' && from === undefined) throw new ModuleFailure(`from is required to copy to ${yamlPathText(steps)}`)
  return { op, create, unique, integerKeys, at: steps, value: value ?? null, from: from === undefined ? undefined : parseYamlPath(from) }
}

interface YamlWanted extends WantedAttributes {
  readonly path: string
  readonly edits: readonly YamlEdit[]
  readonly create_file: boolean
}

function yamlChange(wanted: YamlWanted, before: TextFile): Change<TextFile> | undefined {
  if (before.text === undefined && !wanted.create_file) throw new ModuleFailure(`Cannot edit ${wanted.path}: there is no such file`)
  const made: string[] = []
  const text = wanted.edits.reduce((so, edit) => {
    const next = editYaml(so, edit)
    if (next !== so) made.push(`${edit.op} ${yamlPathText(edit.at)}`)
    return next
  }, before.text ?? '')
  const change = textChange(before, text, wanted)
  return change === undefined ? undefined : { ...change, fields: { msg: textMessage(made.join(', '), change), edits: made } }
}
