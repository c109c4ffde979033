import { createHash } from 'node:crypto'
import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineAction } from '../module/define-module.ts'
import type { FileStat } from '../remote/files.ts'
import type { Remote } from '../remote/remote.ts'
import { ifUnknown } from '../value/unknown.ts'
import type { JsonObject } from '../value/value.ts'
import { CHECKSUM_ALGORITHMS, type ChecksumAlgorithm } from './files/checksum-probe.ts'
import { statFields } from './files/permissions.ts'
import { statExtrasProbe } from './files/stat-extras.ts'

const args = {
  path: { type: 'path', required: true, aliases: ['dest', 'name'], description: 'What to look at.' },
  follow: { type: 'bool', default: false, description: 'Tell of what a link leads to.' },
  get_checksum: { type: 'bool', default: true, description: 'Compute a checksum of the content.' },
  checksum_algorithm: { type: 'str', default: 'sha1', choices: CHECKSUM_ALGORITHMS, aliases: ['checksum', 'checksum_algo'], description: 'Kind of checksum.' },
  get_mime: { type: 'bool', default: true, aliases: ['mime', 'mime_type', 'mime-type'], description: 'Ask `file`, where there is such a program, for the kind of content.' },
  get_attributes: { type: 'bool', default: true, aliases: ['attr', 'attributes'], description: 'Ask `lsattr`, where there is such a program, for attributes.' },
} as const

/** `ansible.builtin.stat`: what is at a path. */
export const stat = defineAction({
  name: 'stat',
  summary: 'Tell what is at a path.',
  where: 'host',
  check: 'run',
  args,
  examples: [
    { name: 'Look at a file', args: { path: '/etc/app.conf' } },
    { name: 'Look only whether it is there', args: { path: '/etc/app.conf', get_checksum: false, get_mime: false, get_attributes: false } },
  ],
  observe: (given, remote) => look(given, remote),
  run: async (given, { remote }) => {
    const found = await look(given, remote)
    if (found.stat === undefined) return { changed: false, fields: { stat: { exists: false } } }
    const extras = found.extras ?? await predictedExtras(given, found.stat, remote)
    return { changed: false, fields: { stat: { exists: true, path: given.path, ...statFields(found.stat), ...extras } } }
  },
})

type StatArguments = ArgumentsOf<typeof args>

interface Found {
  readonly stat: FileStat | undefined
  /** Undefined where check mode predicts the file: no program can look at it. */
  readonly extras: JsonObject | undefined
}

async function look({ path, follow, get_checksum: sum, checksum_algorithm: algorithm, get_mime: mime, get_attributes: attributes }: StatArguments, remote: Remote): Promise<Found> {
  const [found, extras] = await Promise.all([
    follow ? remote.stat(path) : remote.lstat(path),
    remote.read(statExtrasProbe({ path, follow, checksum: sum ? algorithm : undefined, mime, attributes })).catch(ifUnknown(() => undefined)),
  ])
  return { stat: found, extras }
}

async function predictedExtras({ path, get_checksum: sum, checksum_algorithm: algorithm }: StatArguments, found: FileStat, remote: Remote): Promise<JsonObject> {
  const checksum = sum && found.type === 'file' ? checksumOf(await remote.readFile(path), algorithm) : undefined
  const link = found.target === undefined ? {} : { lnk_target: found.target }
  // What may be done with a link is what may be done with what it leads to.
  const reached = found.target === undefined ? found : await remote.stat(path)
  return { ...access(reached, remote.user), ...link, ...(checksum !== undefined && { checksum }) }
}

function checksumOf(content: Buffer | undefined, algorithm: ChecksumAlgorithm): string | undefined {
  return content === undefined ? undefined : createHash(algorithm).update(content).digest('hex')
}

function access(reached: FileStat | undefined, user: string): JsonObject {
  if (reached === undefined) return { readable: false, writeable: false, executable: false }
  const { mode, owner } = reached
  const may = (bit: number): boolean => ((owner === user ? mode >> 6 : mode) & bit) !== 0
  const root = user === 'root'
  return { readable: root || may(4), writeable: root || may(2), executable: root ? (mode & 0o111) !== 0 : may(1) }
}
