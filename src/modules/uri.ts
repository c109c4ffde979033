import { defineAction } from '../module/define-module.ts'
import { ModuleFailure, type ActionContext, type ModuleResult } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'
import type { Json, JsonObject } from '../value/value.ts'
import { deprecationsField, type Deprecation } from './deprecations.ts'
import { attributeArguments, hasAttributes, neededAttributes, type WantedAttributes } from './files/attributes.ts'
import { guardedResult } from './system/command/guard.ts'
import { answerFields, contentFields } from './system/http/answer-fields.ts'
import { fileFacts } from './files/file-facts.ts'
import { encodeBody, type BodyFormat, type EncodedBody } from './system/http/body.ts'
import { HttpProblem } from './system/http/exchange.ts'
import { fileName } from './system/http/file-name.ts'
import { loginFor } from './system/http/login.ts'
import { proxiesOf } from './system/http/proxy.ts'
import { withoutSecretKeys } from './system/http/secret-keys.ts'
import { fetchOver, type Fetched, type FetchRequest } from './system/http/fetch-over.ts'

/** `ansible.builtin.uri`: an HTTP request, sent from the host through the connection to it. */
export const uri = defineAction({
  name: 'uri',
  asksInEnvironment: true,
  summary: 'Send an HTTP request from the host.',
  where: 'host',
  check: 'predict',
  args: {
    url: { type: 'str', required: true, description: 'http or https address.' },
    method: { type: 'str', default: 'GET', description: 'GET, HEAD, POST, PUT, PATCH, DELETE ...' },
    body: { type: 'raw', description: 'What is sent: text, or data that `body_format` encodes.' },
    body_format: { type: 'str', default: 'raw', choices: ['raw', 'json', 'form-urlencoded', 'form-multipart'], description: 'How data becomes text.' },
    src: { type: 'path', description: 'File to send: of the role or playbook, or of the host with `remote_src`.' },
    remote_src: { type: 'bool', default: false, description: 'Whether `src` is on the host.' },
    headers: { type: 'dict', default: {}, description: 'Headers to send.' },
    unredirected_headers: { type: 'list', elements: 'str', default: [], description: 'Headers that no redirection takes along.' },
    status_code: { type: 'list', elements: 'int', default: [200], description: 'Statuses that are a success.' },
    return_content: { type: 'bool', default: false, description: 'Whether the result holds the content.' },
    dest: { type: 'path', description: 'File or folder of the host for the content.' },
    force: { type: 'bool', default: false, description: 'Fetch a file that is there already even when the server has none that is newer.' },
    follow_redirects: { type: 'str', default: 'safe', choices: ['all', 'no', 'none', 'safe', 'urllib2', 'yes'], description: 'Which redirections are followed; `safe` those of GET and HEAD.' },
    url_username: { type: 'str', aliases: ['user'], description: 'User for the server.' },
    url_password: { type: 'str', aliases: ['password'], secret: true, description: 'Password for the server.' },
    force_basic_auth: { type: 'bool', default: false, description: 'Whether the password is sent without being asked for.' },
    validate_certs: { type: 'bool', default: true, description: 'Whether the server\'s certificate must be trusted.' },
    ca_path: { type: 'path', description: 'File of the host with the authorities to trust; default: those of Node, then the host\'s own.' },
    client_cert: { type: 'path', description: 'File of the host with a certificate to show.' },
    client_key: { type: 'path', description: 'File of the host with its key.' },
    ciphers: { type: 'list', elements: 'str', description: 'TLS ciphers.' },
    timeout: { type: 'int', default: 30, description: 'Seconds.' },
    unix_socket: { type: 'path', description: 'Socket of the host to connect to instead.' },
    http_agent: { type: 'str', default: 'ansible-httpget', description: 'The User-Agent header.' },
    decompress: { type: 'bool', default: true, description: 'Whether packed content is unpacked.' },
    use_netrc: { type: 'bool', default: true, description: 'Whether user and password may come from the .netrc of the host.' },
    use_gssapi: { type: 'bool', default: false, description: 'Accepted for compatibility: Kerberos is not spoken.' },
    use_proxy: { type: 'bool', default: true, description: 'Whether a proxy that the environment names (`https_proxy`) is used.' },
    creates: { type: 'path', description: 'Path or glob pattern: when something is there, nothing is sent.' },
    removes: { type: 'path', description: 'Path or glob pattern: when nothing is there, nothing is sent.' },
    ...attributeArguments,
  },
  constraints: { exclusive: [['body', 'src']] },
  examples: [
    { name: 'The service answers', args: { url: 'http://127.0.0.1:8665/', status_code: [200, 404] } },
    { name: 'Log in', args: { url: 'https://example.com/login', method: 'POST', body_format: 'json', body: { name: 'ops' } } },
  ],
  run: async (args, context) => {
    const held = await guardedResult({ ...args, chdir: undefined }, context.remote)
    return held ?? await request(args, context)
  },
  predict: async (args, { remote }): Promise<ModuleResult> => {
    const held = await guardedResult({ ...args, chdir: undefined }, remote)
    if (held !== undefined) return held
    // Whether the file differs shows only when it has been fetched.
    if (args.dest !== undefined) return { changed: true, unknown: true, msg: NOT_SENT }
    return { changed: false, msg: NOT_SENT, unknownFields: ['status', 'content', 'json', 'url', 'redirected', 'cookies', 'cookies_string', 'elapsed'] }
  },
})

const NOT_SENT = 'This action (uri) does not support check mode.'

interface UriArguments extends WantedAttributes {
  readonly url: string
  readonly method: string
  readonly body: Json | undefined
  readonly body_format: BodyFormat
  readonly src: string | undefined
  readonly remote_src: boolean
  readonly headers: JsonObject
  readonly status_code: readonly number[]
  readonly return_content: boolean
  readonly dest: string | undefined
  readonly follow_redirects: 'all' | 'no' | 'none' | 'safe' | 'urllib2' | 'yes'
  readonly url_username: string | undefined
  readonly url_password: string | undefined
  readonly force_basic_auth: boolean
  readonly validate_certs: boolean
  readonly ca_path: string | undefined
  readonly client_cert: string | undefined
  readonly client_key: string | undefined
  readonly ciphers: readonly string[] | undefined
  readonly timeout: number
  readonly unix_socket: string | undefined
  readonly http_agent: string
  readonly decompress: boolean
  readonly use_netrc: boolean
  readonly use_proxy: boolean
  readonly force: boolean
  readonly unredirected_headers: readonly string[]
}

async function request(args: UriArguments, context: ActionContext): Promise<ModuleResult> {
  const start = Date.now()
  const elapsed = () => Math.floor((Date.now() - start) / 1000)
  try {
    const fetched = await fetchOver(await requestOf(args, context), context.remote)
    const result = await resultOf(args, fetched, { context, elapsed: elapsed() })
    return { ...result, fields: { ...result.fields, ...deprecationsField(deprecated(args)) } }
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error
    const msg = `Status code was -1 and not [${args.status_code.join(', ')}]: Request failed: ${error.message}`
    return { changed: false, failed: true, msg, fields: { status: -1, url: args.url, redirected: false, elapsed: elapsed(), ...args.return_content ? { content: '' } : {} } }
  }
}

function deprecated({ follow_redirects: follow }: UriArguments): readonly Deprecation[] {
  return follow === 'yes' || follow === 'no' ? [{ msg: "Using 'yes' or 'no' for 'follow_redirects' parameter is deprecated.", version: '2.22' }] : []
}

async function requestOf(args: UriArguments, context: ActionContext): Promise<FetchRequest> {
  const { bytes, type } = args.src === undefined ? await encodeBody(args.body, args.body_format, context.controller) : await sourceBody(args, context)
  const given = Object.fromEntries(Object.entries(args.headers).map(([name, value]) => [name.toLowerCase(), String(value)]))
  const url = parsedUrl(args.url)
  const [login, since] = await Promise.all([loginFor(url, args, context.remote), newerThan(args, context.remote), args.use_proxy && proxiesOf(context.remote)])
  return {
    url, method: args.method.toUpperCase(), body: bytes, timeout: args.timeout, unixSocket: args.unix_socket, decompress: args.decompress,
    unredirected: args.unredirected_headers.map((name) => name.toLowerCase()),
    headers: { 'user-agent': args.http_agent, ...since, ...contentType(bytes, type), ...given, ...login.headers },
    user: login.user, password: login.password, forceBasic: args.force_basic_auth,
    follow: FOLLOW[args.follow_redirects], useProxy: args.use_proxy,
    tls: await tlsOf(args, context.remote),
  }
}

async function sourceBody(args: UriArguments, context: ActionContext): Promise<EncodedBody> {
  return { bytes: await sourceBytes(args, context), type: args.body_format === 'json' ? 'application/json' : undefined }
}

/** What is sent without a type is called a form, as Python's urllib does. */
function contentType(bytes: Uint8Array | undefined, type: string | undefined): Readonly<Record<string, string>> {
  return bytes === undefined && type === undefined ? {} : { 'content-type': type ?? 'application/x-www-form-urlencoded' }
}

/** A file that is there need not be fetched again. */
async function newerThan({ dest, force }: UriArguments, remote: Remote): Promise<Readonly<Record<string, string>>> {
  const stat = dest === undefined || force ? undefined : await remote.stat(dest)
  return stat?.type !== 'file' || stat.modified === undefined ? {} : { 'if-modified-since': new Date(stat.modified * 1000).toUTCString() }
}

const FOLLOW = { all: 'all', yes: 'all', none: 'none', no: 'none', safe: 'safe', urllib2: 'urllib2' } as const

function parsedUrl(text: string): URL {
  if (!URL.canParse(text) || !/^https?:/.test(text)) throw new ModuleFailure(`Cannot send a request to '${text}': it is no http or https address`, { status: -1, url: text, redirected: false })
  return new URL(text)
}

async function tlsOf({ validate_certs: validates, ca_path: ca, client_cert: cert, client_key: key, ciphers }: UriArguments, remote: Remote): Promise<FetchRequest['tls']> {
  return {
    rejectUnauthorized: validates,
    ...ca === undefined ? {} : { ca: await present(ca, remote) },
    ...cert === undefined ? {} : { cert: await present(cert, remote), key: await present(key ?? cert, remote) },
    ...ciphers === undefined ? {} : { ciphers: ciphers.join(':') },
  }
}

async function present(path: string, remote: Remote): Promise<Buffer> {
  const bytes = await remote.readFile(path)
  if (bytes === undefined) throw new ModuleFailure(`Cannot read ${path}: there is no such file`)
  return bytes
}

async function sourceBytes({ src = '', remote_src: isRemote }: UriArguments, { remote, controller }: ActionContext): Promise<Uint8Array> {
  if (!isRemote) return controller.readFile(controller.findFile(src, 'files'))
  return present(src, remote)
}

interface Ending { readonly context: ActionContext, readonly elapsed: number }

async function resultOf(args: UriArguments, fetched: Fetched, { context, elapsed }: Ending): Promise<ModuleResult> {
  const { status } = fetched.answer
  const { msg, ...told } = answerFields(fetched)
  const isFailure = !args.status_code.includes(status)
  const saved = isFailure || args.dest === undefined ? undefined : await save(args, fetched, context)
  const content = args.return_content || isFailure ? contentFields(fetched) : { ...jsonOnly(fetched), ...status >= 300 && { body: contentFields(fetched).content } }
  const fields = { ...withoutSecretKeys({ ...told, ...content }, args.url_password), elapsed, ...saved === undefined ? {} : { path: saved.path, ...saved.facts } }
  if (isFailure) return { changed: false, failed: true, msg: `Status code was ${status} and not [${args.status_code.join(', ')}]: ${String(msg)}`, fields }
  return { changed: saved?.changed ?? false, msg: String(msg), fields }
}

// The data of an answer is told in any case, its text only when asked for.
function jsonOnly(fetched: Fetched): JsonObject {
  const { json } = contentFields(fetched)
  return json === undefined ? {} : { json }
}

interface Saved {
  readonly path: string
  readonly changed: boolean
  readonly facts: JsonObject
}

async function factsOf(path: string, remote: Remote): Promise<JsonObject> {
  const stat = await remote.stat(path)
  return stat === undefined ? {} : fileFacts(stat)
}

async function save(args: UriArguments, { answer }: Fetched, { remote }: ActionContext): Promise<Saved> {
  const dest = args.dest ?? ''
  const folder = await remote.stat(dest)
  const path = folder?.type === 'directory' ? `${dest.replace(/\/$/, '')}/${fileName(answer.headers, answer.url)}` : dest
  const [before, stat] = await Promise.all([remote.readFile(path), remote.stat(path)])
  if (answer.status === 304 && stat === undefined) return { path, changed: false, facts: {} }
  const attributes = neededAttributes(args, stat)
  if (answer.status === 304 || before?.equals(answer.body) === true) {
    if (hasAttributes(attributes)) await remote.setAttributes(path, attributes)
    return { path, changed: hasAttributes(attributes), facts: await factsOf(path, remote) }
  }
  await remote.writeFile(path, answer.body, attributes).catch((error: unknown) => { throw new ModuleFailure(`Could not replace file: ${error instanceof Error ? error.message : String(error)}`) })
  return { path, changed: true, facts: await factsOf(path, remote) }
}
