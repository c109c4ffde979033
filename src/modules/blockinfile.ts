import { dirname } from 'node:path/posix'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import { attributeArguments, type WantedAttributes } from './files/attributes.ts'
import { withExtended } from './files/extended/with-extended.ts'
import { withBlock } from './files/edit/block-edit.ts'
import { applyTextChange, backupField, observeTextFile, textChange, textDestroyed, textMessage, textPaths, withAttributesDiff, type TextFile } from './files/text-file.ts'

/** `ansible.builtin.blockinfile`: lines between two markers in a text file. */
export const blockinfile = withExtended(defineModule({
  name: 'blockinfile',
  listsDiffs: true,
  summary: 'Keep a block of lines between markers in a text file.',
  args: {
    path: { type: 'path', required: true, aliases: ['dest', 'destfile', 'name'], description: 'File to edit.' },
    state: { type: 'str', choices: ['present', 'absent'], default: 'present', description: 'Whether the block is to be there.' },
    block: { type: 'str', default: '', aliases: ['content'], description: 'The lines; nothing removes the block.' },
    marker: { type: 'str', default: '# {mark} ANSIBLE MANAGED BLOCK', description: 'Line above and below the block; `{mark}` becomes the words of the next two.' },
    marker_begin: { type: 'str', default: 'BEGIN', description: 'Word of the marker above.' },
    marker_end: { type: 'str', default: 'END', description: 'Word of the marker below.' },
    insertafter: { type: 'str', description: 'Put a new block after the last line that this expression matches, or `EOF`.' },
    insertbefore: { type: 'str', description: 'Put a new block before the last line that this expression matches, or `BOF`.' },
    prepend_newline: { type: 'bool', default: false, description: 'Keep an empty line above the block.' },
    append_newline: { type: 'bool', default: false, description: 'Keep an empty line below the block.' },
    create: { type: 'bool', default: false, description: 'Make the file when it is not there.' },
    backup: { type: 'bool', default: false, description: 'Keep a dated copy of the file beside it.' },
    validate: { type: 'str', description: 'Command that must accept the new content before it is used; `%s` is its path.' },
    ...attributeArguments,
  },
  constraints: { exclusive: [['insertbefore', 'insertafter']] },
  examples: [
    { name: 'Let users of a group in', args: { path: '/etc/ssh/sshd_config', block: 'Match Group ops\nPasswordAuthentication no\n' } },
    { name: 'Hosts of the region', args: { path: '/etc/hosts', block: '172.16.80.101 proxy0\n172.16.80.102 proxy1', marker: '# {mark} region' } },
  ],
  observe: ({ path }, remote) => observeTextFile(path, remote),
  diff: (args, before) => blockChange(args, before),
  apply: async ({ path, backup, validate }, change, remote) => {
    if (change.before.text === undefined) await remote.makeDirectory(dirname(path))
    return backupField(await applyTextChange(change, remote, { backup, validate }))
  },
  result: ({ path, state }, { text }) => ({ msg: state === 'absent' && text === undefined ? `File ${path} not present` : '' }),
  destroys: (_, change) => textDestroyed(change),
  undo: 'swap',
}), textPaths)

interface BlockWanted extends WantedAttributes {
  readonly path: string
  readonly state: 'present' | 'absent'
  readonly block: string
  readonly marker: string
  readonly marker_begin: string
  readonly marker_end: string
  readonly insertafter: string | undefined
  readonly insertbefore: string | undefined
  readonly prepend_newline: boolean
  readonly append_newline: boolean
  readonly create: boolean
}

function blockChange(wanted: BlockWanted, before: TextFile): Change<TextFile> | undefined {
  if (before.text === undefined && !wanted.create) throw new ModuleFailure(`Path ${wanted.path} does not exist !`, { rc: 257 })
  if (before.text === undefined && wanted.state === 'absent') return undefined
  const block = wanted.state === 'absent' ? '' : wanted.block
  const mark = (word: string): string => `${wanted.marker.replaceAll('{mark}', () => word)}\n`
  const text = withBlock(before.text ?? '', {
    block, begin: mark(wanted.marker_begin), end: mark(wanted.marker_end), insertafter: wanted.insertafter, insertbefore: wanted.insertbefore,
    prependNewline: wanted.prepend_newline, appendNewline: wanted.append_newline,
  })
  const change = textChange(before, text, wanted)
  return change === undefined ? undefined : { ...withAttributesDiff(change), fields: { msg: textMessage(messageOf(before.text, text, block), change) } }
}

function messageOf(before: string | undefined, after: string, block: string): string {
  if (before === after) return ''
  if (before === undefined) return 'File created'
  return block === '' ? 'Block removed' : 'Block inserted'
}
