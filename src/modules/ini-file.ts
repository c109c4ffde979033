import { dirname } from 'node:path/posix'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import { attributeArguments, type WantedAttributes } from './files/attributes.ts'
import { withExtended } from './files/extended/with-extended.ts'
import { editIni, hasSection, type IniEdit } from './files/edit/ini-edit.ts'
import { applyTextChange, backupField, madeFacts, observeTextFile, textChange, textDestroyed, textFacts, textMessage, textPaths, type TextFile } from './files/text-file.ts'

/** `community.general.ini_file`: options of a file with sections. */
export const iniFile = withExtended(defineModule({
  name: 'ini_file',
  aliases: ['community.general.ini_file'],
  summary: 'Manage options in a file of INI syntax.',
  args: {
    path: { type: 'path', required: true, aliases: ['dest'], description: 'File to edit.' },
    section: { type: 'str', description: 'Section of the option; without one, what comes before the first section.' },
    option: { type: 'str', description: 'The option; without one, the section itself.' },
    value: { type: 'str', description: 'Its value.' },
    values: { type: 'list', elements: 'str', description: 'Several values: the option stands once for each.' },
    state: { type: 'str', choices: ['present', 'absent'], default: 'present', description: 'Whether it is to be there.' },
    exclusive: { type: 'bool', default: true, description: 'Other values of the option go; else only those given are added or removed.' },
    no_extra_spaces: { type: 'bool', default: false, description: 'No blanks around the equals sign.' },
    ignore_spaces: { type: 'bool', default: false, description: 'Leave a line alone that differs in blanks only.' },
    allow_no_value: { type: 'bool', default: false, description: 'An option without a value is right.' },
    modify_inactive_option: { type: 'bool', default: true, description: 'Put the option where it stands commented out.' },
    create: { type: 'bool', default: true, description: 'Make the file when it is not there.' },
    backup: { type: 'bool', default: false, description: 'Keep a dated copy of the file beside it.' },
    ...attributeArguments,
  },
  constraints: { exclusive: [['value', 'values']] },
  examples: [
    { name: 'Set an option', args: { path: '/etc/app.ini', section: 'server', option: 'port', value: '8080', mode: '0644' } },
    { name: 'Remove a section', args: { path: '/etc/app.ini', section: 'old', state: 'absent' } },
  ],
  observe: ({ path }, remote) => observeTextFile(path, remote),
  diff: (args, before) => iniChange(args, before),
  apply: async ({ path, backup }, change, remote) => {
    if (change.before.text === undefined) await remote.makeDirectory(dirname(path))
    const saved = await applyTextChange(change, remote, { backup })
    return { ...backupField(saved), ...await madeFacts(change, remote) }
  },
  result: ({ path }, file) => ({ path, msg: 'OK', ...textFacts(file) }),
  destroys: (_, change) => textDestroyed(change),
  undo: 'swap',
}), textPaths)

interface IniWanted extends WantedAttributes {
  readonly path: string
  readonly section: string | undefined
  readonly option: string | undefined
  readonly value: string | undefined
  readonly values: readonly string[] | undefined
  readonly state: 'present' | 'absent'
  readonly exclusive: boolean
  readonly no_extra_spaces: boolean
  readonly ignore_spaces: boolean
  readonly allow_no_value: boolean
  readonly modify_inactive_option: boolean
  readonly create: boolean
}

function iniChange(wanted: IniWanted, before: TextFile): Change<TextFile> | undefined {
  if (before.text === undefined && !wanted.create) throw new ModuleFailure(`Destination ${wanted.path} does not exist!`, { rc: 257 })
  const edit = editFor(wanted)
  if (before.text === undefined && !edit.present) return undefined
  const text = editIni(before.text ?? '', edit)
  const change = textChange(before, text, wanted)
  if (change === undefined) return undefined
  const msg = text === before.text ? '' : messageOf(edit, { before: before.text ?? '', text })
  return { ...change, fields: { msg: before.text === undefined ? msg : textMessage(msg, change) } }
}

function editFor(wanted: IniWanted): IniEdit {
  const { section, option, value, values, state, exclusive } = wanted
  const given = values ?? (value === undefined ? [] : [value])
  const present = state === 'present'
  if (present && option !== undefined && given.length === 0 && !wanted.allow_no_value) throw new ModuleFailure(`option ${option} needs a value, or allow_no_value`)
  return {
    section, option, values: given, present, exclusive, noExtraSpaces: wanted.no_extra_spaces, ignoreSpaces: wanted.ignore_spaces, modifyInactive: wanted.modify_inactive_option,
  }
}

function messageOf({ section, option, present }: IniEdit, { before, text }: { readonly before: string, readonly text: string }): string {
  if (option === undefined) return present ? 'only section added' : 'section removed'
  if (!present) return 'option changed'
  if (section !== undefined && !hasSection(before, section)) return 'section and option added'
  return lineCount(text) > lineCount(before) ? 'option added' : 'option changed'
}

const lineCount = (text: string): number => text.split('\n').length
