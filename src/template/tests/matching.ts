import { isTrue } from '../../value/truth.ts'
import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { bind, flagArgument, required, strictText, textArgument } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { orElse } from '../runtime/missing.ts'
import { type RegexFlags, pythonRegex } from '../regex/python-regex.ts'
import { compareVersions } from '../version/compare-versions.ts'
import type { Test } from '../types.ts'

const version: Test = (args, named) => {
  const bound = bind(['value', 'version', 'operator', 'strict', 'version_type'], args, named)
  if (bound.strict !== undefined && bound.version_type !== undefined) throw new EvaluationError('filter-argument', "Cannot specify both 'strict' and 'version_type'")
  const strict = bound.strict !== undefined && bound.strict !== null && isTrue(bound.strict)
  return compareVersions(versionText(bound.value ?? null), versionText(required(bound.version, 'version')), {
    operator: textArgument(bound.operator, 'eq'),
    type: bound.version_type === undefined || bound.version_type === null ? strict ? 'strict' : 'loose' : textOf(bound.version_type),
  })
}

/** None is as empty as empty text. */
function versionText(version: Value): string {
  return version === null ? '' : textOf(version)
}

/** Tests of text against expressions and versions. */
export const MATCHING_TESTS: readonly (readonly [string, Test])[] = [
  ['match', matching('match')],
  ['search', matching('search')],
  ['regex', (args, named) => {
    const bound = bind(['value', 'pattern', 'ignorecase', 'multiline', 'match_type'], args, named)
    return matches(bound.value ?? null, orElse(bound.pattern, () => ''), { kind: textArgument(bound.match_type, 'search'), ...flagsOf(bound) })
  }],
  ['version', version],
  ['version_compare', version],
]

function matching(kind: string): Test {
  return (args, named) => {
    const bound = bind(['value', 'pattern', 'ignorecase', 'multiline'], args, named)
    return matches(bound.value ?? null, orElse(bound.pattern, () => ''), { kind, ...flagsOf(bound) })
  }
}

function flagsOf({ ignorecase, multiline }: { readonly ignorecase?: Value | undefined, readonly multiline?: Value | undefined }): RegexFlags {
  return { ignoreCase: flagArgument(ignorecase, false), multiLine: flagArgument(multiline, false) }
}

function matches(value: Value, pattern: Value, { kind, ...flags }: RegexFlags & { readonly kind: string }): boolean {
  const anchor = kind === 'match' || kind === 'fullmatch' ? { anchor: kind } as const : {}
  return pythonRegex(strictText(pattern, 'pattern'), { ...flags, ...anchor }).test(textOf(value))
}
