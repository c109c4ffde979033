/** What ansible-playbook exits with, so that scripts around it go on working. */
export const EXIT = {
  ok: 0,
  error: 1,
  failedHosts: 2,
  unreachableHosts: 4,
  /** The same number as for unreachable hosts: Ansible's own ambiguity. */
  badSource: 4,
  badOptions: 5,
  conflictingOptions: 2,
  interrupted: 99,
  unexpected: 250,
} as const
