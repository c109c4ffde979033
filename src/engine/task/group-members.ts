import type { Module } from '../../module/module.ts'
import { fullGroupName } from '../../playbook/action-groups.ts'
import type { RunRequest } from '../run-request.ts'

/** Whether a module belongs to a group of `module_defaults`; undefined where nobody knows the group. */
export function isInGroup(module: Module, group: string, place: GroupPlace): boolean | undefined {
  return membersOf(group, place)?.has(module)
}

export interface GroupPlace {
  readonly request: Pick<RunRequest, 'loader' | 'modules'>
  readonly playFolder: string
}

/** The modules of a group that are there. */
function membersOf(group: string, { request, playFolder }: GroupPlace): ReadonlySet<Module> | undefined {
  const { actions } = request.loader.actionGroup(group, playFolder)
  const names = actions ?? ownNames(fullGroupName(group), request)
  return names && new Set(names.map((name) => request.modules.find(name)).filter((module) => module !== undefined))
}

/** Where the collection is not installed: tsplay's own modules of it whose names begin with the group's, as `docker_container` does in `community.docker.docker`. */
function ownNames(group: string, { modules }: Pick<RunRequest, 'modules'>): readonly string[] | undefined {
  const [namespace, collection, ...rest] = group.split('.')
  const named = modules.names().filter((name) => name.startsWith(`${rest.join('.')}_`)).map((name) => `${namespace ?? ''}.${collection ?? ''}.${name}`)
  const known = named.filter((name) => modules.find(name) !== undefined)
  return known.length > 0 ? known : undefined
}
