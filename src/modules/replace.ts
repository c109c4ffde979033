import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import { attributeArguments, type WantedAttributes } from './files/attributes.ts'
import { withExtended } from './files/extended/with-extended.ts'
import { replaceMatches } from './files/edit/replace-edit.ts'
import { applyTextChange, backupField, observeTextFile, textChange, textDestroyed, textMessage, textPaths, type TextFile } from './files/text-file.ts'

/** `ansible.builtin.replace`: every match of an expression in a text file. */
export const replace = withExtended(defineModule({
  name: 'replace',
  summary: 'Replace every match of a regular expression in a text file.',
  args: {
    path: { type: 'path', required: true, aliases: ['dest', 'destfile', 'name'], description: 'File to edit.' },
    regexp: { type: 'str', required: true, description: 'Python regular expression; `^` and `$` match at every line.' },
    replace: { type: 'str', default: '', description: 'What matches become; `\\1` and `\\g<name>` are groups.' },
    after: { type: 'str', description: 'Only what comes after this expression.' },
    before: { type: 'str', description: 'Only what comes before this expression.' },
    backup: { type: 'bool', default: false, description: 'Keep a dated copy of the file beside it.' },
    validate: { type: 'str', description: 'Command that must accept the new content before it is used; `%s` is its path.' },
    encoding: { type: 'str', default: 'utf-8', choices: ['utf-8'], description: 'Encoding of the file.' },
    ...attributeArguments,
  },
  examples: [
    { name: 'Rename a host', args: { path: '/etc/hosts', regexp: '(\\s+)old\\.host\\.name(\\s+.*)?$', replace: '\\1new.host.name\\2' } },
    { name: 'Comment out a section', args: { path: '/etc/apache2/sites-available/default.conf', after: '<VirtualHost [*]>', before: '</VirtualHost>', regexp: '^([^#\\n].*)$', replace: '# \\1' } },
  ],
  observe: ({ path }, remote) => observeTextFile(path, remote),
  diff: (args, before) => replaceChange(args, before),
  apply: async ({ backup, validate }, change, remote) => backupField(await applyTextChange(change, remote, { backup, validate })),
  result: (args, { text }) => ({ msg: text === undefined ? '' : replaceMatches(text, args).problem ?? '', rc: 0 }),
  destroys: (_, change) => textDestroyed(change),
  undo: 'swap',
}), textPaths)

interface ReplaceWanted extends WantedAttributes {
  readonly path: string
  readonly regexp: string
  readonly replace: string
  readonly after: string | undefined
  readonly before: string | undefined
}

function replaceChange(wanted: ReplaceWanted, before: TextFile): Change<TextFile> | undefined {
  if (before.text === undefined) throw new ModuleFailure(`Path ${wanted.path} does not exist !`, { rc: 257 })
  const { text, count, problem } = replaceMatches(before.text, wanted)
  if (problem !== undefined) return undefined
  const change = textChange(before, text, wanted)
  const diff = change?.diff?.map((part) => text === before.text ? part : { ...part, beforeHeader: before.path, afterHeader: before.path })
  return change === undefined ? undefined : { ...change, ...diff && { diff }, fields: { msg: textMessage(text === before.text ? '' : `${count} replacements made`, change) } }
}
