import { readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { FactStore } from '../../../src/variables/facts/fact-store.ts'
import { openJsonFactCache } from '../../../src/variables/facts/json-fact-cache.ts'
import { NO_FACT_CACHE } from '../../../src/variables/facts/fact-cache.ts'
import type { Dict, Value } from '../../../src/value/value.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

let folder: string
beforeEach(() => { folder = temporaryFolder('facts') })

describe('the JSON fact cache', () => {
  it('keeps facts between runs, in a file a host', () => {
    store().add('web1', dict({ ansible_distribution: 'Debian', list: [1, '{{ x }}'] }))
    expect(JSON.parse(readFileSync(join(folder, 'pre_web1'), 'utf8'))).toEqual({ ansible_distribution: 'Debian', list: [1, '{{ x }}'] })
    const again = store()
    expect(again.injected('web1')?.get('ansible_distribution')).toBe('Debian')
    expect(again.raw('web1')?.get('list')).toEqual([1, '{{ x }}'])
    again.clear('web1')
    expect(store().raw('web1')).toBeUndefined()
  })

  it('forgets facts that are too old, unless they are good for ever', () => {
    store().add('web1', dict({ a: 1 }))
    const yesterday = Date.now() / 1000 - 90_000
    utimesSync(join(folder, 'pre_web1'), yesterday, yesterday)
    expect(store().raw('web1')).toBeUndefined()
    expect(store(0).raw('web1')?.get('a')).toBe(1)
  })

  it('takes files that Ansible wrote, and passes over broken ones', () => {
    writeFileSync(join(folder, 'pre_a'), '{"x": {"__ansible_unsafe": "{{ y }}"}}')
    writeFileSync(join(folder, 'pre_b'), '{"x":')
    expect(store().raw('a')?.get('x')).toBe('{{ y }}')
    expect(store().raw('b')).toBeUndefined()
  })

  it('stays in its folder, whatever hosts are called', () => {
    store().add('../../etc/passwd', dict({ a: 1 }))
    expect(readFileSync(join(folder, 'pre_..%2F..%2Fetc%2Fpasswd'), 'utf8')).toContain('"a": 1')
  })
})

describe('facts', () => {
  it('do not say how to reach the host', () => {
    const facts = new FactStore(NO_FACT_CACHE, true)
    facts.add('h', dict({ ansible_connection: 'local', ansible_ssh_common_args: '-x', ansible_python_interpreter: '/x', ansible_become_method: 'su', ansible_ssh_host_key_rsa_public: 'k', ansible_docker_gwbridge: 1, ansible_user_id: 'root' }))
    expect([...facts.injected('h')?.keys() ?? []]).toEqual(['ansible_ssh_host_key_rsa_public', 'ansible_docker_gwbridge', 'ansible_user_id'])
    expect((facts.named('h').get('ansible_facts') as Dict).get('connection')).toBe('local')
  })

  it('are no variables of their own when the settings say so, but for ansible_local', () => {
    const facts = new FactStore(NO_FACT_CACHE, false)
    facts.add('h', dict({ ansible_distribution: 'Debian', ansible_local: 1 }))
    expect([...facts.injected('h')?.keys() ?? []]).toEqual(['ansible_local'])
    expect([...(facts.named('other').get('ansible_facts') as Dict).keys()]).toEqual([])
  })
})

function store(timeout = 86_400): FactStore {
  return new FactStore(openJsonFactCache({ folder, prefix: 'pre_', timeout }), true)
}

function dict(entries: Readonly<Record<string, Value>>): Dict {
  return new Map(Object.entries(entries))
}
