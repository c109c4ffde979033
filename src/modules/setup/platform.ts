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

/** `cmdline` and `proc_cmdline`: the kernel's command line. */
export function commandLineFacts(raw: RawFacts): JsonObject {
  const pairs = (raw.file('/proc/cmdline') ?? '').split(/\s+/).filter((word) => word !== '').map((word): readonly [string, string | true] => {
    const at = word.indexOf('=')
    return at < 0 ? [word, true] : [word.slice(0, at), word.slice(at + 1)]
  })
  const all = new Map<string, (string | true)[]>()
  for (const [name, value] of pairs) all.set(name, [...all.get(name) ?? [], value])
  return {
    cmdline: Object.fromEntries(pairs),
    proc_cmdline: Object.fromEntries([...all].map(([name, values]) => [name, values.length === 1 ? values[0] ?? true : values])),
  }
}

/** `ssh_host_key_*`. */
export function hostKeyFacts(raw: RawFacts): JsonObject {
  return Object.fromEntries(raw.files(/^\/etc\/ssh\/ssh_host_(\w+)_key\.pub$/).flatMap(([match, content]) => {
    const [type = '', key = ''] = content.split(/\s+/)
    return [[`ssh_host_key_${match[1] ?? ''}_public`, key], [`ssh_host_key_${match[1] ?? ''}_public_keytype`, type]]
  }))
}

/** `dns`: what /etc/resolv.conf says. */
export function dnsFacts(raw: RawFacts): JsonObject {
  const lines = (raw.file('/etc/resolv.conf') ?? '').split('\n').map((line) => line.trim().split(/\s+/)).filter(([word = '']) => /^[a-z]/.test(word))
  const wordsOf = (name: string) => lines.filter(([word]) => word === name).flatMap((line) => line.slice(1))
  const nameservers = wordsOf('nameserver')
  const options = Object.fromEntries(wordsOf('options').map((option) => {
    const [name = '', value] = option.split(':')
    return [name, value ?? true]
  }))
  return {
    dns: {
      ...nameservers.length === 0 ? {} : { nameservers },
      ...wordsOf('domain').length === 0 ? {} : { domain: wordsOf('domain')[0] ?? '' },
      ...wordsOf('search').length === 0 ? {} : { search: wordsOf('search') },
      ...wordsOf('sortlist').length === 0 ? {} : { sortlist: wordsOf('sortlist') },
      ...Object.keys(options).length === 0 ? {} : { options },
    },
  }
}
