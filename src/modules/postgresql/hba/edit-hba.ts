import type { HbaLine, HbaRule } from './hba-file.ts'
import { numberOf, precision } from './network.ts'

/** What a file shall have, or not have. */
export interface HbaWanted {
  readonly rules: readonly { readonly rule: HbaRule, readonly state: 'absent' | 'present' }[]
  /** No other rules. */
  readonly overwrite: boolean
  readonly sort: boolean
}

/** The file as wanted; the same lines when it is so already. */
export function editHba(lines: readonly HbaLine[], { rules, overwrite, sort }: HbaWanted): readonly HbaLine[] {
  const after = overwrite ? only(lines, rules) : rules.reduce(edited, lines)
  const isSame = after.length === lines.length && after.every((line, index) => (sort ? lines.includes(line) : line === lines[index]))
  if (isSame) return lines
  const written = overwrite ? rules.filter(({ state }) => state === 'present').map(({ rule }) => rule) : after
  return sort ? sorted(written) : written
}

function edited(lines: readonly HbaLine[], { rule, state }: HbaWanted['rules'][number]): readonly HbaLine[] {
  return state === 'present' ? withRule(lines, rule) : without(lines, rule)
}

/** These rules in their order, in the words that they are there in. */
function only(lines: readonly HbaLine[], rules: HbaWanted['rules']): readonly HbaLine[] {
  return rules.filter(({ state }) => state === 'present').flatMap(({ rule }) => withRule(lines.filter((line) => sameKey(line, rule)).slice(0, 1), rule))
}

/** Who and where decide which rule it is; the method is what it says. */
function sameKey(line: HbaLine, rule: HbaRule): boolean {
  return line.kind === 'rule' && line.type === rule.type && line.databases === rule.databases && line.users === rule.users && line.source === rule.source
}

function without(lines: readonly HbaLine[], rule: HbaRule): readonly HbaLine[] {
  return lines.some((line) => sameKey(line, rule)) ? lines.filter((line) => !sameKey(line, rule)) : lines
}

/** In the place of the one that is there; of several, one remains. */
function withRule(lines: readonly HbaLine[], rule: HbaRule): readonly HbaLine[] {
  const at = lines.findIndex((line) => sameKey(line, rule))
  const current = lines[at]
  if (current?.kind !== 'rule') return [...lines, rule]
  const isSame = current.method === rule.method && current.options === rule.options && (rule.comment === undefined || rule.comment === current.comment)
  const kept = isSame ? current : { ...rule, comment: rule.comment ?? current.comment }
  const rest = lines.filter((line, index) => index === at || !sameKey(line, rule))
  return isSame && rest.length === lines.length ? lines : rest.map((line) => (sameKey(line, rule) ? kept : line))
}

/** Comments, then rules from the most special to the most general one, then what is included: the first rule that fits counts. */
function sorted(lines: readonly HbaLine[]): readonly HbaLine[] {
  const rules = lines.filter((line) => line.kind === 'rule')
  return [...lines.filter(({ kind }) => kind === 'comment'), ...[...rules].sort(moreSpecial), ...lines.filter(({ kind }) => kind === 'include')]
}

function moreSpecial(one: HbaRule, other: HbaRule): number {
  return weight(other) - weight(one) || general(one.databases) - general(other.databases) || general(one.users) - general(other.users) || bySource(one, other)
    || byText(one.databases, other.databases) || byText(one.users, other.users)
}

/** How few clients a source fits; local ones come first. */
function weight({ source }: HbaRule): number {
  if (source === undefined) return 130
  const words: Readonly<Record<string, number>> = { all: 0, samehost: 129, samenet: 96 }
  return words[source] ?? precision(source) ?? (source.startsWith('.') ? 64 : 128)
}

/** Lists with `all` fit everybody, groups and other words more than one. */
function general(names: string): number {
  return names.split(',').includes('all') ? 1 : 0
}

function bySource({ source: one = '' }: HbaRule, { source: other = '' }: HbaRule): number {
  const [left, right] = [numberOf(one), numberOf(other)]
  if (left === undefined || right === undefined) return left === right ? byText(one, other) : left === undefined ? 1 : -1
  return left < right ? -1 : left > right ? 1 : 0
}

const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
