import type { JsonObject } from '../../value/value.ts'
import type { RawFacts } from './raw-facts.ts'

/** Kernel, architecture and names of the host, and `python_version`. */
export function platformFacts(raw: RawFacts): JsonObject {
  const kernel = (name: string) => raw.file(`/proc/sys/kernel/${name}`) ?? ''
  const nodename = kernel('hostname')
  const { fqdn, domain } = fullNameOf(raw.part('names'), nodename)
  const machine = raw.part('machine').trim()
  const architecture = machine.replace(/^i[3-6]86$/, 'i386')
  const machineId = /^[0-9a-f]{32}$/m.exec(raw.file('/etc/machine-id') ?? raw.file('/var/lib/dbus/machine-id') ?? '')?.[0]
  const python = /^Python (3\S*)/m.exec(raw.part('python'))?.[1]
  return {
    system: kernel('ostype'),
    kernel: kernel('osrelease'),
    kernel_version: kernel('version'),
    machine,
    architecture,
    userspace_architecture: architecture,
    userspace_bits: /64|s390x/.test(machine) ? '64' : '32',
    nodename,
    hostname: nodename.replace(/\..*/, ''),
    fqdn,
    domain,
    ...machineId !== undefined && { machine_id: machineId },
    ...python !== undefined && { python_version: python },
  }
}

/** As Python's getfqdn: the first name with a dot that the host's address has (a line of `getent hosts`), else its first name. */
export function fullNameOf(line: string, nodename: string): { readonly fqdn: string, readonly domain: string } {
  const words = line.trim().split('\n')[0]?.split(/\s+/).filter((word) => word !== '') ?? []
  const names = words.length > 1 ? words.slice(1) : words
  const fqdn = names.find((name) => name.includes('.')) ?? names[0] ?? nodename
  return { fqdn, domain: fqdn.split('.').slice(1).join('.') }
}

/** `cmdline` and `proc_cmdline`: the kernel's command line; the latter has all values of a word that stands there more than once. */
export function commandLineFacts(raw: RawFacts): JsonObject {
  const words = (raw.file('/proc/cmdline') ?? '').split(/\s+/).filter((word) => word !== '').map((word): readonly [string, string | true] => {
    const at = word.indexOf('=')
    return at < 0 ? [word, true] : [word.slice(0, at), word.slice(at + 1)]
  })
  if (words.length === 0) return {}
  const all = new Map<string, (string | true)[]>()
  for (const [name, value] of words) all.set(name, value === true ? [true] : [...all.get(name) ?? [], value])
  return {
    cmdline: Object.fromEntries(words),
    proc_cmdline: Object.fromEntries([...all].map(([name, values]) => [name, values.length === 1 ? values[0] ?? true : values])),
  }
}

/** `ssh_host_key_*`, of the first folder that has some. */
export function hostKeyFacts(raw: RawFacts): JsonObject {
  const keys = raw.files(/^(\/etc(?:\/(?:open)?ssh)?)\/ssh_host_(dsa|rsa|ecdsa|ed25519)_key\.pub$/)
  const folder = ['/etc/ssh', '/etc/openssh', '/etc'].find((path) => keys.some(([[, where]]) => where === path))
  return Object.fromEntries(keys.filter(([[, where]]) => where === folder).flatMap(([[, , algorithm = ''], content]) => {
    const [type = '', key = ''] = content.split(/\s+/)
    return [[`ssh_host_key_${algorithm}_public`, key], [`ssh_host_key_${algorithm}_public_keytype`, type]]
  }))
}

/** `dns`: what /etc/resolv.conf says; of all but name servers the last line counts. */
export function dnsFacts(raw: RawFacts): JsonObject {
  const lines = (raw.file('/etc/resolv.conf') ?? '').split('\n').filter((line) => !/^[#;]/.test(line)).map((line) => line.trim().split(/\s+/))
  const nameservers = lines.filter(([word]) => word === 'nameserver').flatMap((line) => line.slice(1))
  const last = (name: string) => lines.findLast(([word]) => word === name)?.slice(1)
  const [domain, search, sortlist, options] = [last('domain')?.[0], last('search'), last('sortlist'), last('options')]
  return {
    dns: {
      ...nameservers.length > 0 && { nameservers },
      ...domain !== undefined && { domain },
      ...search !== undefined && { search },
      ...sortlist !== undefined && { sortlist },
      ...options !== undefined && { options: optionFacts(options) },
    },
  }
}

function optionFacts(options: readonly string[]): JsonObject {
  return Object.fromEntries(options.map((option) => {
    const at = option.indexOf(':')
    return at < 0 ? [option, true] : [option.slice(0, at), option.slice(at + 1) || true]
  }))
}
