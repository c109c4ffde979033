import type { ArgumentSpec } from '../../module/argument-spec.ts'
import type { ArgumentValue } from '../../playbook/ast.ts'
import { TemplateString } from '../../value/template-string.ts'
import { isSilent } from './call.ts'
import type { Site } from './site.ts'

/** A task's arguments as they are written, on one line; nothing of what is secret, nor where nobody asked. */
export function writtenArguments(site: Site): { readonly args?: string } {
  if (site.play.run.request.options.tellArguments !== true || isHidden(site)) return {}
  const { module, args: { named, free } } = site.step.task
  const spec = site.play.run.request.modules.find(module)?.args
  const parts = [...free ? [['_raw_params', free] as const] : [], ...named].map(([name, argument]) => `${name}=${isSecret(name, spec) ? '********' : textOf(argument)}`)
  return { args: parts.join(', ') }
}

function isSecret(name: string, spec: ArgumentSpec = {}): boolean {
  return Object.entries(spec).some(([known, { aliases = [], secret }]) => secret === true && (known === name || aliases.includes(name)))
}

/** Where that cannot be told yet, too. */
function isHidden(site: Site): boolean {
  try {
    return isSilent(site)
  } catch {
    return true
  }
}

function textOf({ value, range: { file, start, end } }: ArgumentValue): string {
  if (value instanceof TemplateString) return value.source
  if (typeof value === 'string') return value
  // The range may be that of the whole argument.
  return file.secret === true ? '********' : file.text.slice(start, end).replace(/^[\w.]+:\s+/, '').replace(/\s*\n\s*/g, ' ').trim()
}
