import { type Explanation, running, tasks } from './explanation.ts'

/** What is wrong with templates and conditions. */
export const TEMPLATE_EXPLANATIONS = {
  'template-syntax': {
    meaning: 'A template or a condition cannot be read as Jinja. The place is exact: it is where something else was expected.',
    mend: 'Close what is open: quotes, brackets, {{ }} and {% %}. In a condition, compare with ==.',
    example: tasks('- debug: { msg: "{{ 1 + }}" }'),
  },
  'undefined-variable': {
    meaning: 'A template uses a variable that nothing defines: no vars, inventory, role, -e, register or set_fact.',
    mend: 'Use the name that the hint suggests, define it, or say what to do without it: `{{ name | default("x") }}`.',
    example: tasks('- debug: { msg: "{{ web_prot }}" }'),
  },
  'unknown-filter': {
    meaning: 'There is no filter of this name.',
    mend: 'Use the name that the hint suggests. Filters of your own go to a filter_plugins folder beside the playbook.',
    example: tasks('- debug: { msg: "{{ 1 | tojsn }}" }'),
  },
  'unknown-test': {
    meaning: 'There is no test of this name: what stands after `is`, or is given to select and reject.',
    mend: 'Use the name that the hint suggests.',
    example: tasks('- debug: { msg: "{{ 1 is evn }}" }'),
  },
  'unknown-lookup': {
    meaning: 'There is no lookup of this name: what lookup() and query() are given, or what stands after with_.',
    mend: 'Use the name that the hint suggests.',
    example: tasks('- debug: {}\n  with_itmes: [1]'),
  },
  'template-type': {
    meaning: 'A template does with a value what its type does not allow, such as adding a number to text. Jinja has the types of Python.',
    mend: 'Convert first: `| int`, `| string`, `| list`.',
    example: running('- debug: { msg: "{{ 1 + \'a\' }}" }'),
  },
  'template-recursion': {
    meaning: 'A variable is defined by means of itself, directly or by way of others.',
    mend: 'Give one of them another name, or a value that does not need the others.',
    example: running('- debug: { msg: "{{ a }}" }\n  vars: { a: "{{ b }}", b: "{{ a }}" }'),
  },
  'template-not-found': {
    meaning: 'A template includes, imports or extends a file that is in none of the places where it is looked for.',
    mend: 'Correct the name; it is looked for in templates/ of the role and beside the playbook. `ignore missing` makes an include optional.',
    example: running('- debug: { msg: "{% include \'gone.j2\' %}" }'),
  },
  'filter-argument': {
    meaning: 'A filter, test or lookup was called with arguments that it does not take.',
    mend: 'Correct the arguments as the message says.',
    example: running('- debug: { msg: "{{ [1] | batch }}" }'),
  },
  'lookup-failed': {
    meaning: 'A lookup did not find what it was asked for, or could not read it.',
    mend: 'See to what the message names, or allow for it: lookup(..., errors="ignore").',
    example: running('- debug: { msg: "{{ lookup(\'file\', \'gone.txt\') }}" }'),
  },
  mandatory: {
    meaning: 'The filter mandatory was given something undefined: whoever wrote it wants the run to stop then.',
    mend: 'Define the variable.',
    example: running('- debug: { msg: "{{ name | mandatory(\'Give a name\') }}" }'),
  },
  'condition-syntax': {
    meaning: 'A condition cannot be read: it is empty, or holds templates where an expression belongs.',
    mend: 'Write an expression, without {{ }}.',
    example: running('- debug: {}\n  when: [[a, b]]'),
  },
  'condition-not-boolean': {
    meaning: 'A condition gave something that is neither true nor false. ansible-core 2.19 refuses it. tsplay refuses text like "no", which would count as true, and warns of what counts as what it reads as: a list, a number, other text, and of any text that a lookup alone yields. With allow_broken_conditionals = false in ansible.cfg it refuses all.',
    mend: 'Say what is asked: `name | length > 0`, `name | bool`, `name is defined`.',
    example: running('- debug: {}\n  when: "\'no\'"'),
  },
} as const satisfies Readonly<Record<string, Explanation>>
