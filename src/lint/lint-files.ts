import { positionAt } from '../diagnostics/position.ts'
import type { Diagnostic } from '../diagnostics/types.ts'
import { applyRules } from './apply-rules.ts'
import type { LintFile } from './lint-file.ts'
import { playsOf, tasksOf } from './lint-model.ts'
import { isNamed, linesOf, type Noqa, readNoqa } from './noqa.ts'
import { RULES } from './rules/index.ts'
import { isActive, type LintSettings } from './settings.ts'

/** Everything that rules and checks find in files, each thing once, by file and line; what comments and settings turn off is left out. */
export function lintFiles(files: readonly LintFile[], settings: LintSettings, checked: readonly Diagnostic[]): readonly Diagnostic[] {
  const rules = RULES.filter((rule) => isActive(rule, settings))
  const noqa = new Map(files.map((file) => [file.source.path, commentsOf(file)]))
  const found = [...checked.map(asError), ...files.flatMap((file) => [...file.diagnostics.map(asError), ...applyRules(file, rules)])]
  return unique(found)
    .filter((diagnostic) => !isTurnedOff(diagnostic, { noqa, settings }))
    .map((diagnostic) => settings.warn.some((name) => isNamed(diagnostic.code, name)) ? { ...diagnostic, severity: 'warning' as const } : diagnostic)
    .sort(byPlace)
}

/** Before a run a mistake in what may be skipped is a warning; here somebody asked for mistakes. */
function asError(diagnostic: Diagnostic): Diagnostic {
  return diagnostic.code === 'duplicate-key' ? diagnostic : { ...diagnostic, severity: 'error' }
}

function commentsOf(file: LintFile): Noqa {
  const tasks = tasksOf(file).filter(({ isBlock }) => !isBlock).map(({ range }) => linesOf(range))
  const plays = playsOf(file).map(({ range }) => ({ from: linesOf(range).from, to: linesOf(range).from }))
  return readNoqa(file.source, [...tasks, ...plays])
}

interface TurnedOff {
  readonly noqa: ReadonlyMap<string, Noqa>
  readonly settings: LintSettings
}

function isTurnedOff({ code, range }: Diagnostic, { noqa, settings }: TurnedOff): boolean {
  if (settings.skip.some((name) => isNamed(code, name))) return true
  return range !== undefined && noqa.get(range.file.path)?.(positionAt(range.file, range.start).line, code) === true
}

function unique(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const key = ({ code, summary, range }: Diagnostic): string => JSON.stringify([code, summary, range?.file.path, range?.start])
  return [...new Map(diagnostics.map((diagnostic) => [key(diagnostic), diagnostic])).values()]
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  const paths = (a.range?.file.path ?? '').localeCompare(b.range?.file.path ?? '')
  return paths !== 0 ? paths : (a.range?.start ?? 0) - (b.range?.start ?? 0)
}
