import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import type { ArgumentSpec } from '../../src/module/argument-spec.ts'
import type { Module } from '../../src/module/module.ts'
import { MODULES } from '../../src/modules/index.ts'
import type { Json, JsonObject } from '../../src/value/value.ts'
import { exampleHost, type ExampleHost } from './host/example-host.ts'
import { recordPrograms } from './host/recorder.ts'

const PROGRAM = join(import.meta.dirname, '../../dist/tsplay.js')
const MARKER = 'Xq7-marker-of-a-secret'

interface Manner {
  readonly works?: JsonObject
  readonly fails?: JsonObject
}

const { given, modules } = parse(readFileSync(join(import.meta.dirname, 'secrets.yml'), 'utf8')) as { readonly given: string, readonly modules: Readonly<Record<string, Manner>> }
const secretive = MODULES.flatMap((module) => {
  const secrets = Object.entries(module.args as ArgumentSpec).flatMap(([name, { secret }]) => secret ? [name] : [])
  return secrets.length === 0 ? [] : [[module.name, { module, secrets }] as const]
})

describe('secret arguments', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'secrets-'))
  const told = new Map<string, string>()
  let host: ExampleHost

  beforeAll(async () => {
    host = await exampleHost(scratch)
    await host.host.tell(given.replaceAll('MARKER', MARKER))
    const recorded = recordPrograms(host.host)
    const started: Record<string, string> = {}
    for (const screen of ['default', 'json']) {
      const seen = recorded.started().length
      told.set(`what tsplay prints (${screen})`, await run(screen))
      started[screen] = recorded.started().slice(seen)
    }
    expect(started['default']).toContain('/bin/sh')
    told.set('the words and the environment of programs', Object.values(started).join('\n'))
    told.set('the journal', textsBelow(join(scratch, 'content/.tsplay')))
    told.set('the junit report', textsBelow(join(scratch, 'content/junit')))
  })

  afterAll(async () => {
    await host.down()
    rmSync(scratch, { recursive: true, force: true })
  })

  it.each(secretive)('of %s are told nowhere', (name, { secrets }) => {
    const leaks = secrets.flatMap((secret) => [...told].flatMap(([where, text]) => placesOf(text, markerOf(name, secret)).map((place) => `${secret} in ${where}: ${place}`)))
    if (leaks.length > 0) expect.fail(`\n${leaks.slice(0, 6).join('\n')}`)
  })

  it('are used in tasks that end well, and in those that do not', () => {
    const report = told.get('the junit report') ?? ''
    for (const [name] of secretive) expect(report).toContain(`${name} fails`)
    const count = [...(told.get('what tsplay prints (default)') ?? '').matchAll(/^(?:ok|changed): \[host\]/gm)].length
    expect(count).toBeGreaterThan(secretive.length)
  })

  async function run(screen: string): Promise<string> {
    const folder = join(scratch, 'content')
    mkdirSync(join(folder, 'home'), { recursive: true })
    writeFileSync(join(folder, 'inventory'), host.inventory)
    writeFileSync(join(folder, 'secrets.yml'), stringify(Object.fromEntries(secretive.flatMap(([name, { secrets }]) => secrets.map((secret) => [`${name}_${secret}`, markerOf(name, secret)])))))
    writeFileSync(join(folder, 'playbook.yml'), stringify([{ hosts: 'host', gather_facts: false, vars_files: ['secrets.yml'], vars: { shop_password: '-', replica_password: '-', stats_password: '-', monitor_password: '-', replicator_password: '-', ca_passphrase: '-', request: { csr: '-' } }, tasks: secretive.flatMap(([, { module, secrets }]) => secrets.flatMap((secret) => tasksOf(module, secret))) }], { lineWidth: 0 }))
    const environment = { PATH: process.env['PATH'] ?? '', HOME: join(folder, 'home'), LANG: 'C.UTF-8', ANSIBLE_STDOUT_CALLBACK: screen, ANSIBLE_CALLBACKS_ENABLED: 'junit', JUNIT_OUTPUT_DIR: join(folder, 'junit') }
    const child = spawn(process.execPath, [PROGRAM, 'run', '-vvv', '--diff', '-i', 'inventory', 'playbook.yml'], { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
    const output: string[] = []
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { output.push(text) })
    const [status] = await once(child, 'close') as [number | null]
    if (status !== 0) throw new Error(output.join('').slice(-3000))
    return output.join('')
  }
})

/** A server's own accounts have one password. */
function markerOf(name: string, secret: string): string {
  const isOfServer = secret === 'login_password' || name === 'pg_standby'
  return isOfServer ? MARKER : `${MARKER}-${name.replaceAll('_', '-')}-${secret.replaceAll('_', '-')}`
}

/** The secret used for real, and in a task that fails; what is registered of them is shown, too. */
function tasksOf(module: Module, secret: string): readonly Json[] {
  const { works = {}, fails = {} } = modules[module.name] ?? modules[`${module.name.split('_')[0] ?? ''}_`] ?? {}
  const args = { ...module.examples[0]?.args, [secret]: `{{ ${module.name}_${secret} }}` }
  return [['works', works], ['fails', fails]].flatMap(([manner, more]) => [
    { name: `${module.name} ${String(manner)}: ${secret}`, [module.name]: { ...args, ...forSecret(more as JsonObject, secret) }, ignore_errors: true, register: 'result' },
    { debug: { var: 'result' } },
  ])
}

/** What one secret leaves on the host must not be what another task finds. */
function forSecret(args: JsonObject, secret: string): JsonObject {
  return JSON.parse(JSON.stringify(args).replaceAll('SECRET', secret)) as JsonObject
}

function placesOf(text: string, marker: string): readonly string[] {
  if (!text.includes(marker)) return []
  return [...text.matchAll(new RegExp(`.{0,120}${marker}(?![-\\w]).{0,40}`, 'g'))].map(([place]) => JSON.stringify(place))
}

function textsBelow(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)).filter((path) => statSync(path).isFile()).map((path) => readFileSync(path, 'latin1')).join('\n')
}
