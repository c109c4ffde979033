import { basename, dirname } from 'node:path/posix'
import type { ArgumentsOf, ArgumentSpec } from '../../../module/argument-spec.ts'
import { ModuleFailure } from '../../../module/module.ts'
import type { FileStat } from '../../../remote/files.ts'
import type { Remote } from '../../../remote/remote.ts'
import { HttpProblem, type HttpAnswer } from '../../system/http/exchange.ts'
import { fetchOver, type FetchRequest } from '../../system/http/fetch-over.ts'
import { fileName } from '../../system/http/file-name.ts'
import { loginFor } from '../../system/http/login.ts'
import { proxiesOf } from '../../system/http/proxy.ts'
import { attributeArguments } from '../attributes.ts'
import { checksumProbe, isHostAlgorithm } from '../checksum-probe.ts'
import { digestFrom, digestOf, parseChecksum, type WantedChecksum } from './checksum.ts'

/** Arguments of `get_url`. */
export const DOWNLOAD_ARGUMENTS = {
  url: { type: 'str', required: true, description: 'http, https or file address, as the host sees it.' },
  dest: { type: 'path', required: true, description: 'File; a folder takes the name that the server or the address gives.' },
  force: { type: 'bool', default: false, description: 'Download even when the file is there and as new; else the server is asked whether its own is newer.' },
  checksum: { type: 'str', default: '', description: '`sha256:DIGEST`, or `sha256:ADDRESS` of a list of digests. A file that has it is not asked for again.' },
  backup: { type: 'bool', default: false, description: 'Keep a dated copy of a replaced file beside it.' },
  headers: { type: 'dict', default: {}, description: 'Headers to send.' },
  unredirected_headers: { type: 'list', elements: 'str', default: [], description: 'Headers that no redirection takes along.' },
  timeout: { type: 'int', default: 10, description: 'Seconds.' },
  url_username: { type: 'str', aliases: ['username'], description: 'User for the server.' },
  url_password: { type: 'str', aliases: ['password'], secret: true, description: 'Password for the server.' },
  force_basic_auth: { type: 'bool', default: false, description: 'Send the password without being asked for it.' },
  validate_certs: { type: 'bool', default: true, description: 'Whether the server\'s certificate must be trusted.' },
  client_cert: { type: 'path', description: 'File of the host with a certificate to show.' },
  client_key: { type: 'path', description: 'File of the host with its key.' },
  ciphers: { type: 'list', elements: 'str', description: 'TLS ciphers.' },
  http_agent: { type: 'str', default: 'ansible-httpget', description: 'The User-Agent header.' },
  decompress: { type: 'bool', default: true, description: 'Whether packed content is unpacked.' },
  use_netrc: { type: 'bool', default: true, description: 'Whether user and password may come from the .netrc of the host.' },
  use_gssapi: { type: 'bool', default: false, description: 'Accepted for compatibility: Kerberos is not spoken.' },
  use_proxy: { type: 'bool', default: true, description: 'Whether a proxy that the environment names (`https_proxy`) is used.' },
  tmp_dest: { type: 'path', description: 'Accepted for compatibility: files are put in place from beside them.' },
  ...attributeArguments,
} as const satisfies ArgumentSpec

export type DownloadArguments = ArgumentsOf<typeof DOWNLOAD_ARGUMENTS>

/** What a download comes to. */
export interface Download {
  readonly path: string
  readonly stat: FileStat | undefined
  /** Undefined when what is there stays. */
  readonly content: Buffer | undefined
  /** What the server sent, even where it is there already. */
  readonly fetched?: Buffer
  readonly message: string
  /** Null of a file of the host, which no server sends. */
  readonly status: number | null | undefined
}

/** Finds out whether there is something to download, and downloads it. */
export async function planDownload(given: DownloadArguments, remote: Remote): Promise<Download> {
  const url = parsedUrl(given.url)
  const [place, wanted] = await Promise.all([placeFor(given.dest, remote), given.checksum === '' ? undefined : checksumFor(given, url, remote)])
  if (wanted !== undefined && isKept(given, place) && await has(place.path, wanted, remote)) return { ...place, content: undefined, message: 'file already exists', status: undefined }
  const answer = await get(given, url, { remote, since: wanted === undefined && isKept(given, place) ? place.stat.modified : undefined })
  if (answer.status === 304) return { ...place, content: undefined, message: `HTTP Error 304: ${answer.reason}`, status: 304 }
  const { path, stat } = place.isFolder ? await insideOf(place.path, fileName(answer.headers, url), remote) : place
  if (wanted !== undefined) refuseOther(answer.body, wanted, path)
  return compared({ path, stat }, answer, remote)
}

async function compared({ path, stat }: Pick<Place, 'path' | 'stat'>, { body, status }: Pick<Got, 'body' | 'status'>, remote: Remote): Promise<Download> {
  const isSame = stat !== undefined && await remote.read(checksumProbe(path, 'sha1')) === digestOf(body, 'sha1')
  return { path, stat, content: isSame ? undefined : body, fetched: body, message: `OK (${body.length} bytes)`, status }
}

/** Whether a file that is there may stay. */
function isKept({ force }: DownloadArguments, place: Place): place is Place & { readonly stat: FileStat } {
  return !force && place.stat !== undefined
}

async function has(path: string, { algorithm, digest }: WantedChecksum, remote: Remote): Promise<boolean> {
  if (isHostAlgorithm(algorithm)) return await remote.read(checksumProbe(path, algorithm)) === digest
  const content = await remote.readFile(path)
  return content !== undefined && digestOf(content, algorithm) === digest
}

function refuseOther(body: Buffer, { algorithm, digest }: WantedChecksum, path: string): void {
  const found = digestOf(body, algorithm)
  if (found !== digest) throw new ModuleFailure(`The checksum for ${path} did not match ${digest}; it was ${found}.`)
}

interface Place {
  readonly path: string
  /** Undefined for a folder: what will be in it is not known before the answer. */
  readonly stat: FileStat | undefined
  readonly isFolder: boolean
}

async function placeFor(dest: string, remote: Remote): Promise<Place> {
  const [stat, parent] = await Promise.all([remote.stat(dest), remote.stat(dirname(dest))])
  const isFolder = stat?.type === 'directory' || dest.endsWith('/')
  if (isFolder && stat === undefined) throw new ModuleFailure(`Destination ${dest} does not exist`)
  if (parent === undefined) throw new ModuleFailure(`Destination ${dirname(dest)} does not exist`)
  return { path: dest, stat: isFolder ? undefined : stat, isFolder }
}

async function insideOf(folder: string, name: string, remote: Remote): Promise<Pick<Place, 'path' | 'stat'>> {
  const path = `${folder.replace(/\/$/, '')}/${name}`
  return { path, stat: await remote.stat(path) }
}

async function checksumFor(given: DownloadArguments, url: URL, remote: Remote): Promise<WantedChecksum> {
  const wanted = parseChecksum(given.checksum)
  if (!wanted.isAddress) return wanted
  const { body } = await get(given, parsedUrl(wanted.digest), { remote })
  const digest = digestFrom(body.toString('utf8'), basename(url.pathname))
  if (digest === undefined) throw new ModuleFailure(`Unable to find a checksum for file '${basename(url.pathname)}' in '${wanted.digest}'`)
  return { ...wanted, digest }
}

interface Got extends Pick<HttpAnswer, 'body' | 'headers' | 'reason'> {
  readonly status: number | null
}

interface Getting {
  readonly remote: Remote
  /** Only if it is newer; seconds since the epoch. */
  readonly since?: number | undefined
}

async function get(given: DownloadArguments, url: URL, { remote, since }: Getting): Promise<Got> {
  const told = { url: given.url, dest: given.dest }
  if (url.protocol === 'file:') return fromHost(decodeURIComponent(url.pathname), remote)
  const { answer } = await fetchOver(await requestFor(given, url, { remote, since }), remote)
    .catch((error: unknown) => { throw error instanceof HttpProblem ? new ModuleFailure(`Request failed: ${error.message}`, told) : error })
  if (answer.status >= 400) throw new ModuleFailure(`Request failed: HTTP Error ${answer.status}: ${answer.reason}`, { status_code: answer.status, ...told })
  return answer
}

async function fromHost(path: string, remote: Remote): Promise<Got> {
  const body = await remote.readFile(path)
  if (body === undefined) throw new ModuleFailure(`Request failed: <urlopen error [Errno 2] No such file or directory: '${path}'>`)
  return { body, status: null, headers: {}, reason: 'OK' }
}

async function requestFor(given: DownloadArguments, url: URL, { remote, since }: Getting): Promise<FetchRequest> {
  const [login, cert] = await Promise.all([loginFor(url, given, remote), certificates(given, remote), given.use_proxy && proxiesOf(remote)])
  const own = Object.fromEntries(Object.entries(given.headers).map(([name, value]) => [name.toLowerCase(), String(value)]))
  return {
    url, method: 'GET', body: undefined, timeout: given.timeout, unixSocket: undefined, useProxy: given.use_proxy, follow: 'all',
    forceBasic: given.force_basic_auth, decompress: given.decompress,
    headers: { 'user-agent': given.http_agent, ...since === undefined ? {} : { 'if-modified-since': new Date(since * 1000).toUTCString() }, ...own, ...login.headers },
    unredirected: given.unredirected_headers.map((name) => name.toLowerCase()), user: login.user, password: login.password,
    tls: { rejectUnauthorized: given.validate_certs, ...cert, ...given.ciphers === undefined ? {} : { ciphers: given.ciphers.join(':') } },
  }
}

async function certificates({ client_cert: cert, client_key: key }: DownloadArguments, remote: Remote): Promise<{ readonly cert?: Buffer, readonly key?: Buffer }> {
  if (cert === undefined) return {}
  const [shown, secret] = await Promise.all([remote.readFile(cert), remote.readFile(key ?? cert)])
  if (shown === undefined || secret === undefined) throw new ModuleFailure(`Cannot read ${shown === undefined ? cert : key ?? cert}: there is no such file`)
  return { cert: shown, key: secret }
}

function parsedUrl(text: string): URL {
  if (!URL.canParse(text) || !/^(?:https?|file):/.test(text)) throw new ModuleFailure(`Cannot download from '${text}': it is no http, https or file address`)
  return new URL(text)
}
