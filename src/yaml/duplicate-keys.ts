import type { Diagnostic } from '../diagnostics/types.ts'

/** What becomes of keys that are given twice: DUPLICATE_YAML_DICT_KEY. */
export type DuplicateKeys = 'error' | 'warn' | 'ignore'

/** Diagnostics with those of duplicate keys taken as the setting says. */
export function judgeDuplicates(diagnostics: readonly Diagnostic[], duplicates: DuplicateKeys): readonly Diagnostic[] {
  if (duplicates === 'warn') return diagnostics
  if (duplicates === 'ignore') return diagnostics.filter(({ code }) => code !== 'duplicate-key')
  return diagnostics.map((diagnostic) => diagnostic.code === 'duplicate-key' ? { ...diagnostic, severity: 'error' } : diagnostic)
}
