import type { Diagnostic } from '../diagnostics/types.ts'
import { EXIT } from './exit-codes.ts'

/** The exit code for what was wrong before anything was done: the one that ansible-playbook has for it, as far as it finds it before, too. */
export function exitCodeOf(diagnostics: readonly Diagnostic[]): number {
  const codes = diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => EXIT_CODES[code] ?? EXIT.badSource)
  // What somebody wrote and cannot be read counts most, but for the options, without which it is not even looked for.
  return [EXIT.badOptions, EXIT.badSource].find((code) => codes.includes(code)) ?? EXIT.error
}

/** Not what somebody wrote, but what it takes to read it, is wrong; or the way in which it was asked for. Anything else is a bad source. */
const EXIT_CODES: Readonly<Partial<Record<string, number>>> = {
  'bad-options': EXIT.badOptions, setting: EXIT.badOptions, 'config-file': EXIT.badOptions, 'extra-vars': EXIT.badOptions,
  vault: EXIT.error, 'no-answer': EXIT.error, 'no-hosts': EXIT.error, 'bad-pattern': EXIT.error, 'unreadable-file': EXIT.error, 'no-config-file': EXIT.error, 'missing-file': EXIT.error,
  'missing-role': EXIT.error, 'unknown-handler': EXIT.error, 'unparsed-inventory': EXIT.error, 'no-inventory': EXIT.error, 'unknown-plugin': EXIT.error,
  'inventory-section': EXIT.error, 'inventory-entry': EXIT.error, 'inventory-script': EXIT.error,
}
