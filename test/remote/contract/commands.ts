import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { EVERY_BYTE, type TestedHost } from './tested-host.ts'

/** How commands must be run. */
export function commandContract(host: TestedHost): void {
  describe('commands', () => {
    it('tell status, output and errors apart', async () => {
      const { status, stdout, stderr } = await host.remote.exec({ script: 'echo out; echo err >&2; exit 3' })
      expect([status, stdout.toString(), stderr.toString()]).toEqual([3, 'out\n', 'err\n'])
    })

    it('have stdin closed', async () => {
      expect((await host.remote.exec({ script: 'cat; echo end' })).stdout.toString()).toBe('end\n')
    })

    it('get stdin of any bytes, small and large', async () => {
      for (const stdin of [EVERY_BYTE, Buffer.concat(Array.from({ length: 200 }, () => EVERY_BYTE))]) {
        expect((await host.remote.exec({ script: 'cat', stdin })).stdout.equals(stdin)).toBe(true)
      }
    })

    it('need not read their stdin', async () => {
      const large = Buffer.alloc(3_000_000, 'x')
      expect((await host.remote.exec({ script: 'exit 4', stdin: large })).status).toBe(4)
      expect((await host.remote.exec({ script: 'echo fine' })).stdout.toString()).toBe('fine\n')
    })

    it('print any bytes, 20 MB of them too', async () => {
      writeFileSync(host.here('bytes'), EVERY_BYTE)
      const script = `i=0; while [ $i -lt 2000 ]; do cat '${host.here('bytes')}'; i=$((i + 1)); done`
      const { stdout } = await host.remote.exec({ script })
      expect(stdout.length).toBe(EVERY_BYTE.length * 2000)
      expect(stdout.subarray(-EVERY_BYTE.length).equals(EVERY_BYTE)).toBe(true)
    })

    it.each([
      ['exit 3', 3], ['exec true', 0], ['cd /', 0], ['set -e; false; true', 1], ['trap "exit 9" EXIT', 9], ['set -u; : "$nothing_here"', undefined],
      ['if; then', undefined], ["echo 'open", undefined], ['exec 1>&- 2>&-', 0], ['exec 0<&-; exit 1', 1], ['umask 0; x=1; readonly x', 0], ['kill -9 $(exec sh -c "echo \\$PPID")', undefined],
      ['unset PATH', 0], ['alias printf=false; printf() { false; }; true', 0], ['IFS=0123456789; set -f', 0], ['set -n', 0], ['return 3 2>/dev/null; exit 3', undefined],
    ])('cannot harm the conversation: %s', async (script, status) => {
      const before = (await host.remote.exec({ script: 'pwd; umask; echo "$IFS$-"' })).stdout.toString()
      const result = await host.remote.exec({ script })
      if (status !== undefined) expect(result.status).toBe(status)
      expect((await host.remote.exec({ script: 'pwd; umask; echo "$IFS$-"; command -v printf >/dev/null' })).stdout.toString()).toBe(before)
    })

    it('may print what looks like a frame', async () => {
      const { stdout, status } = await host.remote.exec({ script: String.raw`printf 'AAAAAAAAAAAAAAAAAAAAAAAA:0:e0;x:1:n;;\0\1'` })
      expect([stdout.toString('latin1'), status]).toEqual(['AAAAAAAAAAAAAAAAAAAAAAAA:0:e0;x:1:n;;\0\x01', 0])
    })

    it('do not see what the conversation is about', async () => {
      await host.remote.exec({ script: ':' })
      const { stdout } = await host.remote.exec({ script: 'set; env; cat /proc/$$/cmdline', environment: { SECRET_THING: 'visible' } })
      expect(stdout.toString()).toContain('SECRET_THING')
      // A token of the shell would be 24 characters of base64url before a colon.
      expect(stdout.toString()).not.toMatch(/[\w-]{24}:\d+:[en]/)
      expect((await host.remote.exec({ script: 'echo "$SECRET_THING"' })).stdout.toString()).toBe('\n')
    })

    it('run in a folder, with an environment, by another program', async () => {
      const [path, version] = host.otherShell
      const result = await host.remote.exec({ script: 'pwd; echo "$WORD"; echo "$BASH_VERSION"; cat', directory: host.folder, environment: { WORD: "it's $HOME" }, executable: path, stdin: Buffer.from('in') })
      expect(result.stdout.toString()).toMatch(new RegExp(`^${host.folder}\nit's \\$HOME\n${version}.*\nin$`))
    })

    it('fail when the folder is not there', async () => {
      const result = await host.remote.exec({ script: 'echo no', directory: host.here('missing') })
      expect([result.status === 0, result.stdout.toString()]).toEqual([false, ''])
    })

    it('are ended after their timeout, with everything they started', async () => {
      const started = Date.now()
      // The list of processes is the machine's: other runs of this test may be under way.
      const words = `sleep 31${process.pid}`
      await expect(host.remote.exec({ script: `${words}; echo no > ${host.here('late')}`, timeout: 0.3 })).rejects.toMatchObject({ kind: 'exec-timeout' })
      expect(Date.now() - started).toBeLessThan(3000)
      // One that was killed is there until it gets its turn to die.
      const running = async (): Promise<string> => (await host.remote.exec({ script: 'ps -e -o args 2>/dev/null || ps' })).stdout.toString()
      await expect.poll(running, { timeout: 3000 }).not.toMatch(new RegExp(`${words}$`, 'm'))
    })

    it('may take their time below the timeout', async () => {
      expect((await host.remote.exec({ script: 'sleep 0.1; echo done; exit 2', timeout: 5 }))).toMatchObject({ status: 2, stdout: Buffer.from('done\n') })
    })

    it('run at the same time when asked at the same time', async () => {
      const started = Date.now()
      await Promise.all([1, 2, 3].map(() => host.remote.exec({ script: 'sleep 2' })))
      expect(Date.now() - started).toBeLessThan(5000)
    })
  })

  describe('daemons', () => {
    it('that keep the streams open do not hang the command', async () => {
      const started = Date.now()
      expect((await host.remote.exec({ script: 'sleep 7 & echo started' })).stdout.toString()).toBe('started\n')
      expect(Date.now() - started).toBeLessThan(2000)
    })

    it('that write later do not get into later answers', async () => {
      writeFileSync(host.here('file'), 'content')
      await host.remote.exec({ script: 'i=0; while [ $i -lt 100 ]; do echo noise; echo noise >&2; sleep 0.01; i=$((i + 1)); done & exit 0' })
      for (let round = 0; round < 5; round++) {
        host.remote.forget()
        expect((await host.remote.readText(host.here('file')))).toBe('content')
        expect(await host.remote.exec({ script: 'echo pure; sleep 0.05' })).toEqual({ status: 0, stdout: Buffer.from('pure\n'), stderr: Buffer.alloc(0) })
      }
    })

    it('in a session of their own neither', async () => {
      await host.remote.exec({ script: 'setsid sh -c "sleep 0.2; echo noise" & sleep 0.05' })
      expect((await host.remote.exec({ script: 'sleep 0.4; echo pure' })).stdout.toString()).toBe('pure\n')
    })
  })
}
