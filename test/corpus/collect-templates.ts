import { readFileSync, readdirSync } from 'node:fs'
import { extname, join } from 'node:path'
import { TemplateString } from '../../src/value/template-string.ts'
import type { YamlNode } from '../../src/yaml/node.ts'
import { parseYaml } from '../../src/yaml/parse-yaml.ts'

/** A template as a project has it: a whole file, a templated string of a YAML file, or a condition. */
export interface FoundTemplate {
  readonly kind: 'file' | 'string' | 'condition'
  readonly path: string
  readonly text: string
}

/** All templates below a folder, each text once; YAML files that cannot be read are left out. */
export function collectTemplates(folder: string): FoundTemplate[] {
  const found = new Map<string, FoundTemplate>()
  for (const path of filesBelow(folder)) {
    const text = readFileSync(path, 'utf8')
    const templates = extname(path) === '.j2' ? [{ kind: 'file' as const, path, text }] : templatesOfYaml(path, text)
    for (const template of templates) found.set(`${template.kind} ${template.text}`, template)
  }
  return [...found.values()]
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && ['.j2', '.yml', '.yaml'].includes(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
}

const CONDITIONS = new Set(['when', 'changed_when', 'failed_when', 'until', 'that', 'break_when'])

function templatesOfYaml(path: string, text: string): FoundTemplate[] {
  const { value } = parseYaml({ path, text })
  const found: FoundTemplate[] = []
  if (value !== undefined) visit(value, (kind, template) => { found.push({ kind, path, text: template }) })
  return found
}

type Found = (kind: 'string' | 'condition', text: string) => void

function visit(node: YamlNode, found: Found): void {
  if (node.kind === 'sequence') for (const item of node.items) visit(item, found)
  else if (node.kind === 'scalar') {
    if (node.value instanceof TemplateString) found('string', node.value.source)
  } else {
    for (const { key, value } of node.entries) {
      if (typeof key.value === 'string' && CONDITIONS.has(key.value)) visitConditions(value, found)
      else visit(value, found)
    }
  }
}

/** Conditions that hold templates are those too. */
function visitConditions(node: YamlNode, found: Found): void {
  const nodes = node.kind === 'sequence' ? node.items : [node]
  for (const each of nodes) {
    if (each.kind === 'scalar' && typeof each.value === 'string' && each.value.trim() !== '') found('condition', each.value)
    else visit(each, found)
  }
}
