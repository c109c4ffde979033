import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '../../src/connection/index.ts'
import { openSession } from '../../src/remote/open-session.ts'
import type { Become, HostSession } from '../../src/remote/session.ts'
import { PASSWORD, startServer, type TestServer } from '../connection/test-server.ts'

let server: TestServer
const open: HostSession[] = []

beforeAll(async () => { server = await startServer() })
afterAll(async () => {
  for (const session of open) await session.close()
  await server.stop()
})

/** A session of one of the server's accounts, and what `id -un` says for it as another user. */
function session(user: string, timeout = 10): HostSession {
  const made = openSession(server.target({ user, timeout }), connect)
  open.push(made)
  return made
}

async function whoIs(from: string, become: Become): Promise<string> {
  const remote = await session(from).remote(become)
  const { stdout, stderr } = await remote.exec({ script: 'id -un; echo err >&2' })
  return `${remote.user} ${stdout.toString().trim()} ${stderr.toString().trim()}`
}

describe('become', () => {
  it.each<[string, Become, string]>([
    ['trusted', { method: 'sudo', user: 'root' }, 'root root err'],
    ['trusted', { method: 'sudo', user: 'nobodys' }, 'nobodys nobodys err'],
    ['asked', { method: 'sudo', user: 'root', password: PASSWORD }, 'root root err'],
    ['trusted', { method: 'sudo', user: 'root', password: 'not asked for' }, 'root root err'],
    ['asked', { method: 'sudo', user: 'root', password: PASSWORD, flags: '-H -S -n' }, 'root root err'],
    ['root', { method: 'su', user: 'nobodys' }, 'nobodys nobodys err'],
    ['root', { method: 'su', user: 'nobodys', flags: '-' }, 'nobodys nobodys err'],
    ['nobodys', { method: 'su', user: 'asked', password: PASSWORD }, 'asked asked err'],
    ['nobodys', { method: 'sudo', user: 'nobodys' }, 'nobodys nobodys err'],
    ['seated', { method: 'sudo', user: 'root', password: PASSWORD }, 'root root err'],
    ['trusted', { method: 'doas', user: 'root' }, 'root root err'],
    ['trusted', { method: 'doas', user: 'root', password: 'not asked for' }, 'root root err'],
    ['asked', { method: 'doas', user: 'root', password: PASSWORD }, 'root root err'],
    ['asked', { method: 'doas', user: 'nobodys', password: PASSWORD, flags: '-n' }, 'nobodys nobodys err'],
  ])('%s by %o', async (from, become, expected) => {
    expect(await whoIs(from, become)).toBe(expected)
  })

  it.each<[string, string, Become, RegExp]>([
    ['a wrong password', 'asked', { method: 'sudo', user: 'root', password: 'wrong' }, /^Cannot become root on box by sudo: the password is wrong$/],
    ['a wrong password of su', 'nobodys', { method: 'su', user: 'asked', password: 'wrong' }, /by su: .*(?:Authentication failure|password is wrong)/s],
    ['no password', 'asked', { method: 'sudo', user: 'root' }, /by sudo: .*password is required/],
    ['no password for su', 'nobodys', { method: 'su', user: 'asked' }, /by su: a password is required, and none is given/],
    ['no permission', 'nobodys', { method: 'sudo', user: 'root', password: PASSWORD }, /by sudo: .*nobodys is not in the sudoers file/s],
    ['a wrong password of doas', 'asked', { method: 'doas', user: 'root', password: 'wrong' }, /^Cannot become root on box by doas: .*(?:Authentication failed|Authorization failed|password is wrong)/s],
    ['no password for doas', 'asked', { method: 'doas', user: 'root' }, /by doas: .*(?:required|failed)/s],
    ['no permission of doas', 'nobodys', { method: 'doas', user: 'root', password: PASSWORD }, /by doas: .*Operation not permitted/s],
    ['an unknown user', 'trusted', { method: 'sudo', user: 'nobody-there' }, /by sudo: .*unknown user/],
    ['a missing program', 'trusted', { method: 'doas', user: 'root', executable: '/nowhere/doas' }, /by doas: .*\/nowhere\/doas.*not found/s],
  ])('is refused with %s, saying so', async (...[, from, become, message]) => {
    await expect(session(from).remote(become)).rejects.toMatchObject({ kind: 'become', message: expect.stringMatching(message) as unknown })
  })

  it('is done for the login user too, where that is wanted', async () => {
    const who = async (always?: true): Promise<string> => {
      const remote = await session('trusted').remote({ method: 'sudo', user: 'trusted', ...always && { always } })
      return (await remote.exec({ script: 'echo "$(id -un) ${SUDO_USER-}"' })).stdout.toString().trim()
    }
    expect([await who(), await who(true)]).toEqual(['trusted', 'trusted trusted'])
  })

  it('works in a folder that the user may look into', async () => {
    const remote = await session('root').remote({ method: 'su', user: 'nobodys' })
    const { stdout } = await remote.exec({ script: '[ -r . ] && [ -x . ] && echo yes' })
    expect(stdout.toString()).toBe('yes\n')
  })

  it('ends before a write that needs its user gone, and begins anew when it is wanted again', async () => {
    const host = session('trusted')
    const [root, user] = [await host.remote({ method: 'sudo', user: 'root' }), await host.remote({ method: 'sudo', user: 'nobodys' })]
    const shell = async (): Promise<string> => (await user.exec({ script: 'echo $$' })).stdout.toString().trim()
    const before = await shell()
    // A shell that was closed may take a moment to end.
    const isGone = `n=0; while kill -0 ${before} 2>/dev/null && [ $n -lt 50 ]; do n=$((n + 1)); sleep 0.1; done; ! kill -0 ${before} 2>/dev/null`
    expect((await root.write({ summary: 'Look', command: { script: isGone }, effects: { leaves: ['nobodys'] } })).status).toBe(0)
    expect(await shell()).not.toBe(before)
  })

  it('is given up when the program does not answer', async () => {
    const started = Date.now()
    await expect(session('trusted', 1).remote({ method: 'sudo', user: 'root', executable: 'sleep 60 #' })).rejects.toMatchObject({ kind: 'become', message: expect.stringContaining('no answer within 1 s') as unknown })
    expect(Date.now() - started).toBeLessThan(3000)
  })

  it('leaves the conversation of the login user as it was', async () => {
    const both = session('trusted')
    const [login, root] = [await both.remote(), await both.remote({ method: 'sudo', user: 'root' })]
    const ids = await Promise.all([login, root, login].map(async (remote) => (await remote.exec({ script: 'id -un' })).stdout.toString().trim()))
    expect(ids).toEqual(['trusted', 'root', 'trusted'])
    expect(await both.remote({ method: 'sudo', user: 'root' })).toBe(root)
  })

  it('by a terminal leaves bytes as they are, and nothing behind', async () => {
    const remote = await session('asked').remote({ method: 'doas', user: 'root', password: PASSWORD })
    const bytes = Buffer.from(Array.from({ length: 256 * 300 }, (_, index) => index % 256))
    const { stdout, stderr, status } = await remote.exec({ script: 'cat; printf "\\003\\004" >&2; exit 3', stdin: bytes })
    expect([stdout.equals(bytes), stderr.toString('hex'), status]).toEqual([true, '0304', 3])
    const { stdout: left } = await remote.exec({ script: `find /tmp -maxdepth 2 -user asked -name '*.[ioe]'; cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr "\\0" "\\n" | grep -c '${PASSWORD}$'` })
    expect(left.toString().trim()).toBe('0')
  })

  it('shows no password in any process', async () => {
    const remote = await session('asked').remote({ method: 'sudo', user: 'root', password: PASSWORD })
    const { stdout } = await remote.exec({ script: 'cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr "\\0" "\\n"; echo "user=$SUDO_USER"' })
    expect(stdout.toString()).not.toContain(PASSWORD)
    expect(stdout.toString()).toContain('user=asked')
  })

  it('makes users see what others changed', async () => {
    const both = session('trusted')
    const [login, root] = [await both.remote(), await both.remote({ method: 'sudo', user: 'root' })]
    const path = `/tmp/tsplay-become-${process.pid}`
    expect(await login.stat(path)).toBeUndefined()
    await root.writeFile(path, 'secret', { mode: 0o600 })
    expect(await login.stat(path)).toMatchObject({ owner: 'root', mode: 0o600 })
    await expect(login.readFile(path)).rejects.toMatchObject({ kind: 'command', message: `Cannot read ${path}: permission denied` })
    await root.remove(path)
  })

  it('lets users without rights make files that they may only read', async () => {
    const login = await session('trusted').remote()
    const path = `/tmp/tsplay-readonly-${process.pid}`
    for (const text of ['one', 'two']) {
      await login.writeFile(path, text, { mode: 0o440 })
      expect([await login.readText(path), (await login.stat(path))?.mode]).toEqual([text, 0o440])
    }
    await login.remove(path)
  })

  it('makes no one see what is below a closed folder', async () => {
    const login = await session('trusted').remote()
    await expect(login.stat('/root/file')).rejects.toMatchObject({ kind: 'command', message: expect.stringContaining('Permission denied') as unknown })
  })
})
