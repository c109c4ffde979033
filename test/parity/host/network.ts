import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { NETWORK } from './image.ts'
import type { ParityHost } from './parity-host.ts'

/** Lets a host reach the mirror on this machine; resolves when it can, to what ends it. */
export async function startRelay(host: ParityHost, socket: string): Promise<() => void> {
  const [program = '', ...words] = host.through
  const relay = spawn(program, [...words, process.execPath, join(import.meta.dirname, 'relay.mjs'), NETWORK.router, String(NETWORK.mirrorPort), socket], { stdio: ['pipe', 'pipe', 'inherit'] })
  await once(relay.stdout, 'data')
  return () => { relay.stdin.end() }
}
