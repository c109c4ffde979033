import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConnectionTarget } from '../../src/connection/connection.ts'
import { connect } from '../../src/connection/index.ts'
import { openSession } from '../../src/remote/open-session.ts'
import { connectionContract } from '../connection/connection-contract.ts'

/**
 * A real container of podman's, made of this machine's programs: an empty root over which /usr and /etc lie. podman speaks docker's command line
 * as well. There is no cluster here: for kubectl stands a program that takes its arguments apart and has podman run the rest.
 */
const NAME = `tsplay-${process.pid}`
let folder: string
let podman: readonly string[]

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tsplay-containers-'))
  const root = join(folder, 'root')
  mkdirSync(root)
  for (const name of ['bin', 'lib', 'lib64', 'sbin']) symlinkSync(`usr/${name}`, join(root, name))
  for (const name of ['usr', 'etc', 'proc', 'sys', 'dev', 'tmp', 'root', 'run', 'sockets']) mkdirSync(join(root, name))
  mkdirSync(join(folder, 'sockets'))
  podman = ['--root', join(folder, 'storage'), '--runroot', join(folder, 'run'), '--storage-driver', 'vfs', '--cgroup-manager', 'cgroupfs', '--events-backend', 'none', '--runtime', 'runc']
  execFileSync('podman', [
    ...podman, 'run', '--detach', '--name', NAME, '--network', 'host', '--ulimit', 'nofile=1024:4096', '--ulimit', 'nproc=1000:1000',
    '--volume', '/usr:/usr:ro', '--volume', '/etc:/etc:ro', '--volume', `${join(folder, 'sockets')}:/sockets`, '--rootfs', root, '/bin/sleep', '900',
    // Its monitor keeps the streams that it is given.
  ], { stdio: 'ignore' })
  symlinkSync(execFileSync('sh', ['-c', 'command -v podman'], { encoding: 'utf8' }).trim(), join(folder, 'docker'))
  writeFileSync(join(folder, 'kubectl'), KUBECTL, { mode: 0o755 })
})

afterAll(() => {
  execFileSync('podman', [...podman, 'rm', '--force', '--time', '0', NAME], { stdio: 'ignore' })
  rmSync(folder, { recursive: true, force: true })
})

const KUBECTL = `#!/bin/sh
[ "$1 $2 $3 $4 $5 $6 $7 $8" = "--quiet-please --kubeconfig=/etc/kube --namespace=shop exec -i web-0 -c app" ] || { echo "error: unknown: $*" >&2; exit 1; }
shift 8; [ "$1" = -- ] || exit 1; shift
exec podman $PODMAN_WORDS exec -i $CONTAINER_NAME "$@"
`

const target = (kind: string, changes: Partial<ConnectionTarget> = {}): ConnectionTarget => ({
  kind, host: NAME, hostKeyChecking: true, timeout: 20, options: { extraArgs: podman.join(' '), ...kind === 'docker' && { executable: join(folder, 'docker') } }, ...changes,
})

function kubectl(): ConnectionTarget {
  process.env['PODMAN_WORDS'] = podman.join(' ')
  process.env['CONTAINER_NAME'] = NAME
  return target('kubernetes.core.kubectl', { host: 'web-0', options: { executable: join(folder, 'kubectl'), kubeconfig: '/etc/kube', namespace: 'shop', container: 'app', extraArgs: '--quiet-please' } })
}

const sockets = () => ({ here: join(folder, 'sockets'), there: '/sockets' })

connectionContract('podman', () => connect(target('containers.podman.podman')), sockets)
connectionContract('docker', () => connect(target('docker')), sockets)
connectionContract('kubectl', () => connect(kubectl()), sockets)

describe('a container', () => {
  it('is worked in as its user, or the one that is asked for', async () => {
    expect(await whoIs(target('podman'))).toBe('root')
    expect(await whoIs(target('podman', { user: 'nobody' }))).toBe('nobody')
  })

  it('becomes another user there', async () => {
    const session = openSession(target('podman'), connect)
    const { stdout } = await (await session.remote({ method: 'su', user: 'nobody', flags: '-s /bin/sh' })).exec({ script: 'id -un' })
    await session.close()
    expect(stdout.toString()).toBe('nobody\n')
  })

  it('that is not there is told of', async () => {
    await expect(connect(target('podman', { host: 'nobodys' }))).rejects.toMatchObject({ kind: 'refused', message: expect.stringMatching(/^Cannot enter podman nobodys: .*no such container/s) as unknown })
  })
})

async function whoIs(from: ConnectionTarget): Promise<string> {
  const session = openSession(from, connect)
  const { stdout } = await (await session.remote()).exec({ script: 'id -un' })
  await session.close()
  return stdout.toString().trim()
}
