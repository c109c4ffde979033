import type { YamlNode } from '../yaml/node.ts'
import type { VarsPrompt } from './ast.ts'
import { Fields } from './fields.ts'
import type { Problems } from '../yaml/problems.ts'

const KEYS: ReadonlySet<string> = new Set(['name', 'prompt', 'default', 'private', 'confirm', 'encrypt', 'salt_size', 'salt', 'unsafe'])

/** Reads one entry of `vars_prompt`. `unsafe` changes nothing: what somebody types is never a template. */
export function readPrompt(node: YamlNode, problems: Problems): VarsPrompt[] {
  if (node.kind !== 'mapping') {
    problems.error('bad-type', "Cannot read 'vars_prompt': it must be a list of mappings", { range: node.range })
    return []
  }
  const fields = new Fields(node, problems)
  for (const [key, { key: { range } }] of fields.entries) {
    if (!KEYS.has(key)) problems.error('unknown-keyword', `Invalid vars_prompt data structure, found unsupported key '${key}'`, { range, hint: `Keys are ${[...KEYS].join(', ')}` })
  }
  const name = fields.text('name')
  if (name === undefined) {
    problems.error('missing-keyword', "Invalid vars_prompt data structure, missing 'name' key", { range: fields.range })
    return []
  }
  fields.value('unsafe', 'boolean')
  return [{
    name,
    prompt: fields.value('prompt'),
    default: fields.value('default'),
    private: fields.value('private', 'boolean'),
    confirm: fields.value('confirm', 'boolean'),
    encrypt: fields.value('encrypt', 'text'),
    salt: fields.value('salt', 'text'),
    saltSize: fields.value('salt_size', 'integer'),
    range: fields.range,
  }]
}
