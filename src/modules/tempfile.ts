import { randomBytes } from 'node:crypto'
import { join } from 'node:path/posix'
import { defineAction } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'

/** `ansible.builtin.tempfile`: a new file or folder under a name that nothing has. */
export const tempfile = defineAction({
  name: 'tempfile',
  summary: 'Make a temporary file or folder.',
  where: 'host',
  check: 'predict',
  args: {
    state: { type: 'str', choices: ['file', 'directory'], default: 'file', description: 'What to make.' },
    path: { type: 'path', default: '/tmp', description: 'Folder to make it in.' },
    prefix: { type: 'str', default: 'ansible.', description: 'Begin of its name.' },
    suffix: { type: 'str', default: '', description: 'End of its name.' },
  },
  examples: [{ name: 'Make a folder to build in', args: { state: 'directory', prefix: 'build.' }, again: 'each has a name of its own' }],
  run: async ({ state, path: folder, prefix, suffix }, { remote }) => {
    if ((await remote.stat(folder))?.type !== 'directory') throw new ModuleFailure(`Cannot make a temporary ${state}: No such file or directory: '${folder}'`)
    const path = join(folder, `${prefix}${randomBytes(6).toString('base64url')}${suffix}`)
    if (state === 'directory') await remote.makeDirectory(path, { mode: 0o700 })
    else await remote.writeFile(path, '', { mode: 0o600 })
    const stat = await remote.stat(path)
    const owned = stat && { owner: stat.owner, group: stat.group, uid: stat.uid, gid: stat.gid, size: stat.size }
    return { changed: true, fields: { path, state, ...owned, mode: state === 'directory' ? '0700' : '0600' } }
  },
  predict: ({ state }) => Promise.resolve({ changed: true, unknownFields: ['path'], fields: { state } }),
})
