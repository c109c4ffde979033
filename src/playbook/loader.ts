import type { SourceFile } from '../diagnostics/types.ts'
import type { Dict, Value } from '../value/value.ts'
import type { Loaded } from '../yaml/loaded.ts'
import type { ActionGroup } from './action-groups.ts'
import type { Keywords, Playbook, RoleUse, TaskNode } from './ast.ts'

/** Reads source files into the AST. Problems are collected: a result may come with diagnostics, and is whole unless one is an error. */
export interface Loader {
  playbook(path: string): Promise<Loaded<Playbook>>
  /** A playbook whose text is not in a file, such as one made from a command line; `folder` is where it looks for files. */
  source(file: SourceFile, folder: string): Promise<Loaded<Playbook>>
  /** A task file for include_tasks; relative names are searched as Ansible does (role's tasks/, beside the including file, playbook). */
  tasks(name: string, from: IncludeContext): Promise<Loaded<readonly TaskNode[]>>
  /** A role for include_role: its tasks as one block, and its handlers. */
  role(request: RoleRequest, from: IncludeContext): Promise<Loaded<IncludedRole>>
  /** A vars file or one folder of them: what `vars_files`, `include_vars`, group_vars and role vars hold. */
  variables(path: string, options?: { readonly allowList?: boolean }): Promise<Loaded<Dict>>
  /** A group that `module_defaults` names, from the collections that a playbook in a folder sees. */
  actionGroup(name: string, playFolder: string): ActionGroup
}

export type { Loaded } from '../yaml/loaded.ts'

export interface IncludeContext {
  readonly role: RoleUse | undefined
  /** Folder of the including file. */
  readonly folder: string
  /** Folder of the playbook. */
  readonly playFolder: string
  readonly isHandler: boolean
  readonly collections: readonly string[]
  /** `notify` for what has none of its own. */
  readonly notify?: readonly Value[]
}

export interface RoleRequest {
  readonly name: string
  readonly tasksFrom?: string
  readonly varsFrom?: string
  readonly defaultsFrom?: string
  readonly handlersFrom?: string
  readonly parameters: Dict
  /** Whether the role runs although it ran before; true unless said otherwise. */
  readonly allowDuplicates?: boolean
  /** `public`, where it is given. */
  readonly isPublic?: boolean
  /** `rolespec_validate`; true unless said otherwise. */
  readonly validate?: boolean
  /** Keywords of `apply:`. */
  readonly apply?: Keywords
}

export interface IncludedRole {
  readonly use: RoleUse
  readonly nodes: readonly TaskNode[]
  readonly handlers: readonly TaskNode[]
}
