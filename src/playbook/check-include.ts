import type { Diagnostic } from '../diagnostics/types.ts'
import { TemplateString } from '../value/template-string.ts'
import { typeName } from '../value/type-name.ts'
import type { Task } from './ast.ts'

/** What is wrong with an include whatever the run may bring: nothing is named, or not by a text. */
export function checkInclude(task: Task): readonly Diagnostic[] {
  return task.module === 'include_role' ? roleProblems(task) : fileProblems(task)
}

function fileProblems({ args, moduleRange }: Task): readonly Diagnostic[] {
  if (args.free !== undefined || args.dynamic !== undefined || args.named.has('file') || args.named.has('_raw_params')) return []
  return [{
    code: 'missing-argument', severity: 'error', range: moduleRange, summary: 'Cannot include tasks: no file is named',
    ansible: `No file specified for ${moduleRange.file.text.slice(moduleRange.start, moduleRange.end)}`,
  }]
}

function roleProblems({ args }: Task): readonly Diagnostic[] {
  const given = [...args.named].filter(([name]) => name.endsWith('_from'))
  return given.filter(([, { value }]) => typeof value !== 'string' && !(value instanceof TemplateString)).map(([name, { value, range }]) => ({
    code: 'bad-type', severity: 'error', range, summary: `Cannot include a role: '${name}' must be the name of a file`,
    ansible: `Expected a string for ${name} but got <class '${typeName(value)}'> instead`,
  }))
}
