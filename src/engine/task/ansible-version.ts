/** The version whose language tsplay speaks, as playbooks ask for it. */
export const ANSIBLE_VERSION = {
  full: '2.19.0', major: 2, minor: 19, revision: 0, string: '2.19.0',
} as const
