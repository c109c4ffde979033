import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { findReference } from '../reference/reference.ts'
import type { Difference } from './difference.ts'

/** A difference that there may be, and why. Patterns match from the start of what they are about. */
interface Rule {
  readonly about: string
  readonly subject: string
  readonly text?: string
  /** Names of the contents that it is for; all, unless given. */
  readonly in?: string
  /** Only of ansible-core 2.14, and of the collections of its time. */
  readonly older?: boolean
  readonly reason: string
}

export interface Judged {
  readonly unexpected: readonly Difference[]
  readonly allowed: readonly { readonly reason: string, readonly count: number }[]
}

/** Sorts differences into those that allowed.yml has a reason for, and the rest. */
export function judge(name: string, differences: readonly Difference[]): Judged {
  const { isOlder } = findReference()
  const rules = (parse(readFileSync(join(import.meta.dirname, 'allowed.yml'), 'utf8')) as readonly Rule[])
    .filter((rule) => (rule.in === undefined || matches(rule.in, name)) && (isOlder || rule.older !== true))
  const counts = new Map<string, number>()
  const unexpected = differences.filter((difference) => {
    const rule = rules.find((candidate) => allows(candidate, difference))
    if (rule !== undefined) counts.set(rule.reason, (counts.get(rule.reason) ?? 0) + 1)
    return rule === undefined
  })
  return { unexpected, allowed: [...counts].map(([reason, count]) => ({ reason, count })) }
}

function allows(rule: Rule, { about, subject, text }: Difference): boolean {
  return matches(rule.about, about) && matches(rule.subject, subject) && (rule.text === undefined || new RegExp(rule.text, 's').test(text))
}

/** The whole of a text. */
function matches(pattern: string, text: string): boolean {
  return new RegExp(`^(?:${pattern})$`, 's').test(text)
}
