import { createHash } from 'node:crypto'
import { basename, dirname, normalize, resolve } from 'node:path'
import type { ArgumentsOf } from '../module/argument-spec.ts'
import type { Controller } from '../module/controller.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import { CommandError, type Remote } from '../remote/remote.ts'
import type { JsonObject } from '../value/value.ts'
import { sha256OfFile } from './files/sha256-of-file.ts'

const args = {
  src: { type: 'path', required: true, textOnly: 'Invalid type supplied for source option, it must be a string', description: 'File of the host.' },
  dest: { type: 'str', required: true, textOnly: 'Invalid type supplied for dest option, it must be a string', description: 'Folder of the control host; the file goes to DEST/HOST/SRC.' },
  flat: { type: 'bool', default: false, description: 'Put the file at `dest` itself, or under its own name where that ends with a slash.' },
  fail_on_missing: { type: 'bool', default: true, description: 'Fail when the file is not there.' },
  validate_checksum: { type: 'bool', default: true, description: 'Compare checksums afterwards.' },
} as const

/** `ansible.builtin.fetch`: a file of the host is on the control host. */
export const fetch = defineModule({
  name: 'fetch',
  summary: 'Fetch a file from the host to the control host.',
  args,
  missing: { src: 'src and dest are required', dest: 'src and dest are required' },
  skippedByCheckMode: true,
  examples: [
    { name: 'Keep logs by host', args: { src: '/var/log/app.log', dest: 'logs' } },
    { name: 'Fetch one key', args: { src: '/etc/ssh/ssh_host_ed25519_key.pub', dest: 'keys/', flat: true } },
  ],
  prepare: async (given, controller) => ({ ...given, dest: await destination(given, controller), local: await controller.local() }),
  observe: observeFetch,
  diff: fetchChange,
  apply: applyFetch,
  result: fetchResult,
  undo: { impossible: 'what is fetched stays on the control host' },
})

interface Fetching {
  readonly src: string
  readonly dest: string
  readonly fail_on_missing: boolean
  readonly validate_checksum: boolean
  readonly local: Remote
}

interface Fetched {
  readonly source: keyof typeof WHY | 'file'
  /** Why it cannot be read. */
  readonly said?: string
  /** Of the file on the host, and of the one here. */
  readonly sha256: string | undefined
  readonly localSha256: string | undefined
  /** Of the file here, where it is what it should be. */
  readonly sums?: Sums
}

interface Sums {
  readonly checksum: string
  readonly md5sum: string
}

/** Relative paths are seen from the playbook's folder. */
async function destination({ src, dest, flat }: ArgumentsOf<typeof args>, controller: Controller): Promise<string> {
  const folder = controller.variable('playbook_dir')
  const full = resolve(typeof folder === 'string' ? folder : '.', dest) + (dest.endsWith('/') ? '/' : '')
  if (!flat) return inside(normalize(`${full}/${controller.target.host}/${src}`), full)
  const path = dest.endsWith('/') ? normalize(`${full}/${basename(src)}`) : full
  if ((await (await controller.local()).stat(path))?.type !== 'directory') return path
  throw new ModuleFailure(dest.endsWith('/')
    ? `calculated dest '${path}' is an existing directory, use another path that does not point to an existing directory`
    : 'dest is an existing directory, use a trailing slash if you want to fetch src into that directory')
}

function inside(path: string, folder: string): string {
  if (path.startsWith(`${folder.replace(/\/$/, '')}/`)) return path
  throw new ModuleFailure(`Cannot fetch to '${path}': that is outside '${folder}'`)
}

async function observeFetch({ src, dest, local }: Fetching, remote: Remote): Promise<Fetched> {
  const [there, localSha256] = await Promise.all([look(src, remote), sha256OfFile(dest, local)])
  if (there.source !== 'file') return { ...there, localSha256 }
  const { source, sha256 } = there
  const content = sha256 === localSha256 ? await local.readFile(dest) : undefined
  return { source, sha256, localSha256, ...content && { sums: sumsOf(content) } }
}

async function look(src: string, remote: Remote): Promise<Pick<Fetched, 'source' | 'sha256' | 'said'>> {
  try {
    const [stat, sha256] = await Promise.all([remote.stat(src), sha256OfFile(src, remote)])
    if (stat === undefined) return { source: 'missing', sha256 }
    return stat.type === 'directory' ? { source: 'directory', sha256: undefined } : { source: 'file', sha256 }
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    return { source: 'unreadable', sha256: undefined, said: error.message.split(': ').at(-1) ?? '' }
  }
}

const WHY = {
  missing: 'the remote file does not exist',
  directory: 'remote file is a directory, fetch cannot work on directories',
  unreadable: 'file is not readable',
} as const

function sumsOf(content: Uint8Array): Sums {
  return { checksum: createHash('sha1').update(content).digest('hex'), md5sum: createHash('md5').update(content).digest('hex') }
}

function fetchChange({ src, fail_on_missing: fails }: Fetching, before: Fetched): Change<Fetched> | undefined {
  if (before.source === 'file') return before.sha256 === before.localSha256 ? undefined : { before, after: { ...before, localSha256: before.sha256 }, diff: [] }
  if (!fails) return undefined
  throw new ModuleFailure([WHY[before.source], ...before.source === 'directory' ? [] : [src], ...before.said === undefined ? [] : [before.said]].join(': '), { file: src })
}

async function applyFetch({ src, dest, local, validate_checksum: validate }: Fetching, { after }: Change<Fetched>, remote: Remote): Promise<JsonObject> {
  const content = await remote.readFile(src)
  if (content === undefined) throw new ModuleFailure(`the remote file does not exist: ${src}`, { file: src })
  const found = createHash('sha256').update(content).digest('hex')
  if (validate && found !== after.sha256) throw new ModuleFailure('checksum mismatch: the file changed while it was fetched', { file: src, dest })
  await local.makeDirectory(dirname(dest))
  await local.writeFile(dest, content)
  const sums = sumsOf(content)
  return { ...sums, remote_checksum: sums.checksum, remote_md5sum: null }
}

function fetchResult({ src, dest }: Fetching, { source, sums }: Fetched): JsonObject {
  return source === 'file' ? { file: src, dest, ...sums } : { file: src, msg: `${WHY[source]}, not transferring, ignored` }
}
