import { positionAt } from '../../diagnostics/position.ts'
import type { Origin } from '../../variables/host-variables.ts'
import { plain, type VariableView } from './variable-view.ts'

/** Variables for programs: `{host, variables: {NAME: {value, origins: [{level, of, value, file, line, column}]}}}`, origins strongest first. */
export function jsonText(host: string, views: readonly VariableView[]): unknown {
  return { host, variables: Object.fromEntries(views.map((view) => [view.name, viewJson(view)])) }
}

function viewJson({ value, problem, origins, isMerged }: VariableView): unknown {
  return {
    ...value === undefined ? { problem } : { value: plain(value) },
    ...isMerged && { merged: true },
    origins: origins.map(originJson),
  }
}

function originJson({ level, of, value, range }: Origin): unknown {
  const place = range === undefined ? {} : { file: range.file.path, ...positionAt(range.file, range.start) }
  return { level, ...of !== undefined && { of }, value: plain(value), ...place }
}
