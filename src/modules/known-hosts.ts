import { createHmac, randomBytes } from 'node:crypto'
import { dirname } from 'node:path/posix'
import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { JsonObject } from '../value/value.ts'
import { linesOf, bare } from './files/edit/lines.ts'
import { applyTextChange, observeTextFile, textChange, textDestroyed, type TextFile } from './files/text-file.ts'

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

interface HostKey {
  readonly kind: string
  readonly key: string
  /** The whole line that was given. */
  readonly line: string
}

interface KnownHostsWanted extends ArgumentsOf<typeof args> {
  readonly keys: readonly HostKey[]
}

function keysOf({ key, name, state }: ArgumentsOf<typeof args>): readonly HostKey[] {
  if (key === undefined) return []
  const lines = key.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'))
  return lines.map((line) => {
    const { kind, key: text, hosts } = parseLine(line) ?? refuse(`Cannot read host key '${line}': it has a host, a kind and a key`)
    if (state === 'present' && !matchesHost(hosts, name.toLowerCase())) throw new ModuleFailure(`Host parameter does not match hashed host field in supplied key: ${name}`)
    return { kind, key: text, line }
  })
}

function refuse(message: string): never {
  throw new ModuleFailure(message)
}

interface KnownLine {
  readonly hosts: string
  readonly kind: string
  readonly key: string
}

function parseLine(line: string): KnownLine | undefined {
  const match = /^\s*(?:@\S+\s+)?(\S+)\s+(\S+)\s+(\S+)/.exec(line)
  const [, hosts, kind, key] = match ?? []
  return hosts === undefined || kind === undefined || key === undefined || hosts.startsWith('#') ? undefined : { hosts, kind, key }
}

function matchesHost(hosts: string, name: string): boolean {
  if (!hosts.startsWith('|1|')) return hosts.toLowerCase().split(',').includes(name)
  const [, , salt = '', digest = ''] = hosts.split('|')
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === digest
}

function knownHostsChange(wanted: KnownHostsWanted, before: TextFile): Change<TextFile> | undefined {
  const name = wanted.name.toLowerCase()
  const lines = linesOf(before.text ?? '')
  const isOurs = (line: string, kind?: string): boolean => {
    const parsed = parseLine(line)
    return parsed !== undefined && matchesHost(parsed.hosts, name) && (kind === undefined || parsed.kind === kind)
  }
  const isMeant = (line: string): boolean => wanted.keys.length === 0 || wanted.keys.some(({ kind, key }) => { const parsed = parseLine(line); return parsed?.kind === kind && parsed.key === key })
  if (wanted.state === 'absent') return before.text === undefined ? undefined : textChange(before, lines.filter((line) => !isOurs(line) || !isMeant(line)).join(''))
  const settled = wanted.keys.reduce((so, key) => withKey(so, key, { isOurs, wanted }), lines)
  return textChange(before, settled.join(''), before.text === undefined ? { mode: 0o644 } : {})
}

interface Setting {
  readonly isOurs: (line: string, kind?: string) => boolean
  readonly wanted: KnownHostsWanted
}

/** One line for each kind of key; another key of that kind for the host goes, since ssh would not know which to trust. */
function withKey(lines: readonly string[], { kind, key, line }: HostKey, { isOurs, wanted }: Setting): string[] {
  const right = (known: string): boolean => {
    const parsed = parseLine(known)
    return parsed?.key === key && (!wanted.hash_host || parsed.hosts.startsWith('|1|'))
  }
  const ours = lines.filter((known) => isOurs(known, kind))
  if (ours.length === 1 && ours.every(right)) return [...lines]
  const kept = lines.filter((known) => !isOurs(known, kind))
  const closed = kept.map((known) => `${bare(known)}\n`)
  return [...closed, `${wanted.hash_host ? hashed(line, wanted.name.toLowerCase()) : line}\n`]
}

function hashed(line: string, name: string): string {
  if (parseLine(line)?.hosts.startsWith('|1|')) return line
  const salt = randomBytes(20)
  const digest = createHmac('sha1', salt).update(name).digest('base64')
  return line.replace(/^(\s*(?:@\S+\s+)?)\S+/, `$1|1|${salt.toString('base64')}|${digest}`)
}
