import type { RoleUse } from '../../playbook/ast.ts'
import type { Value } from '../../value/value.ts'
import type { TaskStep } from '../plan/steps.ts'
import type { PlayContext } from '../play/play-context.ts'
import { ANSIBLE_VERSION } from './ansible-version.ts'
import { searchPath } from './search-path.ts'

export interface MagicPlace {
  readonly play: PlayContext
  readonly step: TaskStep
  readonly host: string
}

/** Variables that depend on the moment, each computed when it is asked for. Those of hosts and groups are with the other variables. */
export function magicVariables(place: MagicPlace): ReadonlyMap<string, Value> {
  return new MagicVariables(place)
}

type Magic = (place: MagicPlace) => Value | undefined

const MAGIC: ReadonlyMap<string, Magic> = new Map(Object.entries<Magic>({
  ansible_play_hosts_all: ({ play }) => [...play.hosts],
  ansible_play_hosts: ({ play }) => remaining(play),
  play_hosts: ({ play }) => remaining(play),
  ansible_play_batch: ({ play }) => play.batch.filter((host) => !play.removed.has(host)),
  ansible_play_name: ({ play }) => play.address.name,
  playbook_dir: ({ play }) => play.play.folder,
  ansible_check_mode: ({ play }) => play.run.request.options.check,
  ansible_diff_mode: ({ play }) => play.run.request.options.diff,
  ansible_verbosity: ({ play }) => play.run.request.options.verbosity,
  ansible_forks: ({ play }) => play.run.request.options.forks,
  ansible_limit: ({ play }) => play.run.request.options.limit,
  ansible_run_tags: ({ play }) => [...play.run.request.options.tags],
  ansible_skip_tags: ({ play }) => [...play.run.request.options.skipTags],
  ansible_inventory_sources: ({ play }) => [...play.run.request.options.inventorySources],
  inventory_file: ({ play }) => play.run.request.options.inventorySources[0],
  inventory_dir: ({ play }) => folderOf(play.run.request.options.inventorySources[0]),
  ansible_config_file: ({ play }) => play.run.request.options.configFile,
  ansible_version: () => new Map<Value, Value>(Object.entries(ANSIBLE_VERSION)),
  ansible_search_path: ({ play, step }) => [...searchPath(play.play, step)],
  ansible_play_role_names: ({ play }) => unique(play.play.roles.flatMap((use) => [...dependencyNames(use), use.role.name])),
  ansible_dependent_role_names: ({ play }) => unique(play.play.roles.flatMap(dependencyNames)),
  ansible_role_names: ({ play }) => unique(play.play.roles.flatMap((use) => [...dependencyNames(use), use.role.name])),
  role_names: ({ play }) => unique(play.play.roles.flatMap((use) => [...dependencyNames(use), use.role.name])),
  role_name: ({ step }) => step.frame.role?.role.name,
  ansible_role_name: ({ step }) => step.frame.role?.role.name,
  role_path: ({ step }) => step.frame.role?.role.path,
  role_uuid: ({ step }) => step.frame.role && `${step.frame.role.role.path}#${step.id}`,
  ansible_collection_name: ({ step }) => collectionOf(step.frame.role?.role.name),
  ansible_parent_role_names: ({ step }) => step.frame.role && parents(step.frame.role),
  ansible_parent_role_paths: ({ step }) => step.frame.role && parentUses(step.frame.role).map((use) => use.role.path),
}))

class MagicVariables extends Map<string, Value> {
  readonly #place: MagicPlace

  constructor(place: MagicPlace) {
    super()
    this.#place = place
  }

  override get(name: string): Value | undefined {
    return MAGIC.get(name)?.(this.#place)
  }

  override has(name: string): boolean {
    return this.get(name) !== undefined
  }

  override keys(): MapIterator<string> {
    return MAGIC.keys()
  }
}

function remaining(play: PlayContext): string[] {
  return play.hosts.filter((host) => !play.removed.has(host))
}

function parentUses(use: RoleUse): RoleUse[] {
  return use.parent ? [use.parent, ...parentUses(use.parent)] : []
}

function parents(use: RoleUse): string[] {
  return parentUses(use).map(({ role }) => role.name)
}

function dependencyNames(use: RoleUse): string[] {
  return use.dependencies.flatMap((dependency) => [...dependencyNames(dependency), dependency.role.name])
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)]
}

function collectionOf(role: string | undefined): string | undefined {
  const parts = role?.split('.') ?? []
  return parts.length === 3 ? parts.slice(0, 2).join('.') : undefined
}

function folderOf(source: string | undefined): string | undefined {
  return source?.includes('/') ? source.slice(0, source.lastIndexOf('/')) || '/' : undefined
}
