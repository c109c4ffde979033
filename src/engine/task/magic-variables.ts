import { controlPython } from '../../inventory/control-python.ts'
import type { RoleUse } from '../../playbook/ast.ts'
import type { Value } from '../../value/value.ts'
import type { TaskStep } from '../plan/steps.ts'
import type { PlayContext } from '../play/play-context.ts'
import { ANSIBLE_VERSION } from './ansible-version.ts'
import { searchPath } from './search-path.ts'

export interface MagicPlace {
  readonly play: PlayContext
  readonly step: TaskStep
}

/** Variables that depend on the moment, each computed when it is asked for. Those of hosts and groups are with the other variables. */
export function magicVariables({ play, step }: MagicPlace): ReadonlyMap<string, Value> {
  return new MagicVariables(play, step)
}

/** Those that hold for a whole play. */
export function playMagic(play: PlayContext): ReadonlyMap<string, Value> {
  return new MagicVariables(play, undefined)
}

type PlayMagic = (play: PlayContext) => Value | undefined
type TaskMagic = (place: MagicPlace) => Value | undefined

const OF_PLAY: ReadonlyMap<string, PlayMagic> = new Map(Object.entries<PlayMagic>({
  hostvars: (play) => play.hostvars,
  ansible_play_hosts_all: ({ settings }) => [...settings.selected],
  ansible_play_hosts: remaining,
  play_hosts: remainingOfBatch,
  ansible_play_batch: remainingOfBatch,
  ansible_play_name: ({ address }) => address.name,
  playbook_dir: ({ play }) => play.folder,
  ansible_check_mode: ({ run }) => run.request.options.check,
  ansible_diff_mode: ({ run }) => run.request.options.diff,
  ansible_verbosity: ({ run }) => run.request.options.verbosity,
  ansible_forks: ({ run }) => run.request.options.forks,
  ansible_limit: ({ run }) => run.request.options.limit,
  ansible_run_tags: ({ run }) => run.request.options.tags.length > 0 ? [...run.request.options.tags] : ['all'],
  ansible_skip_tags: ({ run }) => [...run.request.options.skipTags],
  ansible_inventory_sources: ({ run }) => [...run.request.options.inventorySources],
  ansible_config_file: ({ run }) => run.request.config.file ?? null,
  ansible_playbook_python: controlPython,
  ansible_current_hosts: remaining,
  ansible_failed_hosts: ({ hosts, run }) => hosts.filter((host) => run.failed.has(host)),
  ansible_version: () => new Map<Value, Value>(Object.entries(ANSIBLE_VERSION)),
  ansible_play_role_names: playRoleNames,
  role_names: playRoleNames,
  ansible_dependent_role_names: dependentRoleNames,
  ansible_role_names: (play) => unique([...dependentRoleNames(play), ...playRoleNames(play)]),
}))

const OF_TASK: ReadonlyMap<string, TaskMagic> = new Map(Object.entries<TaskMagic>({
  ansible_search_path: ({ play, step }) => [...searchPath(play.play, step)],
  role_name: ({ step }) => step.frame.role && shortName(step.frame.role.role.name),
  ansible_role_name: ({ step }) => step.frame.role?.role.name,
  role_path: ({ step }) => step.frame.role?.role.path,
  role_uuid: ({ step }) => step.frame.role && `${step.frame.role.role.path}#${step.id}`,
  ansible_collection_name: ({ step }) => step.frame.role && collectionOf(step.frame.role.role.name),
  ansible_parent_role_names: ({ step }) => parentUses(step.frame.role)?.map(({ role }) => role.name),
  ansible_parent_role_paths: ({ step }) => parentUses(step.frame.role)?.map(({ role }) => role.path),
}))

class MagicVariables extends Map<string, Value> {
  readonly #play: PlayContext
  readonly #step: TaskStep | undefined

  constructor(play: PlayContext, step: TaskStep | undefined) {
    super()
    this.#play = play
    this.#step = step
  }

  override get(name: string): Value | undefined {
    const ofPlay = OF_PLAY.get(name)
    if (ofPlay) return ofPlay(this.#play)
    return this.#step && OF_TASK.get(name)?.({ play: this.#play, step: this.#step })
  }

  override has(name: string): boolean {
    return this.get(name) !== undefined
  }

  override keys(): MapIterator<string> {
    return new Set([...OF_PLAY.keys(), ...this.#step ? OF_TASK.keys() : []]).keys()
  }
}

function remaining(play: PlayContext): string[] {
  return inventoryOrder(play).filter((host) => isThere(play, host))
}

function isThere({ removed, leftEarly }: PlayContext, host: string): boolean {
  return !removed.has(host) && !leftEarly.has(host)
}

function remainingOfBatch(play: PlayContext): string[] {
  return play.batch.filter((host) => isThere(play, host))
}

/** Whatever the play's `order`. */
function inventoryOrder({ hosts, settings }: PlayContext): string[] {
  const all = new Set(hosts)
  return settings.selected.filter((host) => all.has(host))
}

/** The roles whose tasks included or imported this one; that a role depends on another does not make it a parent. */
function parentUses(use: RoleUse | undefined): RoleUse[] | undefined {
  const parent = use?.parent
  if (use === undefined || parent === undefined) return undefined
  const further = parentUses(parent)
  return parent.dependencies.includes(use) ? further : [parent, ...further ?? []]
}

function playRoleNames({ play, includedRoles }: PlayContext): string[] {
  return unique([...play.roles, ...includedRoles].map(({ role }) => role.name))
}

function dependentRoleNames({ play, includedRoles }: PlayContext): string[] {
  return unique([...play.roles, ...includedRoles].flatMap(dependencyNames))
}

function dependencyNames(use: RoleUse): string[] {
  return use.dependencies.flatMap((dependency) => [...dependencyNames(dependency), dependency.role.name])
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)]
}

/** Without the collection. */
function shortName(role: string): string {
  return collectionOf(role) === null ? role : role.split('.').slice(2).join('.')
}

/** Of a role of no collection: none. */
function collectionOf(role: string): string | null {
  const parts = role.split('.')
  return parts.length >= 3 ? parts.slice(0, 2).join('.') : null
}
