import { createHash } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { coerceArguments } from '../../../src/module/arguments.ts'
import type { ActionModule, ModuleResult } from '../../../src/module/module.ts'
import { getUrl } from '../../../src/modules/get-url.ts'
import type { Remote } from '../../../src/remote/remote.ts'
import { fromJson } from '../../../src/value/json.ts'
import type { JsonObject, Value } from '../../../src/value/value.ts'
import { localSession } from '../../remote/remotes.ts'
import { fakeController } from '../../support/fake-controller.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const DIGEST = createHash('sha256').update('content\n').digest('hex')

describe('get_url and a server', () => {
  const folder = temporaryFolder('get-url')
  const session = localSession()
  const controller = fakeController()
  let server: Server
  let base: string

  beforeAll(async () => {
    server = createServer(answer)
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    await session.close()
    await new Promise<void>((resolve) => { server.close(() => { resolve() }) })
  })

  async function get(args: JsonObject, how: 'run' | 'predict' = 'run', other?: Remote): Promise<ModuleResult> {
    const given = new Map(Object.entries(args).map(([name, value]): [string, Value] => [name, fromJson(value)]))
    const coerced = coerceArguments(getUrl, given)
    if (coerced.kind === 'invalid') throw new Error(JSON.stringify(coerced.problems))
    const remote = other ?? (how === 'run' ? await session.remote() : await session.predicted())
    const action = getUrl as ActionModule<never>
    const perform = how === 'run' ? action.run : action.predict
    if (perform === undefined) throw new Error('get_url cannot predict')
    return perform(coerced.args as never, { remote, controller })
  }

  it('predicts and downloads, following redirections', async () => {
    const args = { url: `${base}/moved`, dest: `${folder}/a`, mode: '0600' }
    expect(await get(args, 'predict')).toMatchObject({ changed: true })
    expect(() => statSync(`${folder}/a`)).toThrow('ENOENT')
    expect(await get(args)).toMatchObject({ changed: true, msg: 'OK (8 bytes)', fields: { dest: `${folder}/a`, status_code: 200, mode: '0600', size: 8 } })
    expect(readFileSync(`${folder}/a`, 'utf8')).toBe('content\n')
    expect(await get(args)).toMatchObject({ changed: false, msg: 'HTTP Error 304: Not Modified', fields: { status_code: 304 } })
  })

  it('replaces a file by force only when it differs, and keeps a backup', async () => {
    writeFileSync(`${folder}/b`, 'old\n')
    const args = { url: `${base}/content`, dest: `${folder}/b`, force: true, backup: true }
    const result = await get(args)
    expect(result.changed).toBe(true)
    expect(readFileSync(String(result.fields?.['backup_file']), 'utf8')).toBe('old\n')
    expect((await get(args)).changed).toBe(false)
  })

  it('takes the name of the address in a folder', async () => {
    expect((await get({ url: `${base}/content`, dest: folder })).fields).toMatchObject({ dest: `${folder}/content` })
  })

  it('compares checksums, given or listed', async () => {
    expect((await get({ url: `${base}/content`, dest: `${folder}/c`, checksum: `sha256:${DIGEST}` })).changed).toBe(true)
    expect((await get({ url: `${base}/content`, dest: `${folder}/c`, checksum: `sha256:${base}/sums` })).changed).toBe(false)
    await expect(get({ url: `${base}/content`, dest: `${folder}/d`, checksum: 'sha256:00' })).rejects.toThrow('did not match 00')
    expect(() => statSync(`${folder}/d`)).toThrow('ENOENT')
  })

  it('logs in', async () => {
    await expect(get({ url: `${base}/secret`, dest: `${folder}/e` })).rejects.toThrow('HTTP Error 401')
    expect((await get({ url: `${base}/secret`, dest: `${folder}/e`, url_username: 'u', url_password: 'p' })).changed).toBe(true)
  })

  it('takes the name that the server gives', async () => {
    expect((await get({ url: `${base}/named`, dest: folder })).fields).toMatchObject({ dest: `${folder}/own.txt` })
  })

  it('logs in by .netrc, unless told not to', async () => {
    writeFileSync(`${folder}/netrc`, 'machine other login a password b\ndefault\nlogin u\n password p\n')
    process.env['NETRC'] = `${folder}/netrc`
    const own = localSession()
    try {
      const remote = await own.remote()
      const asked = async (args: JsonObject): Promise<string> => {
        await get({ url: `${base}/login`, dest: `${folder}/n`, force: true, headers: { Authorization: 'Bearer x' }, ...args }, 'run', remote)
        return readFileSync(`${folder}/n`, 'utf8')
      }
      expect(await asked({})).toBe(`Basic ${Buffer.from('u:p').toString('base64')}`)
      expect(await asked({ use_netrc: false })).toBe('Bearer x')
    } finally {
      delete process.env['NETRC']
      await own.close()
    }
  })

  it('keeps a password from where it is redirected to, if told to', async () => {
    const args = { url: `${base}/away`, dest: `${folder}/w`, force: true, url_username: 'u', url_password: 'p', force_basic_auth: true }
    await get(args)
    expect(readFileSync(`${folder}/w`, 'utf8')).toBe(`Basic ${Buffer.from('u:p').toString('base64')}`)
    await get({ ...args, unredirected_headers: ['Authorization'] })
    expect(readFileSync(`${folder}/w`, 'utf8')).toBe('none')
  })

  it('unpacks, unless told not to', async () => {
    await get({ url: `${base}/packed`, dest: `${folder}/p` })
    expect(readFileSync(`${folder}/p`, 'utf8')).toBe('packed')
    await get({ url: `${base}/packed`, dest: `${folder}/p.gz`, decompress: false })
    expect(gunzipSync(readFileSync(`${folder}/p.gz`)).toString()).toBe('packed')
  })

  it('fails where nothing listens or nothing is', async () => {
    await expect(get({ url: `${base}/none`, dest: `${folder}/f` })).rejects.toThrow('Request failed: HTTP Error 404')
    await expect(get({ url: 'http://127.0.0.1:1/x', dest: `${folder}/f` })).rejects.toThrow('Request failed')
  })
})

function answer(request: IncomingMessage, response: ServerResponse): void {
  const pages: Readonly<Record<string, () => void>> = {
    '/content': () => {
      if (request.headers['if-modified-since'] === undefined) response.end('content\n')
      else response.writeHead(304).end()
    },
    '/named': () => { response.setHeader('content-disposition', 'attachment; filename="own.txt"').end('named') },
    '/login': () => { response.end(request.headers.authorization ?? 'none') },
    '/away': () => { response.writeHead(302, { location: '/login' }).end() },
    '/packed': () => { response.setHeader('content-encoding', 'gzip').end(gzipSync('packed')) },
    '/moved': () => { response.writeHead(302, { location: '/content' }).end() },
    '/sums': () => { response.end(`${'0'.repeat(64)}  other\n${DIGEST} *content\n`) },
    '/secret': () => {
      if (request.headers.authorization === `Basic ${Buffer.from('u:p').toString('base64')}`) response.end('secret')
      else response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
    },
  }
  const page = pages[request.url ?? '']
  if (page === undefined) response.writeHead(404).end()
  else page()
}
