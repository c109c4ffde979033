import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { algorithmsFor } from '../../src/connection/ssh/algorithms.ts'
import { entriesFor, judgeKey, keyTypeIn, parseKnownHosts } from '../../src/connection/ssh/known-hosts.ts'

const key = (type: string, text: string): Buffer => Buffer.concat([Buffer.from([0, 0, 0, type.length]), Buffer.from(type), Buffer.from(text)])
const line = (hosts: string, bytes: Buffer): string => `${hosts} ${keyTypeIn(bytes)} ${bytes.toString('base64')}`

const ED = key('ssh-ed25519', 'one')
const OTHER_ED = key('ssh-ed25519', 'two')
const RSA = key('ssh-rsa', 'three')

function hashed(name: string): string {
  const salt = Buffer.from('salt')
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`
}

/** The lines of a file that name a server. */
function lines(text: string, name: string, port = 22): readonly number[] {
  return entriesFor(parseKnownHosts([{ path: 'file', text }]), name, port).map((entry) => entry.line)
}

describe('known_hosts', () => {
  it.each([
    ['web', 'web', 22, true], ['WEB', 'web', 22, true], ['web', 'WEB', 22, true], ['web', 'web', 2222, false], ['[web]:2222', 'web', 2222, true], ['[web]:2222', 'web', 22, false],
    ['a,web,10.0.0.1', '10.0.0.1', 22, true], ['*.org', 'web.org', 22, true], ['*.org,!web.org', 'web.org', 22, false], ['10.0.0.?', '10.0.0.12', 22, false],
    ['[*.org]:22', 'web.org', 22, false], [hashed('web'), 'web', 22, true], [hashed('[web]:2222'), 'web', 2222, true], [hashed('web'), 'other', 22, false], ['|2|x|y', 'web', 22, false],
  ])('%s names %s at port %d: %s', (...[hosts, name, port, named]) => {
    expect(lines(line(hosts, ED), name, port)).toEqual(named ? [1] : [])
  })

  it('skips comments and broken lines, and counts them', () => {
    expect(lines(`# web\n\nweb\nweb ssh-ed25519\n@unknown web ssh-ed25519 AAAA\n  ${line('web', ED)} comment\n`, 'web')).toEqual([6])
  })
})

describe('a host key', () => {
  const judge = (text: string, shown: Buffer): unknown => judgeKey(entriesFor(parseKnownHosts([{ path: 'file', text }]), 'web', 22), shown)

  it('is known when any line has it', () => {
    expect(judge(`${line('web', OTHER_ED)}\n${line('web', ED)}`, ED)).toEqual({ kind: 'known' })
  })

  it('has changed when lines have only others, the one of its type named first', () => {
    expect(judge(`${line('web', RSA)}\n${line('web', OTHER_ED)}`, ED)).toMatchObject({ kind: 'changed', expected: { file: 'file', line: 2 } })
    expect(judge(line('web', RSA), ED)).toMatchObject({ kind: 'changed', expected: { line: 1 } })
  })

  it('is unknown when no line names the host, or only authorities do', () => {
    expect(judge(line('other', ED), ED)).toEqual({ kind: 'unknown', authorities: [] })
    expect(judge(`@cert-authority ${line('*', RSA)}`, ED)).toMatchObject({ kind: 'unknown', authorities: [{ line: 1 }] })
  })

  it('is revoked whatever else is said', () => {
    expect(judge(`${line('web', ED)}\n@revoked ${line('*', ED)}`, ED)).toMatchObject({ kind: 'revoked', by: { line: 2 } })
  })
})

describe('offered algorithms', () => {
  it('begin with the host keys that are known', () => {
    expect(algorithmsFor(new Set(['ssh-rsa'])).serverHostKey).toEqual(['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa', 'ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521'])
  })
})
