import { statSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import type { Scope } from '../../template/types.ts'
import type { Value } from '../../value/value.ts'

/** What a template file sees besides the variables of its task: `ansible_managed`, where it comes from and when. */
export function templateScope(scope: Scope, path: string): Scope {
  const own = (name: string): Value | undefined => TEMPLATE_VARIABLES[name]?.(path)
  return {
    ...scope,
    get(name) {
      const value = scope.get(name)
      return value === undefined ? own(name) : value
    },
    names: () => new Set([...scope.names(), ...Object.keys(TEMPLATE_VARIABLES)]),
  }
}

const TEMPLATE_VARIABLES: Readonly<Partial<Record<string, (path: string) => Value>>> = {
  ansible_managed: () => 'Ansible managed',
  template_host: () => hostname(),
  template_uid: () => userInfo().username,
  template_path: (path) => path,
  template_fullpath: (path) => path,
  template_mtime: (path) => timeText(statSync(path).mtime),
  template_run_date: () => timeText(new Date()),
}

function timeText(time: Date): string {
  return time.toISOString().replace('T', ' ').replace('Z', '')
}
