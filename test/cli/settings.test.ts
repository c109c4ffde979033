import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { runProgram } from '../../src/cli/program.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  process.exitCode = 0
})

const LOCAL = '- hosts: localhost\n  gather_facts: false\n'
const RUN = ['run', '--no-journal', '-i', 'hosts', 'site.yml']

interface SettingCase {
  readonly setting: string
  readonly files: Readonly<Record<string, string>>
  readonly call?: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** What output has with the setting, and does not have without it; or the other way round. */
  readonly shown?: RegExp
  readonly hidden?: RegExp
}

const CASES: readonly SettingCase[] = [
  {
    setting: 'LOCALHOST_WARNING', files: { 'hosts.yml': 'all:\n', 'site.yml': `${LOCAL}` }, call: ['run', '--no-journal', '-i', 'hosts.yml', 'site.yml'],
    environment: { ANSIBLE_LOCALHOST_WARNING: 'no' }, hidden: /\[WARNING\]: provided hosts list is empty, only localhost is available\. Note that/,
  },
  {
    setting: 'VARIABLE_PLUGINS_ENABLED', files: { hosts: 'localhost ansible_connection=local\n', 'group_vars/all.yml': 'from: a file\n', 'site.yml': `${LOCAL}  tasks: [{debug: {msg: "{{ from | default('nowhere') }}"}}]\n` },
    environment: { ANSIBLE_VARS_ENABLED: 'mine' }, shown: /"msg": "nowhere"/,
  },
  {
    setting: 'YAML_FILENAME_EXTENSIONS', files: { hosts: 'localhost ansible_connection=local\n', 'group_vars/all.vars': 'from: a file\n', 'site.yml': `${LOCAL}  tasks: [{debug: {msg: "{{ from | default('nowhere') }}"}}]\n` },
    environment: { ANSIBLE_YAML_FILENAME_EXT: '.yml,.vars' }, shown: /"msg": "a file"/,
  },
  {
    setting: 'YAML_FILENAME_EXTENSIONS of inventories', files: { 'inv.groups': 'web:\n  hosts:\n    box:\n' }, call: ['inventory', '--graph', '-i', 'inv.groups'],
    environment: { ANSIBLE_INVENTORY_PLUGIN_EXTS: '.groups', ANSIBLE_INVENTORY_ENABLED: 'yaml' }, shown: /\|--@web:\n {2}\| {2}\|--box/,
  },
  {
    setting: 'INVENTORY_PLUGIN_SCRIPT_STDERR', files: { 'inv.sh': '#!/bin/sh\necho beware >&2\necho \'{"web": ["box"], "_meta": {"hostvars": {}}}\'\n' }, call: ['inventory', '--graph', '-i', 'inv.sh'],
    environment: { ANSIBLE_INVENTORY_PLUGIN_SCRIPT_STDERR: 'no' }, hidden: /\[WARNING\]: .*inv\.sh --list says: beware/,
  },
  {
    setting: 'MAX_FILE_SIZE_FOR_DIFF', files: { hosts: 'localhost ansible_connection=local\n', 'site.yml': `${LOCAL}  tasks: [{copy: {content: "1234567890", dest: FOLDER/out}}]\n` },
    call: [...RUN, '--diff', '--check'], environment: { ANSIBLE_MAX_DIFF_SIZE: '5' }, shown: /diff skipped: source file size is greater than 5/,
  },
  {
    setting: 'DISPLAY_ARGS_TO_STDOUT', files: { hosts: 'localhost ansible_connection=local\n', 'site.yml': `${LOCAL}  tasks: [{debug: {msg: "{{ 1 }}"}}, {debug: {msg: hidden}, no_log: true}]\n` },
    environment: { ANSIBLE_DISPLAY_ARGS_TO_STDOUT: 'yes' }, shown: /TASK \[debug msg=\{\{ 1 \}\}\] \*[\s\S]*TASK \[debug\] \*/,
  },
  {
    setting: 'PLUGIN_FILTERS_CFG', environment: { ANSIBLE_CONFIG: 'FOLDER/mine.cfg' }, shown: /ERROR! couldn't resolve module\/action 'ping'/,
    files: { hosts: 'localhost ansible_connection=local\n', 'site.yml': `${LOCAL}  tasks: [{ping: {}}]\n`, 'mine.cfg': '[defaults]\nplugin_filters_cfg = filter.yml\n', 'filter.yml': 'filter_version: 1.0\nmodule_rejectlist: [ping]\n' },
  },
  {
    setting: 'RETRY_FILES_ENABLED', files: { hosts: 'localhost ansible_connection=local\n', 'site.yml': `${LOCAL}  tasks: [{fail: {}}]\n` },
    environment: { ANSIBLE_RETRY_FILES_ENABLED: 'yes' }, shown: /to retry, use: --limit @.*site\.retry/,
  },
  {
    setting: 'DEFAULT_LOG_PATH that cannot be written', files: { hosts: 'localhost ansible_connection=local\n', 'site.yml': LOCAL },
    environment: { ANSIBLE_LOG_PATH: '/nonexistent/log' }, shown: /\[WARNING\]: log file at '\/nonexistent\/log' is not writeable and we cannot create it, aborting[\s\S]*PLAY RECAP/,
  },
]

describe('an option', () => {
  it('-M names folders with modules', async () => {
    const files = { hosts: 'localhost ansible_connection=local\n', 'mine/greet.sh': '#!/bin/sh\necho \'{"changed": false, "msg": "hello"}\'\n', 'site.yml': `${LOCAL}  tasks: [{greet: {}, register: r}, {debug: {var: r.msg}}]\n` }
    expect(await output(files, ['run', '--no-journal', '-M', 'mine/', '-i', 'hosts', 'site.yml'], {})).toContain('"r.msg": "hello"')
  })
})

describe('a setting', () => {
  it.each(CASES)('$setting does what it says', async ({ files, call = RUN, environment, shown, hidden }) => {
    const withIt = await output(files, call, environment)
    const without = await output(files, call, {})
    const pattern = shown ?? hidden ?? /$^/
    const [expected, other] = shown === undefined ? [without, withIt] : [withIt, without]
    expect(expected).toMatch(pattern)
    expect(other).not.toMatch(pattern)
  })

  it('DEFAULT_LOG_PATH has what is wrong before the start, too', async () => {
    const log = join(temporaryFolder('log'), 'log')
    await output({ hosts: 'localhost ansible_connection=local\n', 'site.yml': `${LOCAL}  tasks: [{debugg: {}}]\n` }, RUN, { ANSIBLE_LOG_PATH: log })
    expect(readFileSync(log, 'utf8')).toMatch(/ n=ansible ERROR\| ERROR! couldn't resolve module\/action 'debugg'/)
  })
})

/** Runs a command in a folder of its own; what it wrote. */
async function output(files: Readonly<Record<string, string>>, call: readonly string[], environment: Readonly<Record<string, string>>): Promise<string> {
  const folder = temporaryFolder('setting')
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text.replaceAll('FOLDER', folder))
    if (name.endsWith('.sh')) chmodSync(join(folder, name), 0o755)
  }
  for (const [name, value] of Object.entries({ NO_COLOR: '1', ...environment })) vi.stubEnv(name, value.replaceAll('FOLDER', folder))
  let text = ''
  const take = (chunk: string | Uint8Array): boolean => {
    text += String(chunk)
    return true
  }
  const spies = [vi.spyOn(process.stdout, 'write').mockImplementation(take), vi.spyOn(process.stderr, 'write').mockImplementation(take)]
  try {
    await runProgram(['node', 'tsplay', ...call.map((word) => Object.hasOwn(files, word) || word.endsWith('/') ? join(folder, word) : word)])
  } finally {
    for (const spy of spies) spy.mockRestore()
    vi.unstubAllEnvs()
  }
  return text
}
