import type { SourceRange } from '../diagnostics/types.ts'
import type { RoleUse, Play } from '../playbook/ast.ts'
import type { Scope } from '../template/types.ts'
import type { Dict, Value } from '../value/value.ts'

/**
 * The variables of a run: one table of precedence levels (levels.ts), looked up lazily, never copied per host or task.
 * The engine is the only writer.
 */
export interface Variables {
  /** The scope of a task on a host. Cheap to make: a chain of references. */
  scope(place: ScopePlace): Scope
  /** Level `facts`: what setup found, under `ansible_facts` and, injected, as `ansible_*`. */
  setFacts(host: string, facts: Dict): void
  /** Level `set_fact` (with `cacheable`, also a fact) and `register`. */
  setVariables(host: string, variables: Dict): void
  register(host: string, name: string, value: Value): void
  /** Level `include_vars`. */
  includeVariables(host: string, variables: Dict): void
  clearFacts(host: string): void
  /** Facts of a host as they were gathered, in this run or in one whose facts are cached. */
  facts(host: string): Dict | undefined
  /** Level `vars_files`, of the play that is about to run on a host. Replaces what an earlier play set. */
  setVarsFiles(host: string, variables: Dict): void
  /** Level `vars_prompt`, of the play that is about to run. Replaces what an earlier play set. */
  setPrompted(variables: Dict): void
  /** What the inventory itself says of a host, merged by precedence: templates as written. `folder` stands for the playbook's. */
  inventoryVariables(host: string, folder: string): ReadonlyMap<string, Value>
  /** `hostvars`: every host's variables, evaluated lazily in that host's own scope. */
  hostvars(play: Play): Dict
  /** Where each value of a name comes from, strongest first: for `tsplay vars`. */
  origins(place: ScopePlace, name: string): readonly Origin[]
}

export interface ScopePlace {
  readonly host: string
  readonly play: Play
  /** Role use of the task, whose defaults and vars it sees. */
  readonly role?: RoleUse
  /** Roles that include_role made public to the rest of the play, besides the play's static ones. */
  readonly publicRoles?: readonly RoleUse[]
  /** `vars:` of enclosing blocks, outermost first, then the task's own. */
  readonly taskVars?: readonly Dict[]
  /** Parameters of include_tasks/include_role on the way here, outermost first. */
  readonly includeParameters?: readonly Dict[]
  /** Loop variables and the like: stronger than all but extra vars. */
  readonly special?: Dict
  /** Magic values that depend on the moment: ansible_play_hosts, ansible_check_mode, role_name ... */
  readonly magic?: ReadonlyMap<string, Value>
}

export interface Origin {
  /** Name of the level, as in levels.ts: `role-defaults`. */
  readonly level: string
  /** The group or role it belongs to. */
  readonly of?: string
  /** Where it is written, if a source file says it. */
  readonly range?: SourceRange
  readonly value: Value
}
