import { dirname } from 'node:path/posix'
import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { JsonObject } from '../value/value.ts'
import { closed, linesOf } from './files/edit/lines.ts'
import { applyTextChange, observeTextFile, textChange, textDestroyed, type TextFile } from './files/text-file.ts'
import { hashedHost, matchesHost, namesHost, parseLine, sameHostForm, type KnownLine } from './system/ssh-keys/known-hosts-line.ts'

const args = {
  name: { type: 'str', required: true, aliases: ['host'], description: 'Host; `[host]:port` where ssh does not listen on port 22.' },
  key: { type: 'str', description: 'Lines as ssh-keyscan prints them: the host, the kind of key and the key.' },
  path: { type: 'path', default: '~/.ssh/known_hosts', description: 'File of known hosts.' },
  hash_host: { type: 'bool', default: false, description: 'Write the host hashed.' },
  state: { type: 'str', choices: ['absent', 'present'], default: 'present', description: 'Whether the key is to be known.' },
} as const

/** `ansible.builtin.known_hosts`: host keys that the host's ssh trusts. */
export const knownHosts = defineModule({
  name: 'known_hosts',
  summary: 'Add host keys to a known_hosts file, or remove a host from it.',
  args,
  constraints: { requiredIf: [['state', 'present', ['key']]] },
  examples: [
    { name: 'Trust a host', args: { name: 'git.example.com', key: 'git.example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGz7c3sGPQtJ', path: '/etc/ssh/ssh_known_hosts' } },
    { name: 'Forget a host', args: { name: 'old.example.com', state: 'absent' } },
  ],
  prepare: (given) => Promise.resolve({ ...given, keys: keysOf(given) }),
  observe: ({ path }, remote) => observeTextFile(path, remote),
  diff: (wanted, before) => {
    const change = knownHostsChange(wanted, before)
    return change === undefined ? undefined : { ...change, fields: { diff: diffFields(before.path, before.text, change.after.text) } }
  },
  apply: async ({ path }, change, remote) => {
    if (change.before.text === undefined) await remote.makeDirectory(dirname(path))
    await applyTextChange(change, remote)
    return {}
  },
  result: ({ name, path, state, key, hash_host: hashes }, { text }) => ({ name, path, state, key: key ?? null, hash_host: hashes, diff: diffFields(path, text, text) }),
  destroys: (_, change) => textDestroyed(change),
  undo: 'swap',
})

/** Ansible's result tells the difference whether or not it is shown. */
function diffFields(path: string, before: string | undefined, after: string | undefined): JsonObject {
  return { before: before ?? '', after: after ?? '', before_header: before === undefined ? '/dev/null' : path, after_header: after === undefined ? '/dev/null' : path }
}

interface HostKey extends KnownLine {
  /** The whole line as it is written. */
  readonly line: string
}

interface KnownHostsWanted extends ArgumentsOf<typeof args> {
  readonly keys: readonly HostKey[]
}

function keysOf({ key, name }: ArgumentsOf<typeof args>): readonly HostKey[] {
  if (key === undefined) return []
  if (/\S\s*,/.test(name)) throw new ModuleFailure('Comma separated list of names is not supported. Please pass a single name to lookup in the known_hosts file.')
  const lines = key.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'))
  return lines.map((line) => {
    const parsed = parseLine(line)
    if (parsed === undefined) throw new ModuleFailure(`Cannot read host key '${line}': it has a host, a kind and a key`)
    if (!matchesHost(parsed.hosts, name.toLowerCase())) throw new ModuleFailure('Host parameter does not match hashed host field in supplied key')
    return { ...parsed, line }
  })
}

function knownHostsChange(wanted: KnownHostsWanted, before: TextFile): Change<TextFile> | undefined {
  const name = wanted.name.toLowerCase()
  const lines = linesOf(before.text ?? '')
  if (wanted.state === 'absent') return before.text === undefined ? undefined : textChange(before, lines.filter((line) => !isUnwanted(line, name, wanted.keys)).join(''))
  const settled = wanted.keys.reduce((so, key) => withKey(so, key, wanted), lines)
  return textChange(before, settled.join(''), before.text === undefined ? { mode: 0o644 } : {})
}

/** Without keys all that names the host goes, but for authorities and patterns: they are there for others too. */
function isUnwanted(line: string, name: string, keys: readonly HostKey[]): boolean {
  const known = parseLine(line)
  if (known === undefined) return false
  if (keys.length === 0) return known.marker !== '@cert-authority' && namesHost(known.hosts, name)
  return matchesHost(known.hosts, name) && keys.some((key) => isSameKey(key, known))
}

function isSameKey(one: KnownLine, other: KnownLine): boolean {
  return one.kind === other.kind && one.key === other.key && one.marker === other.marker
}

/** One line for each kind of key; another key of that kind for the host goes, since ssh would not know which to trust. */
function withKey(lines: readonly string[], key: HostKey, { name: given, hash_host: hashes }: KnownHostsWanted): string[] {
  const name = given.toLowerCase()
  const hosts = hashes && !key.hosts.startsWith('|1|') ? undefined : key.hosts
  const known = lines.map((line) => parseLine(line))
  const isOurs = (line: KnownLine | undefined): line is KnownLine => line !== undefined && matchesHost(line.hosts, name)
  if (known.some((line) => isOurs(line) && isSameKey(line, key) && sameHostForm(line.hosts, hosts))) return [...lines]
  const replaced = known.findIndex((line) => isOurs(line) && line.kind === key.kind && (line.marker === '' || line.marker === key.marker && line.key === key.key))
  const kept = lines.filter((_, index) => index !== replaced)
  return [...closed(kept), `${hosts === undefined ? key.line.replace(key.hosts, () => hashedHost(name)) : key.line}\n`]
}
