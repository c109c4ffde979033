import { randomBytes } from 'node:crypto'
import type { Channel, Connection } from '../../connection/connection.ts'
import { ConnectionError } from '../../connection/connection.ts'

/** sh source by which a shell on a terminal becomes one whose streams are pipes with names; where they are is told on the terminal. */
export const TAKE_WIRES = 'IFS= read -r p && exec >"$p.o" 2>"$p.e" <"$p.i" && exec /bin/sh'

/**
 * Connects the streams of a shell that waits on a terminal to a plain channel of the login user, by pipes that nobody else can name: their folder cannot be
 * listed, their names are secret and in no argv, and they are gone as soon as both sides have opened them.
 */
export async function wired(connection: Connection, terminal: Channel, timeout: number): Promise<Channel> {
  const wires = await connection.start('exec /bin/sh')
  const name = randomBytes(16).toString('hex')
  wires.stdin.write(layWires(name))
  try {
    const folder = await firstLine(wires, timeout)
    if (folder === '') throw new ConnectionError('become', 'Cannot take over from the terminal: no pipes could be made')
    terminal.stdout.resume()
    terminal.stderr.resume()
    terminal.stdin.write(`${folder}/${name}\n`)
    wires.stdin.write('go\n')
  } catch (error) {
    wires.kill()
    terminal.kill()
    throw error
  }
  return {
    stdin: wires.stdin, stdout: wires.stdout, stderr: wires.stderr,
    ended: Promise.race([terminal.ended, wires.ended]),
    kill: () => { wires.kill(); terminal.kill() },
  }
}

/** The other side opens its input last, so all are open once that is. */
function layWires(name: string): string {
  return `{ d=$(umask 077; mktemp -d) && chmod 711 "$d" && cd "$d" && mkfifo ${name}.i ${name}.o ${name}.e && chmod 666 ${name}.i ${name}.o ${name}.e; } || { echo; exit 1; }
echo "$d"; read -r go || { rm -rf -- "$d"; exit 1; }
cat <${name}.o & cat <${name}.e >&2 & exec 3>${name}.i; cd /; rm -rf -- "$d"; exec cat >&3
`
}

function firstLine({ stdout }: Channel, timeout: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const timer = setTimeout(() => { done(() => { reject(new ConnectionError('timeout', `Cannot take over from the terminal: no answer within ${timeout} s`)) }) }, timeout * 1000)
    const done = (settle: () => void): void => {
      clearTimeout(timer)
      stdout.removeListener('data', listen)
      settle()
    }
    const listen = (chunk: Buffer): void => {
      said += chunk.toString('utf8')
      if (said.includes('\n')) done(() => { resolve(said.slice(0, said.indexOf('\n'))) })
    }
    stdout.on('data', listen)
  })
}
