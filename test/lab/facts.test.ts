import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { findReference } from '../reference/reference.ts'

type Facts = Readonly<Record<string, unknown>>

const PROGRAM = join(import.meta.dirname, '../../dist/tsplay.js')
const NOTES = readFileSync(join(import.meta.dirname, '../../docs/facts.md'), 'utf8')

/** Facts that need not be the same, as paths with dots; each is told, with the reason, in docs/facts.md. */
const DIFFERENT = [
  'ansible_*.features', 'ansible_*.hw_timestamp_filters', 'ansible_*.phc_index', 'ansible_*.timestamping', 'ansible_devices.*.host', 'ansible_devices.*.wwn',
  'ansible_lsb', 'ansible_facter*', 'ansible_ohai*', 'discovered_interpreter_python', 'gather_subset', 'module_setup',
]
/** What came, or became a number, since ansible-core 2.14. */
const NEWER = ['ansible_flags', 'ansible_devices.*.sectors', 'ansible_devices.*.partitions.*.sectors', 'ansible_locally_reachable_ips', 'ansible_mounts.*.dump', 'ansible_mounts.*.passno', 'ansible_systemd']
/** What moves while one looks. */
const MOVING = [
  'ansible_date_time.*', 'ansible_loadavg.*', 'ansible_mem*', 'ansible_swapfree_mb', 'ansible_uptime_seconds', 'ansible_mounts.*.*available', 'ansible_mounts.*.*used', 'ansible_env.*', 'ansible_interfaces',
]

describe('facts of this machine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'facts-'))
  afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

  it('are those that Ansible tells, but for what docs/facts.md names', () => {
    expect(lasting(() => compare(folder))).toEqual([])
  })

  it('are the same ones for each subset and filter', () => {
    expect(lasting(() => compareSubsets(folder))).toEqual([])
  })

  it('are named in the notes where they differ', () => {
    expect(DIFFERENT.filter((pattern) => !NOTES.includes(`\`${pattern}\``))).toEqual([])
  })
})

/** Tests beside this one set up and remove devices, mounts and networks meanwhile: a difference is what is told each time. */
function lasting(look: () => readonly string[]): readonly string[] {
  let differences = look()
  for (let again = 0; again < 2 && differences.length > 0; again += 1) {
    const later = new Set(look())
    differences = differences.filter((difference) => later.has(difference))
  }
  return differences
}

/** What Ansible and tsplay tell of this machine now, where it is not the same. */
function compare(folder: string): readonly string[] {
  const { ansible, tsplay, different } = both(folder, PLAYBOOK)
  const paths = [...new Set([...ansible.keys(), ...tsplay.keys()])].filter((path) => !different(path))
  expect(paths.length).toBeGreaterThan(100)
  return paths.filter((path) => ansible.get(path) !== tsplay.get(path)).map((path) => `${path}: ${ansible.get(path) ?? 'nothing'} | ${tsplay.get(path) ?? 'nothing'}`)
}

/** Names of facts that are gathered by one of them only, by the arguments. */
function compareSubsets(folder: string): readonly string[] {
  const { ansible, tsplay, different } = both(folder, SUBSETS)
  expect(ansible.size).toBeGreaterThan(5)
  return [...ansible].flatMap(([args, told]) => {
    const [theirs, ours] = [JSON.parse(told) as string[], JSON.parse(tsplay.get(args) ?? '[]') as string[]]
    const alone = [...theirs.filter((name) => !ours.includes(name)), ...ours.filter((name) => !theirs.includes(name))]
    return alone.filter((name) => !different(name)).map((name) => `${args}: ${name}`)
  })
}

interface Both {
  readonly ansible: ReadonlyMap<string, string>
  readonly tsplay: ReadonlyMap<string, string>
  readonly different: (path: string) => boolean
}

function both(folder: string, playbook: string): Both {
  const reference = findReference()
  const ansible = flat(gathered({ folder, playbook, command: reference.playbook, environment: reference.environment }))
  const tsplay = flat(gathered({ folder, playbook, command: [process.execPath, PROGRAM, 'run'], environment: {} }))
  const patterns = [...DIFFERENT, ...MOVING, ...reference.isOlder ? NEWER : []]
  return { ansible, tsplay, different: (path) => patterns.some((pattern) => fits(path, pattern)) }
}

const SUBSETS = `
- hosts: localhost
  connection: local
  gather_facts: false
  tasks:
    - setup: "{{ item }}"
      loop:
        - {gather_subset: ['!all']}
        - {gather_subset: ['!all', '!min']}
        - {gather_subset: ['!hardware']}
        - {gather_subset: [all, '!min', '!mounts']}
        - {gather_subset: [network, virtual]}
        - {gather_subset: ['!all', '!min', mounts]}
        - {gather_subset: ['!all', '!min', default_ipv4]}
        - {gather_subset: ['!all', '!min', service_mgr, is_chroot, loadavg, iscsi, nvme, fibre_channel_wwn, ssh_host_key_rsa_public]}
        - {gather_subset: ['!all', '!min', env, '!env', '!nonsense', python_version]}
        - {filter: ['ansible_d*', '*version*']}
        - {filter: [distribution, ansible_os_family], gather_subset: [min]}
      register: gathered
    - copy:
        content: "{{ dict(gathered.results | map(attribute='item') | map('to_json') | zip(gathered.results | map(attribute='ansible_facts') | map('list'))) | to_json }}"
        dest: "{{ out }}"
`

const PLAYBOOK = `
- hosts: localhost
  connection: local
  gather_facts: false
  tasks:
    - setup:
      register: gathered
    - copy:
        content: "{{ gathered.ansible_facts | to_json }}"
        dest: "{{ out }}"
`

interface Gathering {
  readonly folder: string
  readonly playbook: string
  readonly command: readonly string[]
  readonly environment: Readonly<Record<string, string>>
}

function gathered({ folder, playbook, command, environment }: Gathering): Facts {
  const [program = '', ...words] = command
  const [path, out] = [join(folder, 'playbook.yml'), join(folder, `${basename(program)}.json`)]
  writeFileSync(path, playbook)
  execFileSync(program, [...words, '-i', 'localhost,', path, '-e', `out=${out}`], { cwd: folder, stdio: 'pipe', timeout: 120_000, env: { ...process.env, ANSIBLE_PYTHON_INTERPRETER: '/usr/bin/python3', ...environment } })
  return JSON.parse(readFileSync(out, 'utf8')) as Facts
}

/** Leaves by their paths. The order of a list of texts does not count. */
function flat(value: unknown, path = ''): ReadonlyMap<string, string> {
  if (typeof value !== 'object' || value === null) return new Map([[path, JSON.stringify(value)]])
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return new Map([[path, JSON.stringify([...value].sort())]])
  const entries = Object.entries(value)
  if (entries.length === 0) return new Map([[path, JSON.stringify(value)]])
  return new Map(entries.flatMap(([key, item]) => [...flat(item, path === '' ? key : `${path}.${key}`)]))
}

/** A path, or one above it, fits: `*` is any part, or any end of one. */
function fits(path: string, pattern: string): boolean {
  const source = pattern.split('.').map((part) => part.replace(/[*]|[^*\w]/g, (piece) => (piece === '*' ? '[^.]*' : `\\${piece}`))).join('\\.')
  return new RegExp(`^${source}(?:\\..*)?$`).test(path)
}
