import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, lstatSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { coerceArguments } from '../../src/module/arguments.ts'
import { expandHostPaths } from '../../src/module/host-paths.ts'
import type { Module, StateModule } from '../../src/module/module.ts'
import { createModuleRegistry } from '../../src/module/registry.ts'
import { MODULES } from '../../src/modules/index.ts'
import type { Remote } from '../../src/remote/remote.ts'
import { fromJson } from '../../src/value/json.ts'
import type { JsonObject, Value } from '../../src/value/value.ts'
import { busyboxSession, localSession } from '../remote/remotes.ts'
import { fakeController, type FakeController } from '../support/fake-controller.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

type AnyState = StateModule<never, unknown, unknown>

interface Step {
  readonly name: string
  readonly module: string
  readonly args: JsonObject
  /** What taking the change back leaves behind, though it should not: content that only the journal has, folders that were made on the way. */
  readonly leaves?: string
}

/** `@` is the scratch folder. Each step builds on those before it. */
const STEPS: readonly Step[] = [
  { name: 'makes folders', module: 'file', args: { path: '@/a/b', state: 'directory', mode: '0750' }, leaves: 'folders above' },
  { name: 'writes a text', module: 'copy', args: { content: "it's\n\"quoted\" $HOME\\n\n", dest: '@/a/text', mode: '0640' } },
  { name: 'writes it anew and keeps a backup', module: 'copy', args: { content: 'new\n', dest: '@/a/text', backup: true }, leaves: 'the backup' },
  { name: 'copies a tree', module: 'copy', args: { src: 'site', dest: '@/a', directory_mode: '0755', mode: 'preserve' } },
  { name: 'makes a folder for a file', module: 'copy', args: { src: 'site/x', dest: '@/n/e/w/' }, leaves: 'folders above' },
  { name: 'copies on the host', module: 'copy', args: { src: '@/a/site', dest: '@/copied', remote_src: true } },
  { name: 'copies one file on the host', module: 'copy', args: { src: '@/a/text', dest: '@/a/text2', remote_src: true, mode: '0600' } },
  { name: 'sets a symbolic mode', module: 'file', args: { path: '@/a/text', mode: 'g+w,o=' } },
  { name: 'sets modes of a tree', module: 'file', args: { path: '@/copied', state: 'directory', recurse: true, mode: 'u=rwX,g=rX,o=' } },
  { name: 'makes a link', module: 'file', args: { src: 'text', path: '@/a/link', state: 'link' } },
  { name: 'changes a link', module: 'file', args: { src: '@/a/text2', path: '@/a/link', state: 'link' } },
  { name: 'makes a hard link', module: 'file', args: { src: '@/a/text2', path: '@/a/hard', state: 'hard' } },
  { name: 'writes through a link', module: 'lineinfile', args: { path: '@/a/link', line: 'added' } },
  { name: 'replaces a line', module: 'lineinfile', args: { path: '@/a/text', regexp: '^n', line: 'old' } },
  { name: 'makes a file with a line', module: 'lineinfile', args: { path: '@/l/i/ne', line: 'x', create: true, mode: '0600' }, leaves: 'folders above' },
  { name: 'writes a block', module: 'blockinfile', args: { path: '@/a/text', block: 'one\ntwo' } },
  { name: 'replaces words', module: 'replace', args: { path: '@/a/text', regexp: '\\bone\\b', replace: '1' } },
  { name: 'sets options', module: 'ini_file', args: { path: '@/a/ini', section: 's', option: 'o', value: 'v' } },
  { name: 'writes YAML', module: 'yaml_edit', args: { path: '@/a/yaml', at: 'a.b', value: [1, 'x'], create_file: true } },
  { name: 'edits YAML', module: 'yaml_edit', args: { path: '@/a/yaml', at: 'a.b', op: 'append', value: 'y' } },
  { name: 'sets variables', module: 'shell_vars', args: { path: '@/a/vars', set: { hostname: 'proxy0' }, create: true } },
  { name: 'renames in variables', module: 'shell_vars', args: { path: '@/a/vars', rename: { proxy0: 'z-proxy0' } } },
  { name: 'assembles', module: 'assemble', args: { src: '@/a/site', dest: '@/assembled' } },
  { name: 'accepts what is valid', module: 'copy', args: { content: 'ok\n', dest: '@/valid', validate: 'grep -q ok %s' } },
  { name: 'touches once', module: 'file', args: { path: '@/touched', state: 'touch', modification_time: 'preserve', access_time: 'preserve' } },
  { name: 'sets a time', module: 'file', args: { path: '@/touched', state: 'file', modification_time: '202401020304.05' } },
  { name: 'removes a tree', module: 'file', args: { path: '@/n', state: 'absent' }, leaves: 'content' },
]

const registry = createModuleRegistry(MODULES)

describe.each(['sh', 'busybox'] as const)('modules on a real shell (%s)', (shell) => {
  const folder = temporaryFolder('modules')
  const session = shell === 'sh' ? localSession() : busyboxSession()
  const controller = fakeController({ files: { 'site/x': 'X\n', 'site/sub/y': { content: 'Y\n', mode: '0755' } } })
  let remote: Remote

  beforeAll(async () => { remote = await session.remote() })
  afterAll(async () => { await session.close() })

  it.each(STEPS)('$module $name, as predicted', async (step) => {
    const predicted = await session.predicted()
    const before = treeOnDisk(folder)
    expect(await run(step, { remote: predicted, controller, folder })).toBe(true)
    const seen = await treeOf(predicted, folder)
    expect(await run(step, { remote, controller, folder }), 'changes').toBe(true)
    // Nothing is seen of another run's writes but through the host itself.
    remote.forget()
    expect(seen).toEqual(treeOnDisk(folder))
    expect(await run(step, { remote, controller, folder }), 'changes again').toBe(false)
    if (step.leaves === undefined) {
      await takeBack(folder)
      expect(treeOnDisk(folder), 'undone').toEqual(before)
      expect(await run(step, { remote, controller, folder }), 'changes after undo').toBe(true)
    }
  })

  it('stat tells what is there', async () => {
    const stat = await act('stat', { path: `${folder}/a/link` }, { remote, controller, folder })
    expect(stat).toMatchObject({ stat: { exists: true, islnk: true, lnk_source: `${folder}/a/text2`, readable: true } })
    const file = await act('stat', { path: `${folder}/a/vars` }, { remote, controller, folder })
    const content = readFileSync(`${folder}/a/vars`)
    expect(file).toMatchObject({ stat: { isreg: true, size: content.length, checksum: createHash('sha1').update(content).digest('hex'), mode: '0644' } })
  })

  it('a backup holds what was there before', () => {
    const backup = readdirSync(`${folder}/a`).find(isBackup)
    expect(backup).toBeDefined()
    expect(readFileSync(`${folder}/a/${String(backup)}`, 'utf8')).toBe("it's\n\"quoted\" $HOME\\n\n")
  })

  it('find finds', async () => {
    const found = await act('find', { paths: [`${folder}/a`], patterns: ['y', 'x'], recurse: true, get_checksum: true, age: '-1h' }, { remote, controller, folder })
    expect(found).toMatchObject({ matched: 2 })
  })
})

interface Setting {
  readonly remote: Remote
  readonly controller: FakeController
  readonly folder: string
}

function argumentsOf(module: Module, args: JsonObject, folder: string): unknown {
  const given = new Map(Object.entries(args).map(([name, value]): [string, Value] => [name, fromJson(typeof value === 'string' ? value.replace(/^@/, folder) : value)]))
  const coerced = coerceArguments(module, given)
  if (coerced.kind === 'invalid') throw new Error(JSON.stringify(coerced.problems))
  return coerced.args
}

async function run({ module: name, args }: Step, { remote, controller, folder }: Setting): Promise<boolean> {
  const module = registry.find(name) as unknown as AnyState
  const given = await expandHostPaths(module as unknown as Module, argumentsOf(module as unknown as Module, args, folder), remote)
  const wanted = module.prepare === undefined ? given : await module.prepare(given as never, controller)
  const change = module.diff(wanted, await module.observe(wanted, remote))
  if (change === undefined) return false
  await module.apply(wanted, change, remote)
  lastChange.set(folder, () => module.apply(wanted, { before: change.after, after: change.before }, remote))
  return true
}

/** Undoes the last change by swapping before and after. */
const lastChange = new Map<string, () => Promise<unknown>>()

async function takeBack(folder: string): Promise<void> {
  await lastChange.get(folder)?.()
}

async function act(name: string, args: JsonObject, { remote, controller, folder }: Setting): Promise<JsonObject | undefined> {
  const module = registry.find(name)
  if (module?.kind !== 'action') throw new Error(`${name} is no action`)
  const result = await module.run(argumentsOf(module, args, folder) as never, { remote, controller })
  return result.fields
}

/**
 * Everything below a folder: type, mode, content. Of backups only that they are there counts: the predicted and the real one
 * have different names, and the predictions of earlier steps stay in view beside the real ones.
 */
async function treeOf(remote: Remote, folder: string): Promise<Record<string, string>> {
  const entries = await remote.list(folder) ?? []
  const lines = await Promise.all(entries.map(async ({ path, type, mode, target }) => {
    const content = type === 'file' ? await remote.readText(path) : target
    return [shortName(path, folder), isBackup(path) ? 'there' : `${type} ${type === 'link' ? '' : mode.toString(8)} ${content ?? ''}`]
  }))
  return Object.fromEntries(lines) as Record<string, string>
}

function treeOnDisk(folder: string): Record<string, string> {
  const lines = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => {
    const path = join(folder, name)
    const stat = lstatSync(path)
    const type = stat.isSymbolicLink() ? 'link' : stat.isDirectory() ? 'directory' : 'file'
    const content = type === 'link' ? readlinkSync(path) : type === 'file' ? readFileSync(path, 'utf8') : ''
    return [shortName(path, folder), isBackup(path) ? 'there' : `${type} ${type === 'link' ? '' : (stat.mode & 0o7777).toString(8)} ${content}`]
  })
  return Object.fromEntries(lines) as Record<string, string>
}

const BACKUP = /\.\d+\.\d{4}-.*~$/

function isBackup(path: string): boolean {
  return BACKUP.test(path)
}

function shortName(path: string, folder: string): string {
  return path.slice(folder.length + 1).replace(BACKUP, '.backup')
}
