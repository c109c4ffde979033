import type { Dict, Value } from '../value/value.ts'
import { isVariableName, variableNameHint } from '../value/variable-name.ts'
import type { YamlMapping } from '../yaml/node.ts'
import { placedVariables } from '../yaml/placed-variables.ts'
import type { Keywords } from './ast.ts'
import { readConditions } from './conditions.ts'
import type { Fields } from './fields.ts'
import { NO_KEYWORDS, PLAIN_KEYWORDS, type PlainProperty } from './keywords.ts'

/** Reads the keywords that plays, roles, blocks and tasks share; others are left alone. */
export function readKeywords(fields: Fields): Keywords {
  const plain: Partial<Record<PlainProperty, Value>> = {}
  for (const name of fields.entries.keys()) {
    const spec = Object.hasOwn(PLAIN_KEYWORDS, name) ? PLAIN_KEYWORDS[name] : undefined
    // Where a failure is let pass, the run tells what is wrong.
    const value = spec === undefined ? undefined : fields.value(name, fields.has('ignore_errors') ? 'any' : spec.type)
    if (spec !== undefined && value !== undefined) plain[spec.property] = value
  }
  return { ...NO_KEYWORDS, ...plain, ...listKeywords(fields) }
}

function listKeywords(fields: Fields): Omit<Keywords, PlainProperty> {
  return {
    vars: readVars(fields),
    tags: readTags(fields),
    when: fields.has('when') ? readConditions(fields, 'when') : [],
    environment: fields.has('environment') ? fields.values('environment') : [],
    moduleDefaults: fields.has('module_defaults') ? fields.values('module_defaults') : [],
    collections: fields.has('collections') ? fields.values('collections').filter((value) => typeof value === 'string') : [],
  }
}

/** Reads `vars`, which must be a mapping of variable names. */
function readVars(fields: Fields, name = 'vars'): Dict | undefined {
  const node = fields.node(name)
  if (node === undefined) return undefined
  if (node.kind !== 'mapping') {
    fields.wrongType(name, 'a mapping of variable names to values')
    return undefined
  }
  checkVariableNames(fields, node)
  return placedVariables(node)
}

/** A comma separated text or a list. */
function readTags(fields: Fields): Value[] {
  const node = fields.node('tags')
  if (node === undefined) return []
  if (node.kind === 'mapping') fields.wrongType('tags', 'text or a list')
  if (node.kind === 'scalar' && typeof node.value === 'string') return node.value.split(',').map((tag) => tag.trim())
  return fields.values('tags')
}

function checkVariableNames(fields: Fields, node: YamlMapping): void {
  for (const { key } of node.entries) {
    const name = key.value
    if (isVariableName(name)) continue
    fields.problems.error('bad-variable-name', `Cannot use '${String(name)}' as a variable name`, {
      range: key.range,
      hint: variableNameHint(name),
    })
  }
}
