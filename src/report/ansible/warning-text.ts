import { locationText } from '../../diagnostics/position.ts'
import type { Diagnostic } from '../../diagnostics/types.ts'

/** A diagnostic in one line: what is wrong, where, and what may help. */
export function diagnosticText({ code, summary, range, hint }: Diagnostic): string {
  if (code === 'module-deprecation') return `[DEPRECATION WARNING]: ${summary}. Deprecation warnings can be disabled by setting deprecation_warnings=False in ansible.cfg.`
  return `${summary}${range ? ` (${locationText(range)})` : ''}${hint === undefined ? '' : `. ${hint}`}`
}

/** An error in ansible-playbook's form, and in its words where scripts look for them. */
export function errorText({ ansible, ...diagnostic }: Diagnostic): string {
  return `ERROR! ${diagnosticText(ansible === undefined ? diagnostic : { ...diagnostic, summary: ansible })}`
}
