import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { coerceArguments } from '../../../src/module/arguments.ts'
import type { Change, StateModule } from '../../../src/module/module.ts'
import { git as gitModule } from '../../../src/modules/git.ts'
import type { Remote } from '../../../src/remote/remote.ts'
import { fromJson } from '../../../src/value/json.ts'
import type { JsonObject } from '../../../src/value/value.ts'
import { localSession } from '../../remote/remotes.ts'
import { fakeController } from '../../support/fake-controller.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const module = gitModule as unknown as StateModule<never, unknown, unknown>

describe('git on a real shell', () => {
  const folder = temporaryFolder('git')
  const origin = join(folder, 'origin')
  const session = localSession()
  const commits: string[] = []

  beforeAll(() => {
    execFileSync('git', ['init', '-q', '-b', 'main', origin])
    commit('1')
    git('tag', '-a', 'v1', '-m', 'first')
    git('checkout', '-q', '-b', 'side')
    commit('side')
    git('checkout', '-q', 'main')
    commit('2')
  })
  afterAll(async () => { await session.close() })

  it('clones, and says the commit', async () => {
    const result = await run({ repo: origin, dest: join(folder, 'one') })
    expect(result).toMatchObject({ changed: true, before: null, after: commits[2] })
    expect(await run({ repo: origin, dest: join(folder, 'one') })).toMatchObject({ changed: false, before: commits[2], after: commits[2] })
    expect(content('one')).toBe('2')
  })

  it('is foretold after another copy, of another repository, was foretold', async () => {
    const remote = await session.predicted()
    const other = { repo: origin, dest: join(folder, 'foretold') }
    expect(await foretell({ repo: origin, dest: join(folder, 'before') }, remote)).toBe(true)
    expect(await foretell(other, remote)).toBe(true)
    await expect(foretell(other, remote)).rejects.toThrow('Depends on')
    await expect(foretell({ repo: other.dest, dest: join(folder, 'third') }, remote)).rejects.toThrow('Depends on')
  })

  it.each([['v1', 0], ['side', 1], ['main', 2]] as const)('goes to %s', async (version, index) => {
    expect(await run({ repo: origin, dest: join(folder, 'one'), version })).toMatchObject({ after: commits[index] })
    expect(git('rev-parse', 'HEAD').trim()).toBe(commits[2])
    expect(await run({ repo: origin, dest: join(folder, 'one'), version })).toMatchObject({ changed: false })
  })

  it('goes to a commit, by a part of its name too', async () => {
    const short = commits[0]?.slice(0, 9) ?? ''
    expect(await run({ repo: origin, dest: join(folder, 'one'), version: short })).toMatchObject({ changed: true, after: commits[0] })
    expect(await run({ repo: origin, dest: join(folder, 'one'), version: commits[0] ?? '' })).toMatchObject({ changed: false })
  })

  it('fetches what is new', async () => {
    await run({ repo: origin, dest: join(folder, 'one'), version: 'main' })
    commit('3')
    expect(await run({ repo: origin, dest: join(folder, 'one'), update: false })).toMatchObject({ changed: false, after: commits[2] })
    expect(await run({ repo: origin, dest: join(folder, 'one'), version: 'main' })).toMatchObject({ changed: true, before: commits[2], after: commits[3] })
  })

  it('keeps local changes unless told to overwrite them', async () => {
    writeFileSync(join(folder, 'one/a'), 'local')
    await expect(run({ repo: origin, dest: join(folder, 'one') })).rejects.toThrow('Local modifications exist')
    expect(await run({ repo: origin, dest: join(folder, 'one'), force: true })).toMatchObject({ changed: true })
    expect(content('one')).toBe('3')
  })

  it('cuts the history', async () => {
    const args = { repo: origin, dest: join(folder, 'shallow'), version: 'side', depth: 1 }
    await run(args)
    expect(execFileSync('git', ['-C', args.dest, 'rev-list', '--all', '--count'], { encoding: 'utf8' }).trim()).toBe('1')
    expect(await run({ ...args, version: 'main' })).toMatchObject({ changed: true, after: commits[3] })
    expect(await run({ ...args, version: 'v1' })).toMatchObject({ changed: true, after: commits[0] })
  })

  it('forgets the HEAD of another repository', async () => {
    const other = join(folder, 'other')
    execFileSync('git', ['init', '-q', '-b', 'trunk', other])
    execFileSync('git', ['-C', other, '-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-q', '--allow-empty', '-m', 'other'])
    await run({ repo: other, dest: join(folder, 'moved') })
    await run({ repo: origin, dest: join(folder, 'moved') })
    const [head, remote] = ['HEAD', 'origin/HEAD'].map((name) => execFileSync('git', ['-C', join(folder, 'moved'), 'rev-parse', name], { encoding: 'utf8' }).trim())
    expect([head, remote]).toEqual([git('rev-parse', 'HEAD').trim(), head])
  })

  it('makes an archive, and knows it', async () => {
    const args = { repo: origin, dest: join(folder, 'one'), version: 'main', archive: join(folder, 'one.tar.gz'), archive_prefix: 'p/' }
    expect(await run(args)).toMatchObject({ changed: true })
    expect(execFileSync('tar', ['-tf', args.archive], { encoding: 'utf8' })).toBe('p/\np/a\n')
    expect(await run(args)).toMatchObject({ changed: false })
  })

  it('has the repository elsewhere, and moves it', async () => {
    const args = { repo: origin, dest: join(folder, 'apart'), separate_git_dir: join(folder, 'apart.git') }
    await run(args)
    expect(await run({ ...args, separate_git_dir: join(folder, 'moved.git') })).toMatchObject({ changed: true })
    expect(existsSync(join(folder, 'moved.git/config'))).toBe(true)
    expect(await run({ ...args, separate_git_dir: join(folder, 'moved.git') })).toMatchObject({ changed: false })
  })

  it('takes submodules along', async () => {
    execFileSync('git', ['-c', 'protocol.file.allow=always', '-C', origin, 'submodule', '--quiet', 'add', join(folder, 'one'), 'sub'])
    git('commit', '-qm', 'sub')
    const environment = 'GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=protocol.file.allow GIT_CONFIG_VALUE_0=always'
    writeFileSync(join(folder, 'git'), `#!/bin/sh\n${environment} exec git "$@"\n`, { mode: 0o755 })
    const args = { repo: origin, dest: join(folder, 'sub'), executable: join(folder, 'git') }
    await run({ ...args, recursive: false })
    expect(existsSync(join(folder, 'sub/sub/a'))).toBe(false)
    expect(await run(args)).toMatchObject({ changed: true, submodules_changed: true })
    expect(existsSync(join(folder, 'sub/sub/a'))).toBe(true)
    expect(await run(args)).toMatchObject({ changed: false })
  })

  it('says that there is no such version', async () => {
    await expect(run({ repo: origin, dest: join(folder, 'one'), version: 'nonsense' })).rejects.toThrow('Could not determine remote revision for nonsense')
    await expect(run({ repo: join(folder, 'none'), dest: join(folder, 'x') })).rejects.toThrow('Failed to list references of')
  })

  function git(...words: readonly string[]): string {
    return execFileSync('git', ['-C', origin, '-c', 'user.name=t', '-c', 'user.email=t@t', ...words], { encoding: 'utf8' })
  }

  function commit(text: string): void {
    writeFileSync(join(origin, 'a'), text)
    appendFileSync(join(origin, '.git/config'), '[user]\nname = t\nemail = t@t\n')
    git('add', 'a')
    git('commit', '-qm', text)
    commits.push(git('rev-parse', 'HEAD').trim())
  }

  function content(name: string): string {
    return readFileSync(join(folder, name, 'a'), 'utf8')
  }

  async function foretell(given: JsonObject, remote: Remote): Promise<boolean> {
    const wanted = await module.prepare?.(taken(given) as never, fakeController())
    const change = module.diff(wanted, await module.observe(wanted, remote))
    if (change !== undefined) await remote.write({ summary: 'Predict git', command: { script: ':' }, effects: module.effects?.(wanted, change) ?? {} })
    return change !== undefined
  }

  async function run(given: JsonObject): Promise<JsonObject> {
    const remote = await session.remote()
    remote.forget()
    const wanted = await module.prepare?.(taken(given) as never, fakeController())
    const before = await module.observe(wanted, remote)
    const change: Change<unknown> | undefined = module.diff(wanted, before)
    const added = change === undefined ? {} : await module.apply(wanted, change, remote)
    return { changed: change !== undefined, ...module.result?.(wanted, change?.after ?? before), ...change?.fields, ...added }
  }
})

function taken(given: JsonObject): unknown {
  const coerced = coerceArguments(gitModule, new Map(Object.entries(given).map(([name, value]) => [name, fromJson(value)])))
  if (coerced.kind === 'invalid') throw new Error(JSON.stringify(coerced.problems))
  return coerced.args
}
