import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

  it('are those of bridges, labels, peers and all kinds of addresses', () => {
    expect(compare(folder, IN_A_NETWORK)).toEqual([])
  })

  it('are those of files of facts, whatever is in them', () => {
    const place = join(folder, 'facts.d')
    mkdirSync(place)
    for (const [name, text] of Object.entries(LOCAL)) writeFileSync(join(place, `${name}.fact`), text, { mode: text.startsWith('#!') ? 0o755 : 0o644 })
    symlinkSync('/nowhere', join(place, 'broken.fact'))
    const { ansible, tsplay } = both(folder, PLAYBOOK.replace('setup:', `setup: {gather_subset: ['!all', '!min', local], fact_path: ${place}}`))
    expect(ansible.size).toBeGreaterThan(Object.keys(LOCAL).length)
    expect(tsplay).toEqual(ansible)
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
function compare(folder: string, place: readonly string[] = []): readonly string[] {
  const { ansible, tsplay, different } = both(folder, PLAYBOOK, place)
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

function both(folder: string, playbook: string, place: readonly string[] = []): Both {
  const reference = findReference()
  const ansible = flat(gathered({ folder, playbook, command: [...place, ...reference.playbook], environment: reference.environment, name: 'ansible' }))
  const tsplay = flat(gathered({ folder, playbook, command: [...place, process.execPath, PROGRAM, 'run'], environment: {}, name: 'tsplay' }))
  const patterns = [...DIFFERENT, ...MOVING, ...reference.isOlder ? NEWER : []]
  return { ansible, tsplay, different: (path) => patterns.some((pattern) => fits(path, pattern)) }
}

const LOCAL: Readonly<Record<string, string>> = {
  json: '{"a": {"b": [1, null, "x"]}}', text: '"text"', list: '[1, 2]', empty: '', words: 'not [ valid',
  ini: '[One]\nKey = v\nx: 1 2 ; kept\n# c\nlist: [1]\ncolor = #fff\nempty =\n[two]\n', long: '[a]\nlong = one\n  two\n', defaults: '[DEFAULT]\nd = 1\n[a]\nb = 2\n[c]\nd = 3\n',
  twice: '[a]\nx = 1\nx = 2\n', 'same-section': '[a]\nx = 1\n[a]\ny = 2\n', bare: '[a]\nk\n', headless: 'top = 1\n[a]\n', filled: '[a]\nb = %(c)s and %%\nc = d\n',
  prints: '#!/bin/sh\necho \'{"a": [1]}\'\n', 'prints-ini': '#!/bin/sh\nprintf "[a]\\nb=c\\n"\n', silent: '#!/bin/sh\n', complains: '#!/bin/sh\necho oops >&2\necho \'{"fine": true}\'\n',
  fails: '#!/bin/sh\necho said\necho oops >&2\nexit 3\n',
}

/** A network with nothing of the machine's, and what is rarely seen. */
const IN_A_NETWORK = ['unshare', '-nm', 'sh', '-ec', `
mount -t sysfs sysfs /sys
ip link set lo up
ip address add 127.0.0.5/8 dev lo
ip address add 2001:db8::1/128 dev lo
ip link add br-x address 02:00:00:00:00:01 type bridge
ip link add v0 address 02:00:00:00:00:02 type veth peer name v1 address 02:00:00:00:00:03
ip link add v2 address 02:00:00:00:00:04 type veth peer name v3 address 02:00:00:00:00:05
ip link set v2 master br-x
ip link set v3 mtu 1300
for each in br-x v0 v1 v2 v3; do ip link set $each up; done
ip address add 10.1.2.3/24 broadcast 10.1.2.255 dev br-x
ip address add 10.1.2.4/24 dev br-x
ip address add 10.1.2.5/24 dev br-x label br-x:2
ip address add 10.1.3.4/32 dev br-x label br-x:1
ip address add 172.16.0.1 peer 172.16.0.2 dev v0
ip address add fd00::5/64 dev v0
ip address add 192.168.9.9/16 dev v1 label v1:web
ip route add default via 10.1.2.1 dev br-x
ip -6 route add default via fd00::1 dev v0
sleep 3
exec "$@"`, 'sh']

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
  readonly name: string
}

function gathered({ folder, playbook, command, environment, name }: Gathering): Facts {
  const [program = '', ...words] = command
  const [path, out] = [join(folder, 'playbook.yml'), join(folder, `${name}.json`)]
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
