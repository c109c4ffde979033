import type { ArgumentSpec } from '../../module/argument-spec.ts'
import type { Module } from '../../module/module.ts'
import { META_ACTIONS } from '../../playbook/control-arguments.ts'

/** What steers a run: the engine or the loader does it, so no module documents it. */
export interface Control extends Pick<Module, 'name' | 'summary' | 'aliases' | 'constraints' | 'examples' | 'documentation' | 'obstacle'> {
  readonly args: ArgumentSpec
  readonly freeForm?: string
  /** When it is done, and what that means. */
  readonly behaviour: string
}

/** What `tsplay doc` can tell of. */
export type Described = Module | Control

const TASKS_FILE: ArgumentSpec = { file: { type: 'str', description: 'The file, seen from the one that names it.' } }

const ROLE: ArgumentSpec = {
  name: { type: 'str', required: true, aliases: ['role'], description: 'Name or path of the role.' },
  tasks_from: { type: 'str', default: 'main', description: 'File of its tasks.' },
  vars_from: { type: 'str', default: 'main', description: 'File of its variables.' },
  defaults_from: { type: 'str', default: 'main', description: 'File of its defaults.' },
  handlers_from: { type: 'str', default: 'main', description: 'File of its handlers.' },
  allow_duplicates: { type: 'bool', default: true, description: 'Whether it runs again where it has run already.' },
  public: { type: 'bool', description: 'Whether the rest of the play sees its variables; an import lets it, unless the settings say otherwise.' },
  rolespec_validate: { type: 'bool', default: true, description: 'Whether its variables are checked against its argument spec.' },
}

const APPLY: ArgumentSpec = { apply: { type: 'dict', description: 'Keywords for all tasks in it, such as tags or become.' } }

const DURING = 'Read while the play runs, on each host for itself: names may be templates of facts, and `when`, `loop` and tags are those of the include alone.'
const BEFORE = 'Read before the play runs: keywords such as `when` and tags count for each of its tasks.'

/** In the order of their names. */
export const CONTROLS: readonly Control[] = [
  {
    name: 'import_playbook', summary: 'Put the plays of another playbook in place here.', freeForm: 'file', behaviour: BEFORE,
    args: { file: { type: 'str', required: true, description: 'The playbook, seen from this one; or one of a collection.' } },
    examples: [{ name: 'The web servers', args: { file: 'web.yml' } }],
  },
  {
    name: 'import_role', summary: 'Put the tasks of a role in place here.', args: ROLE, behaviour: BEFORE,
    examples: [{ name: 'Set up what all hosts have', args: { name: 'common', tasks_from: 'install' } }],
  },
  {
    name: 'import_tasks', summary: 'Put the tasks of a file in place here.', args: TASKS_FILE, freeForm: 'file', behaviour: BEFORE,
    examples: [{ name: 'Set up the firewall', args: { file: 'firewall.yml' } }],
  },
  {
    name: 'include_role', summary: 'Run the tasks of a role from here.', args: { ...ROLE, ...APPLY }, behaviour: DURING,
    examples: [{ name: 'Set up each site', args: { name: 'site', apply: { tags: ['sites'] } } }],
  },
  {
    name: 'include_tasks', summary: 'Run the tasks of a file from here.', args: { ...TASKS_FILE, ...APPLY }, freeForm: 'file', behaviour: DURING,
    examples: [{ name: 'What the distribution needs', args: { file: '{{ ansible_facts.os_family }}.yml' } }],
  },
  {
    name: 'meta', summary: 'Steer the run itself.', freeForm: 'free_form',
    args: { free_form: { type: 'str', required: true, choices: META_ACTIONS, description: 'What to do.' } },
    behaviour: 'Done where it stands, also in check mode.', examples: [{ name: 'Restart what changed now', args: { free_form: 'flush_handlers' } }],
  },
]
