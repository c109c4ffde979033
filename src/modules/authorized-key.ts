import { dirname } from 'node:path/posix'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import { observeHome } from './system/accounts/user-probe.ts'
import { editAuthorizedKeys, type WantedKeys } from './system/ssh-keys/authorized-keys.ts'

/** The file and its folder. */
interface KeysState {
  readonly path: string
  /** Null when there is none. */
  readonly text: string | null
  readonly folderExists: boolean
  readonly owner: string
  readonly group: string
}

/** `ansible.posix.authorized_key`: keys that let someone log in as a user. */
export const authorizedKey = defineModule({
  name: 'authorized_key',
  aliases: ['ansible.posix.authorized_key'],
  summary: 'Keep SSH keys in a user\'s authorized_keys, or keep them away.',
  args: {
    user: { type: 'str', required: true, description: 'Whose file.' },
    key: { type: 'str', required: true, description: 'Public keys, one a line.' },
    state: { type: 'str', default: 'present', choices: ['present', 'absent'], description: 'Whether they are to be there.' },
    path: { type: 'path', description: 'Another file.' },
    manage_dir: { type: 'bool', default: true, description: 'Whether its folder is made as the user\'s own, where it is not there.' },
    key_options: { type: 'str', description: 'Options before the keys.' },
    comment: { type: 'str', description: 'Comment after the keys.' },
    exclusive: { type: 'bool', default: false, description: 'Whether all other keys go.' },
    follow: { type: 'bool', default: false, description: 'Accepted for compatibility: a link is followed.' },
    validate_certs: { type: 'bool', default: true, description: 'Accepted for compatibility.' },
  },
  examples: [{ name: 'Let the firstbox in', args: { user: 'root', key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHzwzOm88twd firstbox' } }],
  prepare: async ({ key, key_options: options, ...rest }): Promise<WantedFile> => {
    if (/^https?:/.test(key)) throw new ModuleFailure('Cannot fetch keys from an address: give the keys themselves, such as with the url lookup')
    return { ...rest, keys: key, options }
  },
  observe: async (wanted, remote): Promise<KeysState> => {
    const user = await observeHome(wanted.user, remote)
    if (user === null) throw new ModuleFailure(`Failed to lookup user ${wanted.user}: there is no such user`)
    const path = wanted.path ?? `${user.home}/.ssh/authorized_keys`
    const [text, folder] = await Promise.all([remote.readText(path), remote.stat(dirname(path))])
    return { path, text: text ?? null, folderExists: folder !== undefined, owner: user.name, group: user.group }
  },
  diff: (wanted, before) => {
    const text = editAuthorizedKeys(wanted, before.text ?? '')
    if (text === (before.text ?? '')) return undefined
    const headers = { beforeHeader: before.path, afterHeader: before.path }
    return { before, after: { ...before, text, folderExists: true }, diff: [{ before: before.text ?? '', after: text, ...headers }] }
  },
  apply: async ({ manage_dir: manages }, { before, after }, remote) => {
    const { path, owner, group } = after
    if (!before.folderExists && after.folderExists) await remote.makeDirectory(dirname(path), manages ? { mode: 0o700, owner, group } : {})
    if (after.text === null) await remote.remove(path)
    else await remote.writeFile(path, after.text, before.text === null ? { mode: 0o600, owner, group } : {})
    return undefined
  },
  result: ({ keys, options, path, comment, ...wanted }, file) => ({
    ...wanted, key: keys, key_options: options ?? null, comment: comment ?? null, path: path ?? null, keyfile: file.path,
  }),
  destroys: (_wanted, { before }) => before.text === null ? [] : [before.path],
})

interface WantedFile extends WantedKeys {
  readonly user: string
  readonly path: string | undefined
  readonly manage_dir: boolean
}
