import { dirname } from 'node:path/posix'
import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import { attributeArguments } from './files/attributes.ts'
import { withExtended } from './files/extended/with-extended.ts'
import { applyTextChange, observeTextFile, textChange, textDestroyed, textMessage, textPaths, type TextFile } from './files/text-file.ts'
import { isHashOf, passwordHashFor } from './system/htpasswd/hashes.ts'
import { hashOf, hidden, withUser } from './system/htpasswd/password-file.ts'

const args = {
  path: { type: 'path', required: true, aliases: ['dest', 'destfile'], description: 'The file.' },
  name: { type: 'str', required: true, aliases: ['username'], description: 'The user.' },
  password: { type: 'str', secret: true, description: 'The password; needed when the user is to be there.' },
  hash_scheme: {
    type: 'str', default: 'apr_md5_crypt', aliases: ['crypt_scheme'],
    description: 'How a new password is kept: `apr_md5_crypt`, `bcrypt`, `sha256_crypt`, `sha512_crypt`, `md5_crypt`, `ldap_sha1`, `plaintext`, `portable` or `portable_apache_24`.',
  },
  state: { type: 'str', default: 'present', choices: ['present', 'absent'], description: 'Whether the user is to be there.' },
  create: { type: 'bool', default: true, description: 'Make the file when it is not there.' },
  ...attributeArguments,
} as const

/** `community.general.htpasswd`: users of a web server's password file. */
export const htpasswd = withExtended(defineModule({
  name: 'htpasswd',
  aliases: ['community.general.htpasswd'],
  summary: 'Keep a user in a password file of a web server.',
  args,
  examples: [{ name: 'Who may see the statistics', args: { path: '/etc/nginx/htpasswd', name: 'stats', password: '{{ stats_password }}', owner: 'root', group: 'www-data', mode: '0640' } }],
  observe: ({ path }: WantedUser, remote) => observeTextFile(path, remote),
  diff: userChange,
  apply: async (_wanted, change: Change<TextFile>, remote) => {
    if (change.before.text === undefined) await remote.makeDirectory(dirname(change.after.path))
    await applyTextChange(change, remote)
    return undefined
  },
  result: ({ name, state }) => ({ msg: `${name} ${state === 'present' ? 'already' : 'not'} present` }),
  destroys: (_wanted, change) => textDestroyed(change),
}), textPaths)

type WantedUser = ArgumentsOf<typeof args>

function userChange(wanted: WantedUser, before: TextFile): Change<TextFile> | undefined {
  const { path, name, state, create } = wanted
  if (before.text === undefined && state === 'absent') return undefined
  if (before.text === undefined && !create) throw new ModuleFailure(`Destination ${path} does not exist`)
  const text = wantedText(wanted, before.text ?? '')
  const change = textChange(before, text, wanted)
  if (change === undefined) return undefined
  const fields = { msg: textMessage(messageOf(wanted, before, text), change) }
  // Hashes are as good as passwords to whoever has time.
  const diff = { before: hidden(before.text ?? ''), after: hidden(text, { marked: name }), beforeHeader: path, afterHeader: path }
  return text === before.text ? { ...change, fields } : { ...change, diff: [diff], fields }
}

function messageOf({ path, name, state }: WantedUser, before: TextFile, text: string): string {
  if (text === before.text) return `${name} ${state === 'present' ? 'already' : 'not'} present`
  if (state === 'absent') return `Remove ${name}`
  return before.text === undefined ? `Created ${path} and added ${name}` : `Add/update ${name}`
}

function wantedText({ name, password, state, hash_scheme: scheme }: WantedUser, text: string): string {
  const hash = hashOf(name, text)
  if (state === 'absent') return hash === undefined ? text : withUser(name, undefined, text)
  if (password === undefined) throw new ModuleFailure('A password is needed for a user that is to be there')
  return hash !== undefined && isHashOf(hash, password) ? text : withUser(name, passwordHashFor(scheme, password), text)
}
