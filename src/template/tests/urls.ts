import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { urlSplit } from '../filters/url-split.ts'
import { listOf } from '../iterate.ts'
import type { Test } from '../types.ts'

/** Tests of addresses. As in Ansible any text is a URI, of no scheme maybe; a URL names a host. */
export const URL_TESTS: readonly (readonly [string, Test])[] = [
  ['uri', ([value = null, schemes]) => hasScheme(value, schemes)],
  ['url', ([value = null, schemes]) => hasScheme(value, schemes) && urlSplit(textOf(value)).get('netloc') !== ''],
  ['urn', ([value = null]) => hasScheme(value, 'urn')],
]

function hasScheme(value: Value, schemes: Value | undefined): boolean {
  if (typeof value !== 'string') return false
  if (schemes === undefined || schemes === null) return true
  return (listOf(schemes) ?? [schemes]).includes(urlSplit(textOf(value)).get('scheme') ?? '')
}
