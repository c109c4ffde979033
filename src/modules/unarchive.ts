import { createHash } from 'node:crypto'
import type { ArgumentsOf } from '../module/argument-spec.ts'
import type { Controller } from '../module/controller.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'
import type { JsonObject } from '../value/value.ts'
import { attributeArguments, hasAttributes, neededAttributes, type KnownStat } from './files/attributes.ts'
import { fileFacts } from './files/file-facts.ts'
import { resolveMode } from './files/mode.ts'
import { globExists } from './system/glob-exists.ts'
import { archiveProbe, type ArchiveLook } from './system/archive/archive-probe.ts'
import { archivePlace, type ArchiveSource } from './system/archive/archive-source.ts'
import { setUnpacked, unpackedProbe, type Unpacked } from './system/archive/unpacked.ts'
import { unpackScript } from './system/archive/unpack.ts'

const args = {
  src: { type: 'path', required: true, description: 'The archive: a file of the role or play, or with `remote_src` one of the host or an http or https address.' },
  dest: { type: 'path', required: true, description: 'Folder it is unpacked into; must be there.' },
  remote_src: { type: 'bool', default: false, description: 'The archive is on the host.' },
  creates: { type: 'path', description: 'Path or glob pattern: when something is there, nothing is done.' },
  list_files: { type: 'bool', default: false, description: 'Tell the files of the archive.' },
  keep_newer: { type: 'bool', default: false, description: 'Leave files alone that are newer than those of the archive.' },
  exclude: { type: 'list', elements: 'str', default: [], description: 'Paths or patterns that are not unpacked.' },
  include: { type: 'list', elements: 'str', default: [], description: 'Only these are unpacked.' },
  extra_opts: { type: 'list', elements: 'str', default: [], description: 'Further options of tar or unzip.' },
  validate_certs: { type: 'bool', default: true, description: 'Whether the certificate of the address must be trusted.' },
  copy: { type: 'bool', description: 'The opposite of `remote_src`, as older playbooks have it.' },
  decrypt: { type: 'bool', default: true, description: 'Whether what is encrypted by vault arrives decrypted.' },
  io_buffer_size: { type: 'int', default: 65536, description: 'Accepted for compatibility.' },
  ...attributeArguments,
} as const

/** `ansible.builtin.unarchive`: what an archive holds is in a folder of the host. Takes tar (GNU tar, however compressed) and zip (unzip). */
export const unarchive = defineModule({
  name: 'unarchive',
  asksInEnvironment: true,
  summary: 'Unpack an archive on the host.',
  args,
  constraints: { exclusive: [['include', 'exclude']] },
  examples: [
    { name: 'Unpack a release once', args: { src: 'app.tar.gz', dest: '/opt/app', creates: '/opt/app/bin/app', owner: 'app' } },
    { name: 'Unpack what is on the web', args: { src: 'https://example.com/app.zip', dest: '/opt/web', remote_src: true } },
  ],
  prepare: (given, controller) => prepare(given, controller),
  observe,
  diff: (wanted, before) => archiveChange(wanted, before),
  apply,
  effects: ({ dest }) => ({ paths: [dest] }),
  result: (wanted, state) => result(wanted, state),
  undo: { impossible: 'the files that it replaced are not kept' },
})

interface Wanted extends ArgumentsOf<typeof args> {
  readonly source: ArchiveSource
}

interface ArchiveState {
  /** Where the archive is on the host, and what it holds. Null where `creates` says that nothing is to be done. */
  readonly look: ArchiveLook | null
  readonly unpacked: readonly Unpacked[]
  readonly dest: JsonObject
}

async function prepare(given: ArgumentsOf<typeof args>, controller: Controller): Promise<Wanted> {
  if (given.mode !== undefined && given.mode !== null) resolveMode(given.mode, 0o644, false)
  const isRemote = given.copy === undefined ? given.remote_src : !given.copy
  if (isRemote) return { ...given, source: /^\w+:\/\//.test(given.src) ? { kind: 'address', address: given.src, checked: given.validate_certs } : { kind: 'host', path: given.src } }
  const path = controller.findFile(given.src, 'files')
  const content = await controller.readFile(path, { decrypt: given.decrypt })
  return { ...given, source: { kind: 'content', path, content, sha256: createHash('sha256').update(content).digest('hex') } }
}

async function observe(wanted: Wanted, remote: Remote): Promise<ArchiveState> {
  if (wanted.creates !== undefined && await globExists(wanted.creates, undefined, remote)) return { look: null, unpacked: [], dest: {} }
  const place = await archivePlace(wanted.source, remote)
  const [look, stat] = await Promise.all([remote.read(archiveProbe(place, wanted)), remote.stat(wanted.dest)])
  if (look.problem !== undefined) throw new ModuleFailure(look.problem, { src: wanted.src, dest: wanted.dest })
  const unpacked = sets(wanted) ? await remote.read(unpackedProbe(look.dest, look.files)) : []
  return { look, unpacked, dest: stat === undefined ? {} : fileFacts(stat) }
}

function sets({ owner, group, mode }: Wanted): boolean {
  return (mode ?? owner ?? group) !== undefined
}

function archiveChange(wanted: Wanted, before: ArchiveState): Change<ArchiveState> | undefined {
  const { look, unpacked } = before
  if (look === null) return undefined
  const wrong = unpacked.filter(({ stat }) => hasAttributes(needed(wanted, stat)))
  if (look.differences.length === 0 && wrong.length === 0) return undefined
  const lines = [...look.differences, ...wrong.map(({ path }) => `${path}: owner or permissions differ`)]
  return {
    before, after: { ...before, look: { ...look, differences: [] } },
    diff: [{ before: lines.map((line) => `${line}\n`).join(''), after: '', beforeHeader: look.dest, afterHeader: look.dest }],
  }
}

function needed(wanted: Wanted, stat: KnownStat): ReturnType<typeof neededAttributes> {
  return neededAttributes(stat.type === 'link' ? { ...wanted, mode: undefined } : wanted, stat)
}

async function apply(wanted: Wanted, { before }: Change<ArchiveState>, remote: Remote): Promise<JsonObject> {
  const { look } = before
  if (look === null) return {}
  const extracted = look.differences.length === 0 ? {} : await unpack(wanted, look, remote)
  if (sets(wanted)) {
    const unpacked = await remote.read(unpackedProbe(look.dest, look.files))
    await setUnpacked(look.dest, unpacked.map((entry) => ({ ...entry, needed: needed(wanted, entry.stat) })), remote)
  }
  const stat = await remote.stat(wanted.dest)
  return { ...extracted, ...stat === undefined ? {} : fileFacts(stat) }
}

async function unpack(wanted: Wanted, look: ArchiveLook, remote: Remote): Promise<JsonObject> {
  const ran = await remote.exec({ script: unpackScript(look, await archivePlace(wanted.source, remote), wanted) }, { paths: [look.dest, wanted.dest] })
  const results = { rc: ran.status, out: ran.stdout.toString('utf8'), err: ran.stderr.toString('utf8') }
  if (ran.status !== 0) throw new ModuleFailure(`failed to unpack ${wanted.src} to ${wanted.dest}`, { extract_results: results, handler: look.handler })
  return { extract_results: results }
}

function result({ src, dest, creates, list_files: lists }: Wanted, { look, dest: facts }: ArchiveState): JsonObject {
  if (look === null) return { msg: `skipped, since ${creates ?? ''} exists`, skipped: true }
  const moved = dest.startsWith('/') ? {} : { warnings: [`Relative destination path '${dest}' was resolved to absolute path '${look.dest}'.`] }
  return { src, dest: look.dest, handler: look.handler, ...facts, ...lists ? { files: [...look.files] } : {}, ...moved }
}
