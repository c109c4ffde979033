import type { ArgumentsOf } from '../../../module/argument-spec.ts'
import type { UFW_ARGUMENTS } from './arguments.ts'

type Given = ArgumentsOf<typeof UFW_ARGUMENTS>

/** A rule in the long form that ufw takes. */
export function ruleWords(given: Given, place: number | null): readonly string[] {
  const after = (word: string, value: string | undefined): readonly string[] => value === undefined ? [] : [...word.split(' '), value]
  const flag = (word: string, holds: boolean): readonly string[] => holds ? [word] : []
  return [
    ...flag('route', given.route), ...flag('delete', given.delete), ...place === null || given.delete ? [] : ['insert', String(place)], given.rule ?? '',
    ...given.direction === undefined ? [] : [given.direction], ...after('on', given.interface), ...after('in on', given.interface_in), ...after('out on', given.interface_out),
    ...flag('log', given.log), 'from', given.from_ip, ...after('port', given.from_port), 'to', given.to_ip, ...after('port', given.to_port),
    ...after('proto', given.proto), ...after('app', given.name), ...after('comment', given.comment),
  ]
}

/** Where a rule goes that is placed by others; null is behind all of them, for ufw takes no greater number than there are. */
export function insertPlace({ insert = 0, insert_relative_to: relative }: Given, numbered: string): number | null {
  if (relative === 'zero') return insert
  const rules = [...numbered.matchAll(/^\[ *(\d+)\] (.*)$/gm)].map(([, number, text = '']) => ({ number: Number(number), isSix: text.includes('(v6)') || /[0-9a-f]*:[0-9a-f]*:/i.test(text) }))
  const numbers = (isSix: boolean): readonly number[] => rules.filter((rule) => rule.isSix === isSix).map(({ number }) => number)
  const [four, six, last] = [numbers(false), numbers(true), rules.at(-1)?.number ?? 0]
  const lastFour = four.at(-1)
  const base = { 'first-ipv4': 1, 'last-ipv4': lastFour ?? 1, 'first-ipv6': six[0] ?? (lastFour === undefined ? 1 : lastFour + 1), 'last-ipv6': six.at(-1) ?? last + 1 }[relative]
  return insert + base > last ? null : insert + base
}
