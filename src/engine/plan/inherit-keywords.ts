import type { Keywords } from '../../playbook/ast.ts'

/** What holds inside: the inner value where there is one; lists are joined, outermost first. `vars` are kept as a chain elsewhere. */
export function inheritKeywords(outer: Keywords, inner: Keywords): Keywords {
  const given = Object.fromEntries(Object.entries(inner).filter(([, value]) => value !== undefined)) as Partial<Keywords>
  return {
    ...outer,
    ...given,
    vars: undefined,
    tags: [...outer.tags, ...inner.tags],
    when: [...outer.when, ...inner.when],
    environment: [...outer.environment, ...inner.environment],
    moduleDefaults: [...outer.moduleDefaults, ...inner.moduleDefaults],
    collections: inner.collections.length > 0 ? inner.collections : outer.collections,
  }
}
