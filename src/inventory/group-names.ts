import type { GroupNameRule } from './inventory-settings.ts'

/** Names of groups as the rule wants them; remembers those it found wanting. */
export class GroupNames {
  readonly #rule: GroupNameRule
  readonly #invalid = new Set<string>()

  constructor(rule: GroupNameRule) {
    this.#rule = rule
  }

  /** The name that a group gets. */
  safe(name: string): string {
    if (!INVALID.test(name)) return name
    this.#invalid.add(name)
    return this.#rule === 'always' || this.#rule === 'silently' ? name.replace(INVALID_ALL, '_') : name
  }

  /** What to warn of, in Ansible's words, and the names themselves. */
  get warning(): { readonly summary: string, readonly names: readonly string[] } | undefined {
    if (this.#invalid.size === 0 || this.#rule === 'ignore' || this.#rule === 'silently') return undefined
    const what = this.#rule === 'always' ? 'and automatically replaced' : 'but not replaced'
    return { summary: `Invalid characters were found in group names ${what}`, names: [...this.#invalid] }
  }
}

/** What no variable name may have: a digit first, or anything but letters, digits and `_`. */
const INVALID = /^[^\p{L}_]|[^\p{L}\p{N}_]/u
const INVALID_ALL = new RegExp(INVALID.source, 'gu')
