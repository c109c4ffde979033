import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Connection, ConnectionTarget } from '../connection.ts'
import { channelOf, endChild, startChild } from '../process/child-channel.ts'
import { firstLine } from '../process/first-line.ts'
import { plainEnd } from '../process/process-connection.ts'
import { openAskpass } from './askpass.ts'
import { openKeyAgent, type KeyAgent } from './key-agent.ts'
import { hasControlPath, opensshArguments } from './openssh-arguments.ts'
import { OpensshConnection } from './openssh-connection.ts'
import { opensshError } from './openssh-errors.ts'

/**
 * Connects by the system's ssh program, for what only that can do: GSSAPI, security keys, ProxyCommand, Match, and connections that are shared
 * between runs. Its first command tells who was logged in and then waits, so that the connection that all others share lives as long as tsplay.
 */
export async function connectOpenssh(target: ConnectionTarget): Promise<Connection> {
  // A socket's path has room for about 100 characters.
  const folder = mkdtempSync(join(tmpdir(), 'tsplay-ssh-'))
  const agent = await agentOf(target, folder)
  const askpass = openAskpass(folder, { password: target.password, passphrase: target.privateKeyPassphrase })
  const remove = (): void => {
    askpass.close()
    agent?.close()
    rmSync(folder, { recursive: true, force: true })
  }
  const { ssh, words } = programOf(target, agent)
  const shared = hasControlPath(target) ? [] : ['-o', `ControlPath=${folder}/mux`]
  const master = shared.length === 0 ? [] : ['-o', 'ControlMaster=yes', '-o', 'ControlPersist=no']
  const host = target.address ?? target.host
  // ssh takes the first of options given twice: ours come before those of the user.
  const child = startChild([ssh, ...master, ...shared, ...words, host, 'id -un; exec cat'], { environment: askpass.environment, detached: true })
  try {
    const begun = await firstLine(channelOf(child, plainEnd), `connect to ${target.host}`, target.timeout + 1)
    if (begun.kind === 'ended') throw opensshError(begun.said, `connect to ${target.host}`)
    const follower = shared.length === 0 ? [] : ['-o', 'ControlMaster=no', ...shared]
    return new OpensshConnection({
      name: target.host, host, user: begun.line.trim(), ssh: [ssh, ...follower, ...words], folder, master: child,
      timeout: target.timeout, environment: askpass.environment,
      closed: remove,
    })
  } catch (error) {
    endChild(child)
    remove()
    throw error
  }
}

interface Program {
  readonly ssh: string
  readonly words: readonly string[]
}

function programOf(target: ConnectionTarget, agent: KeyAgent | undefined): Program {
  const identity = agent === undefined ? [] : ['-o', `IdentityAgent=${agent.socket}`]
  return { ssh: target.options?.['executable'] ?? 'ssh', words: [...identity, ...opensshArguments(target)] }
}

async function agentOf({ host, privateKey: key, privateKeyPassphrase: passphrase }: ConnectionTarget, folder: string): Promise<KeyAgent | undefined> {
  if (key === undefined) return undefined
  return openKeyAgent(folder, { host, key, passphrase }).catch((error: unknown) => {
    rmSync(folder, { recursive: true, force: true })
    throw error
  })
}
