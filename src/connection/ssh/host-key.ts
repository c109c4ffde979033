import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { ConnectionError } from '../connection.ts'
import { entriesFor, judgeKey, keyTypeIn, parseKnownHosts, type KnownHost } from './known-hosts.ts'
import type { SshSettings } from './ssh-settings.ts'

/** Checks the key of one server. */
export interface HostKeyCheck {
  /** Types of the keys that known_hosts has for the server. */
  readonly knownTypes: ReadonlySet<string>
  /** Why the key cannot be trusted, or undefined when it can. */
  refuse(key: Buffer): ConnectionError | undefined
}

/** Reads the known_hosts files that count for a server. */
export async function hostKeyCheck(settings: SshSettings): Promise<HostKeyCheck> {
  const files = await Promise.all(settings.knownHostsFiles.map(async (path) => ({ path, text: await readFile(path, 'utf8').catch(() => '') })))
  const entries = entriesFor(parseKnownHosts(files), settings.hostKeyName, settings.port)
  return {
    knownTypes: new Set(entries.filter((entry) => entry.marker === undefined).map((entry) => entry.keyType)),
    refuse: (key) => refusal(settings, entries, key),
  }
}

function refusal(settings: SshSettings, entries: readonly KnownHost[], key: Buffer): ConnectionError | undefined {
  const verdict = judgeKey(entries, key)
  const shown = `${keyTypeIn(key)} ${fingerprint(key)}`
  const server = settings.port === 22 ? settings.hostKeyName : `[${settings.hostKeyName}]:${settings.port}`
  if (verdict.kind === 'known') return undefined
  if (verdict.kind === 'revoked') {
    return new ConnectionError('host-key-changed', `Cannot trust ${settings.name}: its key ${shown} is revoked at ${place(verdict.by)}`)
  }
  if (settings.hostKeyChecking === 'off') return undefined
  if (verdict.kind === 'changed') {
    const { expected } = verdict
    return new ConnectionError('host-key-changed', `Cannot trust ${settings.name}: its host key has changed. ${server} shows ${shown}, but ${place(expected)} has ${expected.keyType} ${fingerprint(expected.key)}. `
      + 'Either the host was set up anew (then correct that line) or another machine answers in its place')
  }
  if (settings.hostKeyChecking === 'accept-new') return undefined
  const authority = verdict.authorities[0]
  const hint = authority === undefined ? '' : ` (${place(authority)} names a certificate authority for it, but host certificates are not supported)`
  return new ConnectionError('host-key-unknown', `Cannot trust ${settings.name}: no key of ${server} is in ${settings.knownHostsFiles.join(', ')}${hint}. It shows ${shown}; add it with ssh-keyscan once you have checked it`)
}

function place(entry: KnownHost): string {
  return `${entry.file}:${entry.line}`
}

function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`
}
