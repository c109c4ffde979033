import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, lstatSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Module } from '../../src/module/module.ts'
import { MODULES } from '../../src/modules/index.ts'
import { Changes } from '../examples/taken-back.ts'
import { allowKey, busyboxHost, type BusyboxHost } from '../support/busybox-host.ts'
import { runEngine, type EngineRunResult } from '../support/engine-run.ts'
import { helperModule } from '../support/helper-module.ts'
import { labPaths } from './control/paths.ts'
import { cached } from './seed/cached.ts'

const FOLDER = join(import.meta.dirname, 'busybox')

/** A host with nothing but Debian's busybox-static, which has su and cron, and dropbear. */
describe('a host with nothing but busybox and dropbear', () => {
  let host: BusyboxHost

  beforeEach(async () => { host = await busyboxHost({ busybox: await staticBusybox(), prepare: settle }) })
  afterEach(async () => { await host.stop() })

  it('has nothing else', () => {
    const programs = readdirSync(join(host.root, 'bin')).filter((name) => !lstatSync(join(host.root, 'bin', name)).isSymbolicLink())
    expect(programs.sort()).toEqual(['busybox', 'dropbear', 'dropbearkey'])
  })

  it('is foretold by check mode, is set up, and is the same the second time', async () => {
    const before = filesBelow(host.root)
    const check = await play('site.yml', { check: true })
    expect(failures(check)).toEqual([])
    expect(filesBelow(host.root)).toEqual(before)
    const first = await play('site.yml')
    expect(failures(first)).toEqual([])
    const foretold = Object.fromEntries(Object.entries(statuses(check)).filter(([, status]) => status !== 'skipped' && status !== 'unknown'))
    expect(statuses(first)).toMatchObject(foretold)
    const again = await play('site.yml')
    expect(failures(again)).toEqual([])
    expect(Object.entries(statuses(again)).filter(([, status]) => status === 'changed').map(([task]) => task)).toEqual([])
    expect(first.messages).toEqual(again.messages)
  })

  it('is as it was before after undo, but for what commands did', async () => {
    const before = filesBelow(host.root)
    const changes = new Changes()
    const lasting: string[] = []
    const takeBack = helperModule('take_back', async () => { lasting.push(...(await changes.takeBack()).map(({ module }) => module)) })
    const run = await play('site.yml', { user: 'root', more: '- {hosts: tiny, gather_facts: false, tasks: [{take_back: {name: all}}]}\n', modules: [...MODULES.map((module) => changes.noting(module)), takeBack] })
    expect(failures(run)).toEqual([])
    // what it wrote is on this machine
    expect(lasting).toEqual(['fetch'])
    // besides: a folder that was made on the way to another, and by what busybox's crontab tells crond
    expect(changed(before, filesBelow(host.root))).toEqual(['root/.ansible_async', 'srv/app', 'srv/app.tgz', 'srv/by-script', 'srv/downloaded', 'srv/made', 'srv/made/two', 'var/spool/cron/crontabs/cron.update'])
  })

  it('says what it has no programs for', async () => {
    const { events } = await play('lacking.yml')
    const unnamed = events.flatMap((event) => event.kind === 'host-ended' && !(event.outcome.status === 'failed' && String(event.outcome.result['msg']).includes(event.task.name)) ? [`${event.task.name}: ${event.outcome.status}: ${JSON.stringify(event.outcome.result)}`] : [])
    expect(unnamed).toEqual([])
  })

  it('lets one who is not root become root by su', async () => {
    const run = await play('become.yml', { user: 'app' })
    expect(failures(run)).toEqual([])
    expect(run.messages).toEqual(['app root app'])
  })

  interface Playing {
    readonly check?: boolean
    readonly user?: string
    /** Plays after it. */
    readonly more?: string
    readonly modules?: readonly Module[]
  }

  function play(file: string, { check = false, user = 'root', more = '', modules }: Playing = {}): Promise<EngineRunResult> {
    const beside = Object.fromEntries(readdirSync(join(FOLDER, 'files')).map((name) => [name, readFileSync(join(FOLDER, 'files', name), 'utf8')]))
    return runEngine({
      files: { ...beside, 'site.yml': readFileSync(join(FOLDER, file), 'utf8') + more }, inventory: host.inventory('tiny', user),
      options: { check, diff: true }, ...modules && { modules },
    })
  }
})

/** Paths that are not what they were, without those of jobs. */
function changed(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((path) => before[path] !== after[path] && !path.startsWith('root/.ansible_async/')).sort()
}

/** Accounts with passwords; su is root's. */
function settle(root: string, publicKey: string): void {
  const password = execFileSync('openssl', ['passwd', '-6', 'tiny-root'], { encoding: 'utf8' }).trim()
  writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\napp:x:1000:1000:app:/home/app:/bin/sh\n')
  writeFileSync(join(root, 'etc/group'), 'root:x:0:\napp:x:1000:\n')
  writeFileSync(join(root, 'etc/shadow'), `root:${password}:19000:0:99999:7:::\napp:*:19000:0:99999:7:::\n`, { mode: 0o600 })
  for (const folder of ['home', 'srv', 'var/spool/cron/crontabs']) mkdirSync(join(root, folder), { recursive: true })
  allowKey(join(root, 'home/app'), publicKey)
  for (const name of ['', '.ssh', '.ssh/authorized_keys']) chownSync(join(root, 'home/app', name), 1000, 1000)
  chmodSync(join(root, 'bin/busybox'), 0o4755)
}

async function staticBusybox(): Promise<string> {
  const folder = await cached(labPaths({ site: 'small' }).cache, { name: 'busybox-static', title: 'Debian\'s busybox-static' }, async (target) => {
    mkdirSync(target)
    chmodSync(target, 0o755)
    execFileSync('sh', ['-c', 'apt-get download -qq busybox-static >/dev/null 2>&1 && dpkg-deb -x busybox-static_*.deb .'], { cwd: target })
    await Promise.resolve()
  })
  return join(folder, 'bin/busybox')
}

function failures({ events }: EngineRunResult): readonly string[] {
  return events.flatMap((event) => event.kind === 'host-ended' && ['failed', 'unreachable'].includes(event.outcome.status) ? [`${event.task.name}: ${JSON.stringify(event.outcome.result)}`] : [])
}

function statuses({ events }: EngineRunResult): Readonly<Record<string, string>> {
  return Object.fromEntries(events.flatMap((event) => event.kind === 'host-ended' ? [[event.task.name, event.outcome.status]] : []))
}

/** path -> what it is. */
function filesBelow(root: string): Readonly<Record<string, string>> {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => !/^(?:proc|dev|tmp|var\/tmp)\b/.test(path)).sort()
  return Object.fromEntries(paths.map((path) => {
    const { mode, uid, gid } = lstatSync(join(root, path))
    return [path, `${mode.toString(8)} ${uid}:${gid} ${contentOf(join(root, path))}`]
  }))
}

function contentOf(path: string): string {
  const stat = lstatSync(path)
  if (stat.isSymbolicLink()) return readlinkSync(path)
  return stat.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : ''
}
