import { defineModule } from '../module/define-module.ts'
import type { Change } from '../module/module.ts'
import { attributeArguments } from './files/attributes.ts'
import { unknownAccounts } from './files/unknown-accounts.ts'
import { withExtended } from './files/extended/with-extended.ts'
import { applyFile, fileResult } from './files/file/apply-file.ts'
import { diffFile } from './files/file/diff-file.ts'
import { observeFile } from './files/file/observe-file.ts'
import { FILE_STATES, type FileState } from './files/file/state.ts'

const TIME_FORMAT = '%Y%m%d%H%M.%S'

/** `ansible.builtin.file`: files, folders and links with their owner and permissions. */
export const file = withExtended(defineModule({
  name: 'file',
  summary: 'Manage files, folders and links with their owner and permissions.',
  args: {
    path: { type: 'path', required: true, aliases: ['dest', 'name'], description: 'What is managed.' },
    state: { type: 'str', choices: FILE_STATES, description: 'What is to be there. Absent: what is there already, with the attributes given.' },
    src: { type: 'path', description: 'What a link points to; relative to the link for symbolic ones.' },
    recurse: { type: 'bool', default: false, description: 'Set owner, group and permissions of everything below a folder too.' },
    force: { type: 'bool', default: false, description: 'Make a link to something that is not there, or in place of a file.' },
    follow: { type: 'bool', default: true, description: 'Work on what a link leads to instead of the link.' },
    modification_time: { type: 'str', description: '`preserve`, `now` or a time; `now` for touch, else `preserve`.' },
    modification_time_format: { type: 'str', default: TIME_FORMAT, description: 'Format of `modification_time`, as strptime has it.' },
    access_time: { type: 'str', description: '`preserve`, `now` or a time; `now` for touch, else `preserve`.' },
    access_time_format: { type: 'str', default: TIME_FORMAT, description: 'Format of `access_time`, as strptime has it.' },
    _diff_peek: { type: 'bool', description: 'Only tell whether the content looks binary, as plugins of Ansible ask.' },
    ...attributeArguments,
  },
  examples: [
    { name: 'Make a folder', args: { path: '/srv/app', state: 'directory', owner: 'www-data', mode: '0755' } },
    { name: 'Make a link', args: { src: '/srv/app/current', dest: '/srv/www', state: 'link' } },
    { name: 'Remove a tree', args: { path: '/srv/old', state: 'absent' } },
    { name: 'Make a file where there is none', args: { path: '/etc/app.conf', state: 'touch', modification_time: 'preserve', access_time: 'preserve' } },
  ],
  observe: observeFile,
  diff: diffFile,
  apply: applyFile,
  result: fileResult,
  cautions: ({ owner, group }, remote) => unknownAccounts({ owner, group }, remote),
  destroys: (_, change) => destroyed(change),
  undo: 'swap',
}), filePaths)

/** Whatever is at the path and will not be, or be something else. */
function destroyed({ before, after }: Change<FileState>): readonly string[] {
  return before.stat !== undefined && before.stat.type !== after.stat?.type ? [before.path] : []
}

function filePaths({ path, stat, below }: FileState): readonly string[] {
  return stat === undefined || stat.type === 'link' ? [] : [path, ...below.filter((entry) => entry.stat.type !== 'link').map((entry) => entry.path)]
}
