import type { Keywords } from '../../playbook/ast.ts'

/** Keywords that say nothing. */
export const NO_KEYWORDS: Keywords = {
  vars: undefined, tags: [], when: [], environment: [], become: undefined, becomeUser: undefined, becomeMethod: undefined,
  becomeFlags: undefined, becomeExe: undefined, connection: undefined, port: undefined, remoteUser: undefined, delegateTo: undefined,
  delegateFacts: undefined, runOnce: undefined, ignoreErrors: undefined, ignoreUnreachable: undefined, anyErrorsFatal: undefined,
  checkMode: undefined, diff: undefined, noLog: undefined, throttle: undefined, timeout: undefined, debugger: undefined,
  moduleDefaults: [], collections: [],
}

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
