import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { basename, join } from 'node:path'
import { run } from '../../lab/control/run.ts'

/** How old an index of packages may be; packages and what is named by its hash never change. */
const INDEX_AGE = 24 * 3600_000
const LASTING = /\/(?:pool|by-hash)\//

/**
 * A proxy for apt that keeps what it fetched, listening on a socket file: hosts reach it through their network's relay.
 * It fetches as this machine's apt does, and only from where the image's sources say.
 */
export async function startMirror(socket: string, { cache, root }: { readonly cache: string, readonly root: string }): Promise<() => void> {
  const folder = join(cache, 'packages')
  mkdirSync(folder, { recursive: true })
  const origins = originsOf(root)
  const fetching = new Map<string, Promise<string | undefined>>()
  const find = (url: string): Promise<string | undefined> => {
    const found = fetching.get(url) ?? fetchFile(url, folder).finally(() => fetching.delete(url))
    fetching.set(url, found)
    return found
  }
  const server = createServer((request, response) => {
    const url = request.url ?? ''
    const isKnown = request.method === 'GET' && origins.some((origin) => url.startsWith(origin))
    void (isKnown ? find(url) : Promise.resolve(undefined)).then((file) => { answer(file, request, response) })
  })
  rmSync(socket, { force: true })
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  return () => {
    server.close()
    server.closeAllConnections()
  }
}

function originsOf(root: string): readonly string[] {
  const folder = join(root, 'etc/apt/sources.list.d')
  const texts = [...readdirSync(folder).map((name) => join(folder, name)), join(root, 'etc/apt/sources.list')].filter((path) => existsSync(path))
  return texts.flatMap((path) => readFileSync(path, 'utf8').match(/https?:\/\/[^\s/]+\//g) ?? [])
}

async function fetchFile(url: string, folder: string): Promise<string | undefined> {
  const target = join(folder, `${createHash('sha256').update(url).digest('hex').slice(0, 16)}-${basename(url)}`)
  if (existsSync(target) && (LASTING.test(url) || Date.now() - statSync(target).ctimeMs < INDEX_AGE)) return target
  const temporary = `${target}.tmp-${String(process.pid)}`
  try {
    await run('/usr/lib/apt/apt-helper', ['download-file', url, temporary])
    renameSync(temporary, target)
    return target
  } catch {
    // what was fetched once will do where the network is not there
    return existsSync(target) ? target : undefined
  } finally {
    rmSync(temporary, { force: true })
  }
}

function answer(file: string | undefined, request: IncomingMessage, response: ServerResponse): void {
  if (file === undefined) {
    response.writeHead(404).end()
    return
  }
  const { mtime, size } = statSync(file)
  const since = request.headers['if-modified-since']
  if (since !== undefined && Date.parse(since) >= Math.floor(mtime.getTime() / 1000) * 1000) {
    response.writeHead(304).end()
    return
  }
  response.writeHead(200, { 'Content-Length': size, 'Last-Modified': mtime.toUTCString() })
  createReadStream(file).pipe(response)
}
