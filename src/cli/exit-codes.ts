/** What ansible-playbook exits with, so that scripts around it go on working. */
export const EXIT = {
  ok: 0,
  error: 1,
  failedHosts: 2,
  unreachableHosts: 4,
  /** The same number as for unreachable hosts: Ansible's own ambiguity. */
  badSource: 4,
  /** Options that mean nothing, or contradict one another. */
  usage: 2,
  /** Options and settings whose values cannot be used. */
  badOptions: 5,
  interrupted: 99,
  unexpected: 250,
} as const
