import { dirname } from 'node:path/posix'
import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { FileAttributes } from '../remote/files.ts'
import type { Remote } from '../remote/remote.ts'
import { attributesBetween, hasAttributes, neededAttributes, type KnownStat } from './files/attributes.ts'
import { modeText } from './files/mode.ts'
import { fetchedKey, isAddress, keyExtension } from './system/apt-sources/signing-key.ts'
import { SOURCE_FIELDS, slugOf, sourceText } from './system/apt-sources/source-text.ts'

const args = {
  ...SOURCE_FIELDS,
  mode: { type: 'raw', default: '0644', description: 'Permissions of the file.' },
  state: { type: 'str', choices: ['absent', 'present'], default: 'present', description: 'Whether it is to be there.' },
} as const

/** `ansible.builtin.deb822_repository`: package archives of apt, each in a file of its own in the deb822 format. */
export const deb822Repository = defineModule({
  name: 'deb822_repository',
  summary: 'Keep an archive of Debian packages in a file of the deb822 format.',
  args,
  examples: [
    { name: 'Debian with what is free', args: { name: 'debian', types: 'deb', uris: 'https://mirror.example.org/debian', suites: 'bookworm', components: ['main', 'contrib'] } },
    { name: 'An archive with its key', args: { name: 'example', uris: 'https://download.example.com/linux', suites: 'stable', components: 'main', signed_by: 'https://download.example.com/key.gpg' } },
    { name: 'No more', args: { name: 'old-archive', state: 'absent' } },
  ],
  observe: async (given, remote): Promise<RepositoryState> => {
    const [files, key] = await Promise.all([Promise.all(pathsOf(given.name).map((path) => readPlaced(path, remote))), wantedKey(given, remote)])
    return { files, key, repo: null }
  },
  diff: (given, before) => repositoryChange(given, before),
  apply: async (_, change, remote) => {
    for (const [index, file] of change.after.files.entries()) await place(change.before.files[index], file, remote)
    return undefined
  },
  result: (given, state) => {
    const [dest, , gpg] = pathsOf(given.name)
    return given.state === 'absent' ? { repo: null, dest, key_filename: gpg } : { repo: state.repo ?? state.files[0]?.text ?? '', dest, key_filename: keyPath(given, state) }
  },
})

const KEYRINGS = '/etc/apt/keyrings'

type Given = ArgumentsOf<typeof args>

/** A file of the host; its bytes in Latin-1. */
interface Placed {
  readonly path: string
  readonly text: string | null
  readonly stat: KnownStat | null
}

interface RepositoryState {
  /** The source, the armoured key, the binary key. */
  readonly files: readonly Placed[]
  /** The key that is fetched from an address: where it goes, and its bytes in Latin-1. */
  readonly key: { readonly path: string, readonly text: string } | null
  readonly repo: string | null
}

/** Where the key is, when it is in a file of its own. */
function keyPath({ signed_by: by }: Given, { key }: RepositoryState): string | null {
  if (key !== null) return key.path
  return by?.startsWith('/') === true ? by : null
}

function pathsOf(name: string): readonly [string, string, string] {
  const slug = slugOf(name)
  return [`/etc/apt/sources.list.d/${slug}.sources`, `${KEYRINGS}/${slug}.asc`, `${KEYRINGS}/${slug}.gpg`]
}

async function readPlaced(path: string, remote: Remote): Promise<Placed> {
  const [content, stat] = await Promise.all([remote.readFile(path), remote.stat(path)])
  return { path, text: content?.toString('latin1') ?? null, stat: stat ?? null }
}

async function wantedKey({ signed_by: by, name, state }: Given, remote: Remote): Promise<RepositoryState['key']> {
  if (by === undefined || state === 'absent' || !isAddress(by)) return null
  const key = await fetchedKey(by, remote)
  return { path: `${KEYRINGS}/${slugOf(name)}.${keyExtension(key)}`, text: key.toString('latin1') }
}

function repositoryChange(given: Given, before: RepositoryState): Change<RepositoryState> | undefined {
  const [source, ...keys] = before.files
  if (source === undefined) throw new ModuleFailure('Cannot tell where the source goes')
  const repo = given.state === 'absent' ? null : sourceText(given, before.key?.path)
  const files = [
    repo === null ? { ...source, text: null, stat: null } : withText(source, Buffer.from(repo).toString('latin1'), given.mode),
    ...keys.map((file) => given.state === 'absent' ? { ...file, text: null, stat: null } : file.path === before.key?.path ? withText(file, before.key.text, '0640') : file),
  ]
  const differs = files.some((file, index) => file.text !== before.files[index]?.text || isOtherMode(file, before.files[index]))
  if (!differs) return undefined
  const after = { ...before, files, repo }
  return { before, after, diff: [{ before: shown(source), after: shown(files[0]), beforeHeader: source.path, afterHeader: source.path }] }
}

function withText(file: Placed, text: string, mode: Given['mode']): Placed {
  return { ...file, text, stat: { ...file.stat, ...neededAttributes({ mode }, file.stat ?? undefined) } }
}

function isOtherMode(file: Placed, before: Placed | undefined): boolean {
  return file.stat?.mode !== before?.stat?.mode
}

function shown(file: Placed | undefined): string {
  if (file === undefined || file.text === null) return ''
  return `${file.stat?.mode === undefined ? '' : `# mode ${modeText(file.stat.mode)}\n`}${Buffer.from(file.text, 'latin1').toString('utf8')}`
}

/** Gets a file from one state to another, either way. */
async function place(before: Placed | undefined, after: Placed, remote: Remote): Promise<void> {
  const old = before?.text ?? null
  if (after.text === null) return old === null ? undefined : remote.remove(after.path)
  const attributes = attributesBetween(before?.stat ?? undefined, after.stat ?? {})
  if (old !== after.text) return write(after.path, { text: after.text, attributes }, remote)
  return hasAttributes(attributes) ? remote.setAttributes(after.path, attributes) : undefined
}

interface Writing {
  readonly text: string
  readonly attributes: FileAttributes
}

async function write(path: string, { text, attributes }: Writing, remote: Remote): Promise<void> {
  const folder = dirname(path)
  if (folder === KEYRINGS && await remote.stat(folder) === undefined) await remote.makeDirectory(folder, { mode: 0o755 })
  await remote.writeFile(path, Buffer.from(text, 'latin1'), attributes)
}
