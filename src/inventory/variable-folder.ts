import type { Dict } from '../value/value.ts'

/** What `group_vars/` and `host_vars/` in one folder hold, by group and host name. */
export interface VariableFolder {
  readonly groups: ReadonlyMap<string, Dict>
  readonly hosts: ReadonlyMap<string, Dict>
}
