import type { Effects } from '../../../remote/write.ts'
import { affectedBy } from '../command/affected.ts'

/** Everything that setting up packages may write to, by the policy of Debian and others like it. */
export const PACKAGE_PATHS = ['/etc', '/usr', '/lib', '/lib64', '/bin', '/sbin', '/boot', '/opt', '/var', '/run'] as const

/** What setting up packages touches besides packages: as the task tells, or all that it may. */
export function touchedBySetup(affects: readonly string[] | undefined): Required<Pick<Effects, 'keys' | 'paths'>> {
  const { keys = ['service:*', 'services', 'user:*', 'group:*'], paths = PACKAGE_PATHS } = affectedBy(affects) ?? {}
  return { keys, paths }
}
