import { TemplateString } from '../../value/template-string.ts'
import { collectTexts } from './arguments.ts'
import { type Site, variablePlace } from './site.ts'

/**
 * Texts that a task's arguments take from variables which stand in files, as in `that: "{{ conditions }}"`: somebody wrote them,
 * no host, command or prompt did.
 */
export function variableTexts(site: Site): ReadonlySet<string> {
  const texts = new Set<string>()
  const { variables } = site.play.run.request
  for (const { value } of site.step.task.args.named.values()) {
    const name = value instanceof TemplateString ? /^\s*\{\{\s*([A-Za-z_]\w*)\s*\}\}\s*$/.exec(value.source)?.[1] : undefined
    const [strongest] = name === undefined ? [] : variables.origins(variablePlace(site, site.special), name)
    // Values that were found or set while running have no place in a file.
    if (strongest?.range !== undefined) collectTexts(strongest.value, texts)
  }
  return texts
}
