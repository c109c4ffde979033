import { KEYWORDS_OF } from '../playbook/keywords.ts'
import { keywordSchemas } from './keyword-schemas.ts'
import { object, ref, type Schema, schemaFile, TEXT } from './shapes.ts'

/** A playbook: plays and imports of other playbooks. Its tasks are those of tasks.json. */
export function playbookSchema(): Schema {
  return schemaFile('Playbook of tsplay and Ansible', {
    type: 'array', minItems: 1, items: { anyOf: [ref('play'), ref('import')] },
    $defs: {
      play: object({ ...keywordSchemas('play') }, { required: ['hosts'] }),
      import: object({ ...keywordSchemas('import_playbook') }, { anyOf: [...KEYWORDS_OF.import_playbook].filter((name) => name.endsWith('import_playbook')).map((name) => ({ required: [name] })) }),
      role: roleSchema(),
      tasks: ref('tasks', 'tasks.json'),
    },
  })
}

/** A role as it is used; keys that are no keywords are parameters. */
export function roleSchema(): Schema {
  const keywords = { ...keywordSchemas('role') }
  return { anyOf: [TEXT, { type: 'object', properties: { ...keywords, name: TEXT }, anyOf: [{ required: ['role'] }, { required: ['name'] }] }] }
}
