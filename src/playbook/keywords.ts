import type { Keywords } from './ast.ts'

/** What a keyword's value must look like unless it is a template. */
export type KeywordType = 'boolean' | 'integer' | 'number' | 'text' | 'list' | 'mapping' | 'any'

/** Keywords whose value goes into `Keywords` as it stands. */
export const PLAIN_KEYWORDS: Readonly<Record<string, { readonly property: PlainProperty, readonly type: KeywordType }>> = {
  any_errors_fatal: { property: 'anyErrorsFatal', type: 'boolean' },
  become: { property: 'become', type: 'boolean' },
  become_exe: { property: 'becomeExe', type: 'text' },
  become_flags: { property: 'becomeFlags', type: 'text' },
  become_method: { property: 'becomeMethod', type: 'text' },
  become_user: { property: 'becomeUser', type: 'text' },
  check_mode: { property: 'checkMode', type: 'boolean' },
  connection: { property: 'connection', type: 'text' },
  debugger: { property: 'debugger', type: 'text' },
  delegate_facts: { property: 'delegateFacts', type: 'boolean' },
  delegate_to: { property: 'delegateTo', type: 'text' },
  diff: { property: 'diff', type: 'boolean' },
  ignore_errors: { property: 'ignoreErrors', type: 'boolean' },
  ignore_unreachable: { property: 'ignoreUnreachable', type: 'boolean' },
  no_log: { property: 'noLog', type: 'boolean' },
  port: { property: 'port', type: 'integer' },
  remote_user: { property: 'remoteUser', type: 'text' },
  run_once: { property: 'runOnce', type: 'boolean' },
  throttle: { property: 'throttle', type: 'integer' },
  timeout: { property: 'timeout', type: 'integer' },
}

/** Properties of `Keywords` that hold one raw value. */
export type PlainProperty = Exclude<keyof Keywords, 'vars' | 'tags' | 'when' | 'environment' | 'moduleDefaults' | 'collections'>

/** The kinds of things that keywords stand on. */
export type KeywordPlace = 'play' | 'block' | 'task' | 'handler' | 'role' | 'import_playbook' | 'apply'

const BASE = [
  'name', 'vars', 'module_defaults', 'environment', 'connection', 'port', 'remote_user', 'no_log', 'run_once', 'ignore_errors', 'ignore_unreachable',
  'check_mode', 'diff', 'any_errors_fatal', 'throttle', 'timeout', 'debugger', 'become', 'become_method', 'become_user', 'become_flags', 'become_exe', 'tags',
]
const DELEGATION = ['delegate_to', 'delegate_facts']
const BLOCK = [...BASE, ...DELEGATION, 'when', 'collections', 'notify', 'block', 'rescue', 'always']
const TASK = [
  ...BASE, ...DELEGATION, 'when', 'collections', 'notify', 'action', 'local_action', 'args', 'async', 'poll', 'changed_when', 'failed_when', 'delay', 'loop',
  'loop_control', 'register', 'retries', 'until',
]
const PLAY = [
  ...BASE, 'collections', 'hosts', 'user', 'gather_facts', 'gather_subset', 'gather_timeout', 'fact_path', 'vars_files', 'vars_prompt', 'roles', 'handlers',
  'pre_tasks', 'tasks', 'post_tasks', 'force_handlers', 'max_fail_percentage', 'serial', 'strategy', 'order', 'validate_argspec',
]

/** Every keyword that may stand on a place. */
export const KEYWORDS_OF: Readonly<Record<KeywordPlace, ReadonlySet<string>>> = {
  play: new Set(PLAY),
  block: new Set(BLOCK),
  task: new Set(TASK),
  handler: new Set([...TASK, 'listen']),
  role: new Set([...BASE, ...DELEGATION, 'when', 'collections', 'role']),
  import_playbook: new Set([...BASE, 'when', 'import_playbook', 'ansible.builtin.import_playbook', 'ansible.legacy.import_playbook']),
  apply: new Set([...BASE, ...DELEGATION, 'when', 'collections', 'notify']),
}

/** Keywords of nothing at all: what a node made by the loader itself carries. */
export const NO_KEYWORDS: Keywords = {
  vars: undefined, tags: [], when: [], environment: [], become: undefined, becomeUser: undefined, becomeMethod: undefined, becomeFlags: undefined, becomeExe: undefined,
  connection: undefined, port: undefined, remoteUser: undefined, delegateTo: undefined, delegateFacts: undefined, runOnce: undefined, ignoreErrors: undefined,
  ignoreUnreachable: undefined, anyErrorsFatal: undefined, checkMode: undefined, diff: undefined, noLog: undefined, throttle: undefined, timeout: undefined,
  debugger: undefined, moduleDefaults: [], collections: [],
}
