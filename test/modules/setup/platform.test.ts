import { describe, expect, it } from 'vitest'
import { commandLineFacts, dnsFacts, hostKeyFacts } from '../../../src/modules/setup/platform.ts'
import { parseRawFacts } from '../../../src/modules/setup/raw-facts.ts'

function host(files: Readonly<Record<string, string>>) {
  return parseRawFacts(`\u001efiles\n${Object.entries(files).flatMap(([path, text]) => text.split('\n').map((line) => `${path}:${line}`)).join('\n')}\n`)
}

describe('the kernel\'s command line', () => {
  it('has all values of a word, and the last one', () => {
    expect(commandLineFacts(host({ '/proc/cmdline': 'ro quiet console=tty0 console=ttyS0,115200 root=UUID=a=b quiet' }))).toEqual({
      cmdline: { ro: true, quiet: true, console: 'ttyS0,115200', root: 'UUID=a=b' },
      proc_cmdline: { ro: true, quiet: true, console: ['tty0', 'ttyS0,115200'], root: 'UUID=a=b' },
    })
  })

  it('is not told where it cannot be read', () => {
    expect(commandLineFacts(host({}))).toEqual({})
  })
})

describe('dns', () => {
  it('is what the last lines say, and all name servers', () => {
    const text = '# by hand\n; too\nsearch old.example\nnameserver 10.0.0.1\nnameserver ::1\nsearch a.example b.example\ndomain a.example\noptions ndots:2 rotate'
    expect(dnsFacts(host({ '/etc/resolv.conf': text }))).toEqual({
      dns: { nameservers: ['10.0.0.1', '::1'], search: ['a.example', 'b.example'], domain: 'a.example', options: { ndots: '2', rotate: true } },
    })
  })

  it('is empty without a file', () => {
    expect(dnsFacts(host({}))).toEqual({ dns: {} })
  })
})

describe('host keys', () => {
  it('are those of the first folder that has some', () => {
    expect(hostKeyFacts(host({ '/etc/openssh/ssh_host_rsa_key.pub': 'ssh-rsa AAAA root@a', '/etc/ssh_host_dsa_key.pub': 'ssh-dss BBBB', '/etc/ssh/ssh_host_other_key.pub': 'x CCCC' }))).toEqual({
      ssh_host_key_rsa_public: 'AAAA', ssh_host_key_rsa_public_keytype: 'ssh-rsa',
    })
  })
})
