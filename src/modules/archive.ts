import { dirname } from 'node:path/posix'
import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { JsonObject } from '../value/value.ts'
import { attributeArguments, attributesBetween, hasAttributes, neededAttributes, withAttributes } from './files/attributes.ts'
import { attributesDiff } from './files/attributes-diff.ts'
import { withExtended } from './files/extended/with-extended.ts'
import { fileFacts, knownFacts } from './files/file-facts.ts'
import { archiveScript } from './system/archive/make-archive.ts'
import { observeSources, type ArchiveState } from './system/archive/sources.ts'

const args = {
  path: { type: 'list', elements: 'path', required: true, description: 'Files and folders, or patterns of them.' },
  format: { type: 'str', default: 'gz', choices: ['bz2', 'gz', 'tar', 'xz', 'zip', 'zstd'], description: 'How it is packed.' },
  dest: { type: 'path', description: 'The archive; for one file it may be left out: the format is put behind its name.' },
  exclude_path: { type: 'list', elements: 'path', default: [], description: 'Paths, or patterns of them, that are left out.' },
  exclusion_patterns: { type: 'list', elements: 'path', description: 'Patterns of names in the archive that are left out.' },
  force_archive: { type: 'bool', default: false, description: 'Whether even a single file goes into an archive rather than be compressed.' },
  remove: { type: 'bool', default: false, description: 'Whether the sources are removed afterwards.' },
  ...attributeArguments,
} as const

/** `community.general.archive`: packs files of the host. */
export const archive = withExtended(defineModule({
  name: 'archive',
  aliases: ['community.general.archive'],
  summary: 'Pack files and folders of the host into an archive, or compress one file.',
  args,
  examples: [
    { name: 'The configuration before the merge', args: { path: ['/etc/haproxy', '/etc/bind'], dest: '/root/before.tar.gz', mode: '0600' } },
    { name: 'Compress a log and remove it', args: { path: '/var/log/app.log.1', remove: true } },
  ],
  touches: ({ path, dest, remove }) => dest === undefined ? { paths: path.map((one) => dirname(one)) } : { paths: remove ? [dest, ...path] : [dest] },
  observe: (wanted: WantedArchive, remote) => observeSources(wanted, remote),
  diff: (wanted, before): Change<ArchiveState> | undefined => {
    if (before.members.length === 0 && !before.isSingle) return attributesChange(wanted, before)
    if (before.isSame && !(wanted.remove && before.sources.length > 0)) return attributesChange(wanted, before)
    const needed = neededAttributes(wanted, before.stat)
    const after = { ...before, isSame: true, stat: withAttributes(before.stat ?? {}, needed) }
    const listing = (state: ArchiveState): string => state.isSame ? state.members.map((name) => `${name}\n`).join('') : state.packed.map((name) => `${name}\n`).join('')
    return { before, after, diff: [{ before: listing(before), after: listing(after), beforeHeader: before.dest, afterHeader: before.dest }] }
  },
  apply: async (wanted, { before, after }, remote) => {
    const { dest } = after
    if (!before.isSame || wanted.remove) {
      if (!before.isSame && before.stat === undefined) await remote.makeDirectory(dirname(dest))
      const gone = wanted.remove ? after.sources : []
      await remote.write({
        summary: `Pack ${dest}`,
        command: { script: archiveScript(wanted, { ...after, isSame: before.isSame }), stdin: Buffer.from(after.members.map((name) => `${name}\n`).join('')) },
        effects: { keys: ['archive:*'], paths: [dest, ...gone] },
      })
    }
    const attributes = attributesBetween(before.stat, after.stat ?? {})
    if (hasAttributes(attributes)) await remote.setAttributes(dest, attributes)
    const stat = await remote.stat(dest)
    return stat === undefined ? undefined : fileFacts(stat)
  },
  result: (_wanted, state): JsonObject => ({
    archived: state.archived, dest: state.dest, dest_state: destState(state), arcroot: state.root, missing: state.missing,
    expanded_paths: state.expanded, expanded_exclude_paths: state.excluded, ...knownFacts(state.stat),
  }),
  destroys: ({ remove }, { before }) => [...before.isSame || before.stat === undefined ? [] : [before.dest], ...remove ? before.archived : []],
  undo: { impossible: 'what was packed before, or removed after, is not put back' },
}), ({ dest, stat }: ArchiveState) => stat === undefined ? [] : [dest])

type WantedArchive = ArgumentsOf<typeof args>

function attributesChange(wanted: WantedArchive, before: ArchiveState): Change<ArchiveState> | undefined {
  if (before.stat === undefined) return undefined
  const needed = neededAttributes(wanted, before.stat)
  if (!hasAttributes(needed)) return undefined
  const after = { ...before, stat: withAttributes(before.stat, needed) }
  if (before.stat.type === 'directory') throw new ModuleFailure(`${before.dest} is a directory`)
  return { before, after, diff: [attributesDiff(before.dest, before.stat, after.stat)] }
}

function destState({ isSingle, missing, members, dest, stat }: ArchiveState): string {
  if (members.length === 0 && !isSingle) return stat === undefined ? 'absent' : /\.(?:tar|tar\.(?:gz|bz2|xz|zst)|tgz|tbz2|tzst|zip)$/i.test(dest) ? 'archive' : 'compress'
  if (isSingle) return 'compress'
  return missing.length > 0 ? 'incomplete' : 'archive'
}
