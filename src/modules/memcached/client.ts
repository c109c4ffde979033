import type { Duplex } from 'node:stream'
import type { Remote } from '../../remote/remote.ts'
import { ModuleFailure } from '../../module/module.ts'

/** Every key of a memcached server that its crawler sees. */
export function listKeys(remote: Remote, port: number): Promise<readonly string[]> {
  return converse(remote, port, async (ask) => {
    const answer = await ask('lru_crawler metadump all\r\n', /(?:^|\n)(?:END|ERROR|BUSY.*|CLIENT_ERROR.*|SERVER_ERROR.*)\r?\n$/)
    if (!/(?:^|\n)END\r?\n$/.test(answer)) throw new ModuleFailure(`Cannot list the keys of memcached on ${remote.host}: ${answer.trim().split('\n').at(-1) ?? ''}`)
    return [...answer.matchAll(/^key=(\S+) /gm)].map(([, key = '']) => decodeURIComponent(key))
  })
}

/** Deletes keys; those that are gone already do not matter. */
export function deleteKeys(remote: Remote, port: number, keys: readonly string[]): Promise<void> {
  return converse(remote, port, async (ask) => {
    const answer = await ask(keys.map((key) => `delete ${key}\r\n`).join(''), new RegExp(`^(?:[^\\n]*\\n){${keys.length}}$`))
    const wrong = answer.split('\r\n').find((line) => line !== '' && line !== 'DELETED' && line !== 'NOT_FOUND')
    if (wrong !== undefined) throw new ModuleFailure(`Cannot delete keys of memcached on ${remote.host}: ${wrong}`)
  })
}

type Ask = (request: string, end: RegExp) => Promise<string>

async function converse<T>(remote: Remote, port: number, work: (ask: Ask) => Promise<T>): Promise<T> {
  const stream = await remote.dial({ kind: 'tcp', host: '127.0.0.1', port })
  try {
    return await work((request, end) => exchange(stream, request, end))
  } finally {
    stream.destroy()
  }
}

/** Milliseconds for an answer. */
const PATIENCE = 20_000

function exchange(stream: Duplex, request: string, end: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const timer = setTimeout(() => { reject(new ModuleFailure('memcached does not answer')) }, PATIENCE)
    const finish = (done: () => void): void => {
      clearTimeout(timer)
      stream.removeAllListeners('data')
      done()
    }
    stream.on('data', (data: Buffer) => {
      answer += data.toString('latin1')
      if (end.test(answer)) finish(() => { resolve(answer) })
    })
    stream.once('error', (error) => { finish(() => { reject(error) }) })
    stream.once('close', () => { finish(() => { reject(new ModuleFailure('memcached closed the connection')) }) })
    stream.write(request)
  })
}
