import { KEYWORDS_OF, type KeywordPlace, PLAIN_KEYWORDS } from '../playbook/keywords.ts'
import { ANY, MAPPING, OF_TYPE, object, oneOrMore, ref, type Schema, TEMPLATE, TEXT, VARIABLE_NAME, VARIABLES } from './shapes.ts'

/** The schemas of all keywords of a place, from the tables that the loader reads by. */
export function keywordSchemas(place: KeywordPlace): Readonly<Record<string, Schema>> {
  return Object.fromEntries([...KEYWORDS_OF[place]].map((name) => [name, schemaOf(name)]))
}

function schemaOf(name: string): Schema {
  const plain = Object.hasOwn(PLAIN_KEYWORDS, name) ? PLAIN_KEYWORDS[name] : undefined
  const description = Object.hasOwn(DESCRIPTIONS, name) ? { description: DESCRIPTIONS[name] ?? '' } : {}
  const shape = plain === undefined ? SHAPES[name] ?? ANY : OF_TYPE[plain.type]
  return { ...description, ...shape }
}

const CONDITIONS = oneOrMore({ type: ['string', 'boolean'] })
const TASKS: Schema = { anyOf: [ref('tasks'), { type: 'null' }] }
const LOOP_CONTROL = object({
  loop_var: TEXT, index_var: TEXT, label: ANY, pause: OF_TYPE.number, extended: OF_TYPE.boolean, extended_allitems: OF_TYPE.boolean, break_when: CONDITIONS,
})
const PROMPT = object({
  name: TEXT, prompt: TEXT, default: ANY, private: OF_TYPE.boolean, confirm: OF_TYPE.boolean, encrypt: TEXT, salt_size: OF_TYPE.integer, salt: TEXT, unsafe: OF_TYPE.boolean,
}, { required: ['name'] })

/** Of the keywords whose values are no plain texts, numbers or booleans. */
const SHAPES: Readonly<Record<string, Schema>> = {
  name: TEXT,
  vars: { anyOf: [VARIABLES, { type: 'null' }] },
  tags: oneOrMore(TEXT),
  when: CONDITIONS, changed_when: CONDITIONS, failed_when: CONDITIONS, until: CONDITIONS,
  environment: oneOrMore({ anyOf: [MAPPING, TEMPLATE] }),
  module_defaults: oneOrMore({ anyOf: [MAPPING, TEMPLATE] }),
  collections: oneOrMore({ type: 'string' }),
  notify: oneOrMore(TEXT), listen: oneOrMore(TEXT),
  hosts: oneOrMore(TEXT), user: TEXT,
  gather_facts: OF_TYPE.boolean, gather_subset: oneOrMore(TEXT), gather_timeout: OF_TYPE.integer, fact_path: TEXT, force_handlers: OF_TYPE.boolean,
  vars_files: { anyOf: [oneOrMore(oneOrMore({ type: 'string' })), { type: 'null' }] },
  vars_prompt: { anyOf: [oneOrMore(PROMPT), { type: 'null' }] },
  roles: { anyOf: [{ type: 'array', items: ref('role') }, { type: 'null' }] },
  pre_tasks: TASKS, tasks: TASKS, post_tasks: TASKS, handlers: TASKS, block: TASKS, rescue: TASKS, always: TASKS,
  serial: oneOrMore(OF_TYPE.number), max_fail_percentage: OF_TYPE.number, strategy: TEXT,
  order: { anyOf: [{ enum: ['inventory', 'reverse_inventory', 'sorted', 'reverse_sorted', 'shuffle'] }, TEMPLATE] },
  args: { anyOf: [MAPPING, { type: 'string' }] },
  action: { anyOf: [{ type: 'string' }, { type: 'object', required: ['module'] }] },
  local_action: { anyOf: [{ type: 'string' }, { type: 'object', required: ['module'] }] },
  async: OF_TYPE.integer, poll: OF_TYPE.integer, retries: OF_TYPE.integer, delay: OF_TYPE.number,
  loop: { anyOf: [{ type: 'array' }, TEMPLATE] },
  loop_control: LOOP_CONTROL,
  register: { type: 'string', pattern: VARIABLE_NAME },
  role: TEXT,
  import_playbook: TEXT,
}

/** What editors show beside a keyword. */
/** What each keyword means, a sentence. */
export const DESCRIPTIONS: Readonly<Record<string, string>> = {
  name: 'What is so when it is done: shown in the log.',
  hosts: 'Hosts and groups that the play runs on; a pattern or a list of them.',
  vars: 'Variables for this node and all inside it.',
  tags: 'Names by which --tags and --skip-tags choose.',
  when: 'Expression, or list of them, that must hold; without braces.',
  become: 'Run as another user.', become_user: 'The user to become; root unless given.', become_method: 'How: sudo, su, doas.', become_flags: 'Options for the program of become_method.', become_exe: 'Path of that program.',
  connection: 'How hosts are reached.', port: 'Port to connect to.', remote_user: 'User to log in as.', user: 'Older name of remote_user.',
  delegate_to: 'Host that the task runs on in place of its own.', delegate_facts: 'Facts belong to the host that the task is delegated to.',
  run_once: 'Run on the first host of the batch only; all get the result.',
  ignore_errors: 'A failure does not take the host out of the play.', ignore_unreachable: 'Nor does a lost connection.', any_errors_fatal: 'A failure on one host ends the play for all.',
  check_mode: 'Always, or never, run in check mode.', diff: 'Show what changes.', no_log: 'Show nothing of arguments and results.', debugger: 'When to stop for the debugger.',
  throttle: 'Hosts at work at the same time, at most.', timeout: 'Seconds that the task may take.', environment: 'Variables of the environment for what runs on the host.',
  module_defaults: 'Arguments of modules that tasks need not repeat.', collections: 'Collections that short names are looked for in.',
  gather_facts: 'Whether facts are gathered first.', gather_subset: 'Which facts.', gather_timeout: 'Seconds that gathering may take.', fact_path: 'Folder of facts of the host\'s own.',
  vars_files: 'Files of variables; of a list within the list the first that is there.', vars_prompt: 'Variables that a person is asked for.',
  roles: 'Roles that run before the tasks.', pre_tasks: 'Tasks that run before the roles.', tasks: 'Tasks that run after the roles.', post_tasks: 'Tasks that run last.', handlers: 'Tasks that run when notified.',
  force_handlers: 'Run notified handlers on hosts that failed too.', serial: 'Hosts in a batch: a number, a percentage, or a list of them.', max_fail_percentage: 'More failed hosts than that end the play.',
  strategy: 'linear, free, host_pinned or debug.', order: 'Order of the hosts.', validate_argspec: 'Check variables against the argument spec of the playbook.',
  block: 'Tasks that share keywords.', rescue: 'Tasks for when one of them fails.', always: 'Tasks that run in any case.',
  notify: 'Handlers to run if this changes something.', listen: 'Topics that the handler answers to besides its name.',
  action: 'The module, as text or mapping.', local_action: 'The same on the control host.', args: 'Further arguments of the module.',
  async: 'Seconds that the task may go on by itself.', poll: 'Seconds between looks at it; 0 does not wait.',
  changed_when: 'When the task counts as changed.', failed_when: 'When it counts as failed.', until: 'Try again until this holds.', retries: 'How often.', delay: 'Seconds between tries.',
  loop: 'Items to run the task for.', loop_control: 'How the loop names and shows its items.', register: 'Variable that gets the result.',
  role: 'Name or path of the role.', import_playbook: 'Playbook to put in place here.',
}
