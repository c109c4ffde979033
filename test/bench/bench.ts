import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type TemplateFigures, templateFigures } from './template-bench.ts'
import { createWorkload } from './workload.ts'

const { values: options } = parseArgs({
  options: {
    mitogen: { type: 'string' },
    hosts: { type: 'string', default: '10' },
    runs: { type: 'string', default: '3' },
    'skip-ansible': { type: 'boolean', default: false },
    'only-templates': { type: 'boolean', default: false },
  },
})

const project = resolve(import.meta.dirname, '../..')
const lab = join(project, '.lab/bench')
const work = mkdtempSync(join(tmpdir(), 'tsplay-bench-'))
const workload = createWorkload()

interface LabHost { readonly name: string, readonly address: string }

/** Seconds of a contestant's first and converged run. */
interface Figure { readonly first: number, readonly converged: number }

const TEMPLATE_WORK: Readonly<Record<keyof TemplateFigures, string>> = {
  compileHaproxy: 'a haproxy configuration of 50 lines, compiled 200 times', renderHaproxy: 'the same, rendered 200 times',
  compileExpressions: '10,000 small templates, compiled', renderExpressions: 'the same, rendered',
}

try {
  main()
} finally {
  if (!options['only-templates']) execFileSync('npm', ['run', '--silent', 'lab', '--', 'down', '--dir', lab], { cwd: project, stdio: 'ignore' })
  rmSync(work, { recursive: true })
}

function main(): void {
  benchTemplates()
  if (!options['only-templates']) benchRuns()
}

function benchTemplates(): void {
  const figures = templateFigures(work)
  for (const [name, title] of Object.entries(TEMPLATE_WORK)) report(title, figures.map(([engine, times]) => [engine, times[name as keyof TemplateFigures]]), 0)
}

function benchRuns(): void {
  execFileSync('npm', ['run', '--silent', 'lab', '--', 'up', '--site', 'small', '--dir', lab], { cwd: project, stdio: 'inherit' })
  const all = (JSON.parse(readFileSync(join(lab, 'hosts.json'), 'utf8')) as LabHost[])
  report('start-up', [['node -e 0', seconds(['node', '-e', '0'])], ['tsplay --version', seconds(['node', join(project, 'dist/tsplay.js'), '--version'])]], 0)
  for (const hosts of [all.slice(0, 1), all.slice(0, Number(options.hosts))]) measure(hosts)
}

function measure(hosts: readonly LabHost[]): void {
  writeFileSync(join(work, 'site.yml'), workload.playbook)
  writeFileSync(join(work, 'hosts.ini'), `[bench]\n${hosts.map(({ name, address }) => `${name} ansible_host=${address}`).join('\n')}\n`)
  const contestants: readonly (readonly [string, () => Figure])[] = [
    ['limit (ssh HOST sh)', () => ({ first: limit(hosts, workload.firstScript, true), converged: limit(hosts, workload.convergedScript, false) })],
    ['tsplay', () => contest(hosts, tsplayCommand(), {})],
    ...options['skip-ansible'] ? [] : [['ansible, pipelining', () => contest(hosts, ansibleCommand(), ansibleEnvironment({}))] as const],
    ...options.mitogen ? [['mitogen', () => contest(hosts, ansibleCommand(), ansibleEnvironment(mitogen(options.mitogen ?? '')))] as const] : [],
  ]
  const figures = contestants.map(([name, run]) => [name, run()] as const)
  const title = `100 tasks (40 copy, 30 file, 30 lineinfile) on ${hosts.length} host${hosts.length === 1 ? '' : 's'}`
  report(`${title}, first run`, figures.map(([name, figure]) => [name, figure.first]), 1)
  report(`${title}, converged`, figures.map(([name, figure]) => [name, figure.converged]), 1)
}

/** First run from a clean folder, then converged ones; the best of each. */
function contest(hosts: readonly LabHost[], command: readonly string[], environment: Readonly<Record<string, string>>): Figure {
  const runs = Array.from({ length: Number(options.runs) }, () => {
    reset(hosts)
    return { first: seconds(inLab(command), environment), converged: seconds(inLab(command), environment) }
  })
  return { first: Math.min(...runs.map(({ first }) => first)), converged: Math.min(...runs.map(({ converged }) => converged)) }
}

function tsplayCommand(): string[] {
  const key = ['--private-key', join(lab, 'key'), '--ssh-common-args', `-o UserKnownHostsFile=${join(lab, 'known_hosts')}`]
  return ['node', join(project, 'dist/tsplay.js'), 'run', join(work, 'site.yml'), '-i', join(work, 'hosts.ini'), '-u', 'root', '--no-journal', ...key]
}

function ansibleCommand(): string[] {
  return ['ansible-playbook', join(work, 'site.yml'), '-i', join(work, 'hosts.ini'), '-u', 'root', '--forks', '20', '--private-key', join(lab, 'key')]
}

function ansibleEnvironment(more: Readonly<Record<string, string>>): Record<string, string> {
  return {
    ANSIBLE_PIPELINING: 'True',
    ANSIBLE_SSH_ARGS: `-o ControlMaster=auto -o ControlPersist=60s -o UserKnownHostsFile=${join(lab, 'known_hosts')}`,
    ANSIBLE_PYTHON_INTERPRETER: '/usr/bin/python3',
    ANSIBLE_HOME: join(work, 'ansible'),
    ...more,
  }
}

function mitogen(checkout: string): Record<string, string> {
  const plugins = join(resolve(checkout), 'ansible_mitogen/plugins/strategy')
  if (!existsSync(plugins)) throw new Error(`No mitogen checkout in ${checkout}`)
  return { ANSIBLE_STRATEGY_PLUGINS: plugins, ANSIBLE_STRATEGY: 'mitogen_linear' }
}

/** The same work by hand: one ssh a host, all at once, each feeding a script to sh. */
function limit(hosts: readonly LabHost[], script: string, isFirst: boolean): number {
  writeFileSync(join(work, 'script.sh'), script)
  const all = hosts.map(({ address }) => `${sshCommand(address)} sh <${join(work, 'script.sh')} &`).join('\n')
  writeFileSync(join(work, 'limit.sh'), `${all}\nwait\n`)
  return Math.min(...Array.from({ length: Number(options.runs) }, () => {
    if (isFirst) reset(hosts)
    return seconds(inLab(['sh', join(work, 'limit.sh')]))
  }))
}

function reset(hosts: readonly LabHost[]): void {
  for (const { address } of hosts) execFileSync('sh', ['-c', `${inLab([]).join(' ')} ${sshCommand(address)} '${workload.resetScript}'`])
}

function sshCommand(address: string): string {
  return `ssh -i ${join(lab, 'key')} -o UserKnownHostsFile=${join(lab, 'known_hosts')} -o BatchMode=yes root@${address}`
}

function inLab(command: readonly string[]): string[] {
  return [join(lab, 'net-enter'), ...command]
}

function seconds(command: readonly string[], environment: Readonly<Record<string, string>> = {}): number {
  mkdirSync(work, { recursive: true })
  const [program = '', ...args] = command
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: work, encoding: 'utf8', env: { ...process.env, ...environment } })
  const elapsed = (performance.now() - start) / 1000
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${String(status)}\n${stdout}\n${stderr}`)
  return elapsed
}

/** A table with seconds and ratios to the row `base`. */
function report(title: string, rows: readonly (readonly [string, number])[], base: number): void {
  const own = rows[base]?.[1] ?? 1
  const floor = rows[0]?.[1] ?? 1
  console.log(`\n${title}`)
  for (const [name, time] of rows) {
    console.log(`  ${name.padEnd(24)} ${time.toFixed(3).padStart(9)} s   ${(time / floor).toFixed(2).padStart(8)} x ${rows[0]?.[0] ?? ''}   ${(time / own).toFixed(2).padStart(8)} x ${rows[base]?.[0] ?? ''}`)
  }
}
