import { basename } from 'node:path/posix'
import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineAction } from '../module/define-module.ts'
import { ModuleFailure, type ActionContext, type ModuleResult } from '../module/module.ts'
import type { FileStat } from '../remote/files.ts'
import type { Remote } from '../remote/remote.ts'
import type { JsonObject } from '../value/value.ts'
import { attributeArguments, hasAttributes, neededAttributes } from './files/attributes.ts'
import { backUp } from './files/backup.ts'
import { checksumProbe } from './files/checksum-probe.ts'
import { digestFrom, digestOf, parseChecksum, type WantedChecksum } from './files/download/checksum.ts'
import { fileFacts } from './files/file-facts.ts'
import { HttpProblem } from './system/http/exchange.ts'
import { fetchOver, type Fetched } from './system/http/fetch-over.ts'

const args = {
  url: { type: 'str', required: true, description: 'http or https address, as the host sees it.' },
  dest: { type: 'path', required: true, description: 'File; a folder takes the name that the address ends with.' },
  force: { type: 'bool', default: false, description: 'Download even when the file is there, and replace it when it differs.' },
  checksum: { type: 'str', default: '', description: '`sha256:DIGEST`, or `sha256:ADDRESS` of a list of digests.' },
  backup: { type: 'bool', default: false, description: 'Keep a dated copy of a replaced file beside it.' },
  headers: { type: 'dict', default: {}, description: 'Headers to send.' },
  timeout: { type: 'int', default: 10, description: 'Seconds.' },
  url_username: { type: 'str', aliases: ['username'], description: 'User for the server.' },
  url_password: { type: 'str', aliases: ['password'], secret: true, description: 'Password for the server.' },
  force_basic_auth: { type: 'bool', default: false, description: 'Send the password without being asked for it.' },
  validate_certs: { type: 'bool', default: true, description: 'Whether the server\'s certificate must be trusted.' },
  http_agent: { type: 'str', default: 'ansible-httpget', description: 'The User-Agent header.' },
  use_proxy: { type: 'bool', default: true, description: 'Accepted for compatibility: requests go straight to the server.' },
  tmp_dest: { type: 'path', description: 'Accepted for compatibility: files are put in place from beside them.' },
  ...attributeArguments,
} as const

/** `ansible.builtin.get_url`: a file from the web, fetched through the host's network. */
export const getUrl = defineAction({
  name: 'get_url',
  summary: 'Download a file to the host.',
  where: 'host',
  check: 'predict',
  args,
  examples: [
    { name: 'Download once', args: { url: 'https://example.com/app.tar.gz', dest: '/opt/app.tar.gz', mode: '0644' } },
    { name: 'Make sure of the content', args: { url: 'https://example.com/app.tar.gz', dest: '/opt', checksum: 'sha256:b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c' } },
  ],
  run: async (given, { remote }) => {
    const plan = await planFor(given, remote)
    if (plan.content === undefined) return keep(given, plan, { remote, write: true })
    const backup = given.backup && plan.stat !== undefined ? await backUp(plan.path, remote) : undefined
    await remote.writeFile(plan.path, plan.content, neededAttributes(given, plan.stat))
    const stat = await remote.stat(plan.path)
    return { changed: true, msg: plan.message, fields: { ...fieldsOf(given, plan), ...(stat !== undefined && fileFacts(stat)), ...(backup !== undefined && { backup_file: backup }) } }
  },
  // Downloading changes nothing, so check mode does it too: only then is it certain whether the file differs.
  predict: async (given, { remote }) => {
    const plan = await planFor(given, remote)
    if (plan.content === undefined) return keep(given, plan, { remote, write: false })
    return { changed: true, msg: plan.message, fields: fieldsOf(given, plan) }
  },
})

type Given = ArgumentsOf<typeof args>

interface Plan {
  readonly path: string
  readonly stat: FileStat | undefined
  /** Undefined when what is there stays. */
  readonly content: Buffer | undefined
  readonly message: string
  readonly status: number | undefined
}

async function planFor(given: Given, remote: Remote): Promise<Plan> {
  const url = parsedUrl(given.url)
  const { path, stat } = await placeFor(given.dest, url, remote)
  const wanted = given.checksum === '' ? undefined : await checksumFor(given, url, remote)
  if (stat !== undefined && !given.force && await isRight(path, wanted, remote)) return { path, stat, content: undefined, message: 'file already exists', status: undefined }
  const { answer: { body, status } } = await get(given, url, remote)
  if (wanted !== undefined) refuseOther(body, wanted, path)
  const same = stat !== undefined && await remote.read(checksumProbe(path, 'sha1')) === digestOf(body, 'sha1')
  return { path, stat, content: same ? undefined : body, message: `OK (${body.length} bytes)`, status }
}

/** Without a checksum, whatever is there is right. */
async function isRight(path: string, wanted: WantedChecksum | undefined, remote: Remote): Promise<boolean> {
  return wanted === undefined || await remote.read(checksumProbe(path, wanted.algorithm)) === wanted.digest
}

function refuseOther(body: Buffer, { algorithm, digest }: WantedChecksum, path: string): void {
  const found = digestOf(body, algorithm)
  if (found !== digest) throw new ModuleFailure(`The checksum for ${path} did not match ${digest}; it was ${found}.`)
}

async function placeFor(dest: string, url: URL, remote: Remote): Promise<{ readonly path: string, readonly stat: FileStat | undefined }> {
  const stat = await remote.stat(dest)
  if (stat?.type !== 'directory' && !dest.endsWith('/')) return { path: dest, stat }
  if (stat === undefined) throw new ModuleFailure(`Destination ${dest} does not exist`)
  const path = `${dest.replace(/\/$/, '')}/${basename(decodeURIComponent(url.pathname)) || 'index.html'}`
  return { path, stat: await remote.stat(path) }
}

async function checksumFor(given: Given, url: URL, remote: Remote): Promise<WantedChecksum> {
  const wanted = parseChecksum(given.checksum)
  if (!wanted.isAddress) return wanted
  const { answer } = await get(given, parsedUrl(wanted.digest), remote)
  const digest = digestFrom(answer.body.toString('utf8'), basename(url.pathname))
  if (digest === undefined) throw new ModuleFailure(`Unable to find a checksum for file '${basename(url.pathname)}' in '${wanted.digest}'`)
  return { ...wanted, digest }
}

async function get(given: Given, url: URL, remote: Remote): Promise<Fetched> {
  const fetched = await fetchOver({
    url, method: 'GET', body: undefined, timeout: given.timeout, unixSocket: undefined, follow: 'all', forceBasic: given.force_basic_auth,
    headers: { 'user-agent': given.http_agent, ...Object.fromEntries(Object.entries(given.headers).map(([name, value]) => [name.toLowerCase(), String(value)])) },
    user: given.url_username ?? (url.username === '' ? undefined : decodeURIComponent(url.username)),
    password: given.url_password ?? decodeURIComponent(url.password),
    tls: { rejectUnauthorized: given.validate_certs },
  }, remote).catch((error: unknown) => { throw error instanceof HttpProblem ? new ModuleFailure(`Request failed: ${error.message}`, { url: given.url, dest: given.dest }) : error })
  const { status, reason } = fetched.answer
  if (status >= 400) throw new ModuleFailure(`Request failed: HTTP Error ${status}: ${reason}`, { status_code: status, url: given.url, dest: given.dest })
  return fetched
}

function parsedUrl(text: string): URL {
  if (!URL.canParse(text) || !/^https?:/.test(text)) throw new ModuleFailure(`Cannot download from '${text}': it is no http or https address`)
  return new URL(text)
}

interface Keeping extends Pick<ActionContext, 'remote'> {
  readonly write: boolean
}

async function keep(given: Given, plan: Plan, { remote, write }: Keeping): Promise<ModuleResult> {
  const needed = neededAttributes(given, plan.stat)
  if (write && hasAttributes(needed)) await remote.setAttributes(plan.path, needed)
  const stat = hasAttributes(needed) ? await remote.stat(plan.path) : plan.stat
  return { changed: hasAttributes(needed), msg: plan.message, fields: { ...fieldsOf(given, plan), ...(stat !== undefined && fileFacts(stat)) } }
}

function fieldsOf({ url }: Given, { path, content, status }: Plan): JsonObject {
  const sums = content === undefined ? {} : { checksum_src: digestOf(content, 'sha1'), checksum_dest: digestOf(content, 'sha1'), md5sum: digestOf(content, 'md5') }
  return { url, dest: path, ...sums, ...(status !== undefined && { status_code: status }) }
}
