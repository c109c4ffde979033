import { dirname } from 'node:path/posix'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import { attributeArguments } from './files/attributes.ts'
import { withExtended } from './files/extended/with-extended.ts'
import { withLine, withoutLine } from './files/edit/line-edit.ts'
import { applyTextChange, observeTextFile, textChange, textDestroyed, textMessage, textPaths, withAttributesDiff, type TextFile } from './files/text-file.ts'
import type { Json, JsonObject } from '../value/value.ts'

/** `ansible.builtin.lineinfile`: one line present in, or absent from, a text file. */
export const lineinfile = withExtended(defineModule({
  name: 'lineinfile',
  listsDiffs: true,
  summary: 'Ensure one line is present in, or absent from, a text file.',
  args: {
    path: { type: 'path', required: true, aliases: ['dest', 'destfile', 'name'], description: 'File to edit.' },
    state: { type: 'str', choices: ['present', 'absent'], default: 'present', description: 'Whether the line is to be there.' },
    regexp: { type: 'str', aliases: ['regex'], description: 'Python regular expression: the last line that matches is replaced; with `absent` all that match go.' },
    search_string: { type: 'str', description: 'Like `regexp`, but plain text anywhere in the line.' },
    line: { type: 'str', aliases: ['value'], description: 'The line.' },
    backrefs: { type: 'bool', default: false, description: 'Fill groups of the match into `line`; nothing is done when nothing matches.' },
    insertafter: { type: 'str', description: 'Where no line matches: after the last line that this expression matches, or `EOF`, `BOF`.' },
    insertbefore: { type: 'str', description: 'Where no line matches: before the last line that this expression matches, or `BOF`.' },
    firstmatch: { type: 'bool', default: false, description: 'Take the first matching line instead of the last.' },
    create: { type: 'bool', default: false, description: 'Make the file when it is not there.' },
    backup: { type: 'bool', default: false, description: 'Keep a dated copy of the file beside it.' },
    validate: { type: 'str', description: 'Command that must accept the new content before it is used; `%s` is its path.' },
    ...attributeArguments,
  },
  constraints: {
    exclusive: [['insertbefore', 'insertafter'], ['regexp', 'search_string'], ['backrefs', 'search_string']],
  },
  examples: [
    { name: 'Keep SELinux enforcing', args: { path: '/etc/selinux/config', regexp: '^SELINUX=', line: 'SELINUX=enforcing' } },
    { name: 'Name the host itself', args: { path: '/etc/hosts', regexp: '^127\\.0\\.0\\.1', line: '127.0.0.1 localhost', owner: 'root', mode: '0644' } },
    { name: 'Remove a rule', args: { path: '/etc/sudoers', state: 'absent', regexp: '^%wheel', validate: '/usr/sbin/visudo -cf %s' } },
  ],
  prepare: (args) => {
    checkArguments(args)
    return Promise.resolve(args)
  },
  observe: ({ path }, remote) => observeTextFile(path, remote),
  diff: (args, before) => (args.state === 'absent' ? removal(args, before) : presence(args, before)),
  apply: async ({ backup, validate, path }, change, remote) => {
    if (change.before.text === undefined) await remote.makeDirectory(dirname(path))
    return { backup: await applyTextChange(change, remote, { backup, validate }) ?? '' }
  },
  result: (args, { text }) => (args.state === 'absent' && text === undefined ? { msg: 'file not present' } : { msg: '', backup: '', ...(args.state === 'absent' && { found: 0 }), ...warnings(args) }),
  destroys: (_, change) => textDestroyed(change),
  undo: 'swap',
}), textPaths)

interface LineArguments {
  readonly path: string
  readonly state: 'present' | 'absent'
  readonly regexp: string | undefined
  readonly search_string: string | undefined
  readonly line: string | undefined
  readonly backrefs: boolean
  readonly insertafter: string | undefined
  readonly insertbefore: string | undefined
  readonly firstmatch: boolean
  readonly create: boolean
  readonly mode: Json | undefined
  readonly owner: string | undefined
  readonly group: string | undefined
}

function warnings({ regexp, search_string: words }: LineArguments): JsonObject {
  if (regexp !== '' && words !== '') return {}
  const effect = 'This may have unintended consequences, such as replacing the last line in the file rather than appending.'
  const [name, advice] = regexp === '' ? ['regular expression', " If this is desired, use '^' to match every line in the file and avoid this warning."] : ['search string', '']
  return { warnings: [`The ${name} is an empty string, which will match every line in the file. ${effect}${advice}`] }
}

function checkArguments({ state, line, regexp, search_string: words, backrefs }: LineArguments): void {
  if (state === 'absent') {
    if (line === undefined && regexp === undefined && words === undefined) throw new ModuleFailure('one of line, search_string, or regexp is required with state=absent')
    return
  }
  if (backrefs && regexp === undefined) throw new ModuleFailure('regexp is required with backrefs=true')
  if (line === undefined) throw new ModuleFailure('line is required with state=present')
}

function presence(args: LineArguments, before: TextFile): Change<TextFile> | undefined {
  if (before.text === undefined && !args.create) throw new ModuleFailure(`Destination ${args.path} does not exist !`, { rc: 257 })
  const { text, message } = withLine(before.text ?? '', { ...args, line: args.line ?? '', insertafter: empty(args.insertafter), insertbefore: empty(args.insertbefore) })
  const change = textChange(before, text, args)
  return change === undefined ? undefined : { ...withAttributesDiff(change), fields: { msg: textMessage(message, change) } }
}

/** An empty text stands for nothing given. */
function empty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}

function removal(args: LineArguments, before: TextFile): Change<TextFile> | undefined {
  if (before.text === undefined) return undefined
  const { text, found } = withoutLine(before.text, args)
  const change = textChange(before, text, args)
  const message = found > 0 ? `${found} line(s) removed` : ''
  return change === undefined ? undefined : { ...withAttributesDiff(change), fields: { msg: textMessage(message, change), found } }
}
