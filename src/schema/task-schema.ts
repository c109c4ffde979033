import { toJsonSchema, typeSchema } from '../module/json-schema.ts'
import type { Module } from '../module/module.ts'
import { CONTROL_ARGUMENTS, META_ACTIONS } from '../playbook/control-arguments.ts'
import { keywordSchemas } from './keyword-schemas.ts'
import { share } from './share.ts'
import { ANY, MAPPING, object, ref, type Schema, schemaFile, TEMPLATE } from './shapes.ts'

/** Tasks, blocks and handlers: a file in tasks/ or handlers/ of a role. Modules' arguments are theirs. */
export function taskSchema(modules: readonly Module[]): Schema {
  const named = modules.flatMap((module) => namesOf(module).map((name): [string, Schema] => [name, ref(`module-${module.name}`)]))
  const controls = Object.keys(CONTROL_ARGUMENTS).flatMap((name) => [name, `ansible.builtin.${name}`].map((full): [string, Schema] => [full, controlSchema(name)]))
  return schemaFile('Tasks of tsplay and Ansible', {
    anyOf: [ref('tasks'), { type: 'null' }],
    $defs: {
      tasks: { type: 'array', items: { anyOf: [ref('block'), ref('task'), { type: 'null' }] } },
      block: object({ ...keywordSchemas('block') }, { required: ['block'] }),
      task: object({ ...keywordSchemas('handler'), ...Object.fromEntries([...controls, ...named]) }, {
        not: { required: ['block'] },
        // Loops of the older kind, and modules of collections.
        patternProperties: { '^with_[\\w.]+$': ANY, '^\\w+\\.\\w+\\.[\\w.]+$': ANY },
      }),
      ...SHARED,
      ...Object.fromEntries(modules.map((module) => [`module-${module.name}`, share(moduleSchema(module), SHARED)])),
    },
  })
}

/** Shapes of arguments that most modules have. */
const SHARED: Readonly<Record<string, Schema>> = {
  template: TEMPLATE,
  ...Object.fromEntries((['bool', 'int', 'float', 'str', 'list'] as const).map((type) => [type, typeSchema(type)])),
}

function namesOf({ name, aliases = [] }: Module): readonly string[] {
  return [...new Set([name, ...aliases, `ansible.builtin.${name}`])]
}

/** A mapping, or text: key=value, what the module takes as free text, or a template of a mapping. */
function moduleSchema({ summary, args, freeForm, acceptsAnyArgument }: Module): Schema {
  // Arguments may stand in args: or module_defaults, so none is missed here.
  const { properties = {} } = toJsonSchema(args, { templates: true })
  const open = { type: 'object', properties, additionalProperties: acceptsAnyArgument === true }
  const text = freeForm === undefined ? { type: 'string', pattern: '=|\\{\\{' } : { type: ['string', 'number', 'boolean'] }
  return { description: summary, anyOf: [open, text, { type: 'null' }] }
}

function controlSchema(name: string): Schema {
  const names = (CONTROL_ARGUMENTS[name] ?? []).filter((argument) => argument !== '_raw_params')
  if (name === 'meta') return { anyOf: [{ enum: [...META_ACTIONS] }, TEMPLATE] }
  return { anyOf: [{ type: 'string' }, object(Object.fromEntries(names.map((argument) => [argument, argument === 'apply' ? MAPPING : ANY])))] }
}
