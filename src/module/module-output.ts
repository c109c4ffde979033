import { isJsonObject } from '../value/json.ts'
import type { Json, JsonObject } from '../value/value.ts'
import { withoutTypes } from './tagged-values.ts'
import type { ModuleResult, TextDiff } from './module.ts'

/** What a module that is a program of its own has printed. */
export interface ModuleOutput {
  readonly rc: number
  readonly stdout: string
  readonly stderr: string
}

/** The result that a program printed as JSON, whatever stands around it; or that it failed to do so. All of it is data. */
export function resultOfOutput(output: ModuleOutput): ModuleResult {
  const found = jsonIn(output.stdout)
  if (found === undefined) return moduleFailure(output)
  const { object, junk } = found
  const fields = tidied(object)
  const warnings = junk === '' ? [] : [`Module invocation had junk after the JSON data: ${junk}`]
  const facts = fields.ansible_facts
  return {
    changed: isTrue(fields.changed),
    ...(fields.failed !== undefined && { failed: isTrue(fields.failed) }),
    ...(fields.skipped !== undefined && { skipped: isTrue(fields.skipped) }),
    diff: diffsOf(fields.diff),
    ...(isJsonObject(facts) && { effects: [{ kind: 'facts', facts }] }),
    fields: { ...without(fields, ['changed', 'failed', 'skipped', 'diff']), ...(warnings.length > 0 && { warnings: [...listOf(fields.warnings), ...warnings] }) },
  }
}

interface FoundJson {
  readonly object: JsonObject
  /** What was printed after it. */
  readonly junk: string
}

/** Lines before the first that begins with a brace, and after the last that ends with one, are not part of it. */
function jsonIn(stdout: string): FoundJson | undefined {
  const lines = stdout.split(/\r\n|\n|\r/)
  const start = lines.findIndex((line) => line.trim().startsWith('{'))
  const end = lines.findLastIndex((line) => line.trim().endsWith('}'))
  if (start < 0 || end < start) return undefined
  try {
    const text = lines.slice(start, end + 1).join('\n')
    const parsed = JSON.parse(text) as Json
    const object = text.includes('__ansible_type') ? withoutTypes(parsed) : parsed
    return isJsonObject(object) ? { object, junk: lines.slice(end + 1).join('\n').trim() } : undefined
  } catch {
    return undefined
  }
}

/** In Ansible's words, which people look for. */
function moduleFailure({ rc, stdout, stderr }: ModuleOutput): ModuleResult {
  const exception = [stderr, stdout].find((text) => text.startsWith('Traceback'))
  return {
    changed: false, failed: true, msg: 'MODULE FAILURE\nSee stdout/stderr for the exact error',
    fields: { module_stdout: stdout, module_stderr: stderr, rc, ...(exception !== undefined && { exception }) },
  }
}

/** Fields that are Ansible's own business are not for playbooks, nor may facts say how a host is reached. */
function tidied(object: JsonObject): JsonObject {
  const entries = Object.entries(object).filter(([name]) => !name.startsWith('_ansible_'))
  return Object.fromEntries(entries.flatMap(([name, value]): [string, Json][] => {
    if (name === 'ansible_facts' && isJsonObject(value)) return [[name, withoutConnection(value)]]
    if (name === 'results' && !Array.isArray(value)) return [['ansible_module_results', value]]
    return [[name, value]]
  }))
}

const NOT_FACTS = /^ansible_(?:connection|host|port|user|password|ssh_.*|become.*|shell_.*|.*_interpreter|rsync_path|playbook_python|loop_var|no_log|check_mode)$/

function withoutConnection(facts: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => !NOT_FACTS.test(name) || name.startsWith('ansible_ssh_host_key_')))
}

function diffsOf(diff: Json | undefined): readonly TextDiff[] {
  const all: readonly Json[] = Array.isArray(diff) ? diff : [diff ?? null]
  return all.filter(isJsonObject).flatMap((one) => {
    const { before, after, before_header: beforeHeader, after_header: afterHeader, prepared } = one as Readonly<Record<string, Json | undefined>>
    if (before === undefined && after === undefined) return prepared === undefined ? [] : [{ before: '', after: textOf(prepared) }]
    return [{
      before: textOf(before), after: textOf(after),
      ...(typeof beforeHeader === 'string' && { beforeHeader }), ...(typeof afterHeader === 'string' && { afterHeader }),
    }]
  })
}

function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : `${JSON.stringify(value, undefined, 4)}\n`
}

/** As Python takes it, but for the texts that mean no. */
function isTrue(value: Json | undefined): boolean {
  if (typeof value === 'string') return !['', 'no', 'false', 'off', '0', 'n', 'f'].includes(value.toLowerCase())
  return value !== undefined && value !== null && value !== false && value !== 0 && !(Array.isArray(value) && value.length === 0)
}

function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

function without(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)))
}
