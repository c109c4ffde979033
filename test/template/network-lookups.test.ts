import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTemplar } from '../../src/template/templar.ts'
import { fromJson } from '../../src/value/json.ts'
import { TemplateString } from '../../src/value/template-string.ts'
import { scopeOf, variables } from './render.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** Servers in a process of their own: lookups hold up this one. */
const SERVERS = String.raw`
const http = require('node:http').createServer((request, response) => {
  const { url, headers } = request
  if (url === '/moved') return response.writeHead(302, { location: '/lines' }).end()
  if (url === '/private' && headers.authorization === undefined) return response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
  if (url === '/missing') return response.writeHead(404).end()
  if (url === '/slow') return setTimeout(() => response.end('late'), 5000)
  response.end(url === '/lines' ? 'one\ntwo\n' : JSON.stringify(headers))
})
const dns = require('node:dgram').createSocket('udp4')
const RECORDS = { 1: [Buffer.from([10, 0, 0, 7])], 16: [Buffer.concat([Buffer.from([5]), Buffer.from('hello')])], 15: [Buffer.concat([Buffer.from([0, 10]), Buffer.from([0xc0, 12])])], 12: [Buffer.from([0xc0, 12])] }
dns.on('message', (question, { port, address }) => {
  const end = question.indexOf(0, 12) + 5
  const records = question.includes('nowhere') ? [] : RECORDS[question.readUInt16BE(end - 4)] ?? []
  const header = Buffer.from(question.subarray(0, 12))
  header.writeUInt16BE(question.includes('nowhere') ? 0x8183 : 0x8180, 2)
  header.writeUInt16BE(records.length, 6)
  header.writeUInt32BE(0, 8)
  const answers = records.map((data) => {
    const head = Buffer.alloc(12)
    head.writeUInt16BE(0xc00c, 0)
    question.copy(head, 2, end - 4, end)
    head.writeUInt32BE(60, 6)
    head.writeUInt16BE(data.length, 10)
    return Buffer.concat([head, data])
  })
  dns.send(Buffer.concat([header, question.subarray(12, end), ...answers]), port, address)
})
dns.bind(0, '127.0.0.1', () => http.listen(0, '127.0.0.1', () => console.log(JSON.stringify([http.address().port, dns.address().port]))))
`

describe('lookups of servers and programs', () => {
  let servers: ChildProcess
  let scope = scopeOf({})
  const templar = createTemplar({ basePaths: () => [import.meta.dirname] })
  const evaluate = (source: string) => templar.evaluate(new TemplateString(source), scope)

  beforeAll(async () => {
    servers = spawn(process.execPath, ['-e', SERVERS], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [web, dns] = await new Promise<[number, number]>((resolve) => { servers.stdout?.once('data', (data: Buffer) => { resolve(JSON.parse(data.toString()) as [number, number]) }) })
    const store = temporaryFolder('pass')
    const pass = join(store, 'pass')
    writeFileSync(pass, '#!/bin/sh\n[ "$2" = web/admin ] || { echo "Error: $2 is not in the password store." >&2; exit 1; }\nprintf "s3cret\\nlogin: root\\n"\n')
    chmodSync(pass, 0o755)
    scope = scopeOf(variables({
      web: `http://127.0.0.1:${web}`, dns: `127.0.0.1:${dns}`, pass,
      app_a: { ports: [1], name: 'a' }, app_b: { ports: [2], name: '{{ "b" }}' }, list_1: [1], list_2: [2], number_x: 1, number_y: [2],
    }))
  })

  afterAll(() => { servers.kill() })

  it.each([
    ["{{ query('url', web ~ '/lines') }}", ['one', 'two']],
    ["{{ lookup('url', web ~ '/lines', split_lines=false) }}", 'one\ntwo\n'],
    ["{{ lookup('ansible.builtin.url', web ~ '/moved') }}", 'one,two'],
    ["{{ (lookup('url', web ~ '/', headers={'X-A': 'b'}, http_agent='me') | from_json) | dict2items | selectattr('key', 'in', ['x-a', 'user-agent']) | map(attribute='value') | sort }}", ['b', 'me']],
    ["{{ (lookup('url', web ~ '/private', username='u', password='p') | from_json).authorization }}", 'Basic dTpw'],
    ["{{ lookup('dig', 'a.example', '@' ~ dns) }}", '10.0.0.7'],
    ["{{ lookup('dig', 'a.example', 'qtype=TXT', '@' ~ dns) }}", 'hello'],
    ["{{ lookup('community.general.dig', 'a.example/MX', '@' ~ dns) }}", '10 a.example.'],
    ["{{ lookup('dig', '10.0.0.7', qtype='PTR') if false else 'unasked' }}", 'unasked'],
    ["{{ query('dig', '10.0.0.7/PTR', '@' ~ dns) }}", ['7.0.0.10.in-addr.arpa.']],
    ["{{ lookup('dig', 'nowhere.example', '@' ~ dns) }}", 'NXDOMAIN'],
    ["{{ query('dig', 'nowhere.example', 'real_empty=1', '@' ~ dns) }}", []],
    ["{{ lookup('dig', 'a.example', 'b.example', '@' ~ dns) }}", '10.0.0.7,10.0.0.7'],
    ["{{ lookup('community.general.merge_variables', '^app_') }}", { ports: [1, 2], name: 'b' }],
    ["{{ lookup('community.general.merge_variables', 'list_', pattern_type='prefix', initial_value=[0]) }}", [0, 1, 2]],
    ["{{ lookup('community.general.merge_variables', '_b', pattern_type='suffix') }}", { ports: [2], name: 'b' }],
    ["{{ lookup('community.general.random_string', length=20) | length }}", 20],
    ["{{ lookup('community.general.random_string', length=6, override_all='ab') is match('^[ab]{6}$') }}", true],
    ["{{ lookup('community.general.random_string', length=4, upper=false, special=false, numbers=false) is match('^[a-z]{4}$') }}", true],
    ["{{ lookup('community.general.random_string', length=3, min_numeric=3) is match('^[0-9]{3}$') }}", true],
    ["{{ lookup('community.general.binary_file', 'templates/header.j2') | b64decode == lookup('file', 'templates/header.j2', rstrip=false) }}", true],
    ["{{ lookup('community.general.passwordstore', 'web/admin', backend=pass) }}", 's3cret'],
    ["{{ lookup('passwordstore', 'web/admin subkey=login', backend=pass) }}", 'root'],
    ["{{ lookup('passwordstore', 'web/admin returnall=yes', backend=pass) }}", 's3cret\nlogin: root'],
    ["{{ lookup('passwordstore', 'nobody missing=empty', backend=pass) }}", ''],
    ["{{ query('cartesian', [1, 2], ['a']) }}", [[1, 'a'], [2, 'a']]],
    ["{{ lookup('unvault', 'templates/header.j2') == lookup('file', 'templates/header.j2', rstrip=false) }}", true],
  ])('%s', (source, expected) => {
    expect(evaluate(source)).toEqual(fromJson(expected))
  })

  it.each([
    ["{{ lookup('url', web ~ '/missing') }}", 'HTTP Error 404'],
    ["{{ lookup('url', 'http://127.0.0.1:1/') }}", 'ECONNREFUSED'],
    ["{{ lookup('url', web ~ '/slow', timeout=1) }}", 'timed out'],
    ["{{ lookup('dig', 'a.example', 'qtype=NONSENSE', '@' ~ dns) }}", "records of type 'NONSENSE'"],
    ["{{ lookup('dig', 'nowhere.example', 'fail_on_error=1', '@' ~ dns) }}", 'NXDOMAIN'],
    ["{{ lookup('merge_variables', '^number_') }}", "one is of type 'int', another of type 'list'"],
    ["{{ lookup('passwordstore', 'nobody', backend=pass) }}", 'passname nobody not found'],
    ["{{ lookup('random_string', length=1, min_lower=3) }}", 'the least of each kind are 3'],
  ])('%s fails', (source, message) => {
    expect(() => evaluate(source)).toThrow(message)
  })
})
