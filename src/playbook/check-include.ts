import type { Diagnostic } from '../diagnostics/types.ts'
import type { Task } from './ast.ts'

/** What is wrong with include_tasks whatever the run may bring: no file is named. */
export function checkInclude({ args, moduleRange }: Task): readonly Diagnostic[] {
  if (args.free !== undefined || args.dynamic !== undefined || args.named.has('file') || args.named.has('_raw_params')) return []
  return [{
    code: 'missing-argument', severity: 'error', range: moduleRange, summary: 'Cannot include tasks: no file is named',
    ansible: `No file specified for ${moduleRange.file.text.slice(moduleRange.start, moduleRange.end)}`,
  }]
}
