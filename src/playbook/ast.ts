import type { SourceRange } from '../diagnostics/types.ts'
import type { Dict, Value } from '../value/value.ts'
import type { YamlNode } from '../yaml/node.ts'

/** A playbook with everything static already in place: import_playbook, import_tasks, import_role, `roles:` and role dependencies. */
export interface Playbook {
  readonly path: string
  readonly plays: readonly Play[]
}

export interface Play {
  readonly kind: 'play'
  readonly name: Value | undefined
  readonly range: SourceRange
  /** Folder of the playbook file: files and roles are looked for beside it. */
  readonly folder: string
  /** Folders of the playbooks on the way here, the one named on the command line first: group_vars and host_vars are beside it. */
  readonly folders: readonly string[]
  readonly hosts: Value
  readonly keywords: PlayKeywords
  readonly shared: Keywords
  /** Conditions of the import that brought the play: they hold for gathering facts too. */
  readonly gatherWhen: readonly Value[]
  readonly varsFiles: readonly Value[]
  readonly varsPrompt: readonly VarsPrompt[]
  /** In the order they run; `roles` is the roles with their dependencies, each as one block. Handlers are flushed after each section. */
  readonly sections: readonly PlaySection[]
  /** Handlers of the play and of its static roles, in the order they run. */
  readonly handlers: readonly TaskNode[]
  /** Static roles: their defaults and vars are visible in the whole play (unless `public: false` for import_role). */
  readonly roles: readonly RoleUse[]
}

export interface PlaySection {
  readonly kind: 'pre_tasks' | 'roles' | 'tasks' | 'post_tasks'
  readonly nodes: readonly TaskNode[]
}

export interface PlayKeywords {
  readonly gatherFacts: Value | undefined
  readonly gatherSubset: Value | undefined
  readonly gatherTimeout: Value | undefined
  readonly factPath: Value | undefined
  readonly strategy: Value | undefined
  readonly serial: Value | undefined
  readonly maxFailPercentage: Value | undefined
  readonly order: Value | undefined
  readonly forceHandlers: Value | undefined
}

/** Keywords that plays, roles, blocks and tasks share and hand down. Values are raw: evaluated where they are used. */
export interface Keywords {
  readonly vars: Dict | undefined
  readonly tags: readonly Value[]
  /** Every condition of this node itself, as a bare expression (`TemplateString` with its place) or a literal. */
  readonly when: readonly Value[]
  readonly environment: readonly Value[]
  readonly become: Value | undefined
  readonly becomeUser: Value | undefined
  readonly becomeMethod: Value | undefined
  readonly becomeFlags: Value | undefined
  readonly becomeExe: Value | undefined
  readonly connection: Value | undefined
  readonly port: Value | undefined
  readonly remoteUser: Value | undefined
  readonly delegateTo: Value | undefined
  readonly delegateFacts: Value | undefined
  readonly runOnce: Value | undefined
  readonly ignoreErrors: Value | undefined
  readonly ignoreUnreachable: Value | undefined
  readonly anyErrorsFatal: Value | undefined
  readonly checkMode: Value | undefined
  readonly diff: Value | undefined
  readonly noLog: Value | undefined
  readonly throttle: Value | undefined
  readonly timeout: Value | undefined
  readonly debugger: Value | undefined
  readonly moduleDefaults: readonly Value[]
  readonly collections: readonly string[]
}

export type TaskNode = Block | Task

export interface Block {
  readonly kind: 'block'
  readonly name: Value | undefined
  readonly range: SourceRange
  readonly keywords: Keywords
  readonly block: readonly TaskNode[]
  readonly rescue: readonly TaskNode[]
  readonly always: readonly TaskNode[]
  /** Set on the block that stands for a role (`roles:`, import_role) or for an imported file. */
  readonly role: RoleUse | undefined
}

export interface Task {
  readonly kind: 'task'
  readonly name: Value | undefined
  readonly range: SourceRange
  readonly keywords: Keywords
  /** As written, without `ansible.builtin.` and `ansible.legacy.`: `copy`, `community.general.ini_file`. */
  readonly module: string
  readonly moduleRange: SourceRange
  /** Arguments as a mapping node, free text, or nothing; `key=value` text is already a mapping. */
  readonly args: TaskArguments
  /** `apply:` of include_tasks and include_role: keywords for what they include. */
  readonly apply?: Keywords | undefined
  readonly loop: Loop | undefined
  readonly loopControl: LoopControl
  readonly register: string | undefined
  readonly until: readonly Value[]
  readonly retries: Value | undefined
  readonly delay: Value | undefined
  readonly changedWhen: readonly Value[] | undefined
  readonly failedWhen: readonly Value[] | undefined
  readonly notify: readonly Value[]
  /** Handlers only: the topics it answers to besides its name. */
  readonly listen: readonly Value[]
  readonly async: Value | undefined
  readonly poll: Value | undefined
  readonly isHandler: boolean
  /** The role whose files, templates and vars this task sees first. */
  readonly role: RoleUse | undefined
  /** Folder of the file the task stands in. */
  readonly folder: string
}

export interface TaskArguments {
  /** Named arguments in the order written: raw values and the node of each, for diagnostics. */
  readonly named: ReadonlyMap<string, ArgumentValue>
  /** Free text of `command: ls /`. */
  readonly free: ArgumentValue | undefined
  /** `args: "{{ dict }}"` or `module: "{{ dict }}"`: arguments known only when evaluated. */
  readonly dynamic: Value | undefined
}

export interface ArgumentValue {
  readonly value: Value
  readonly range: SourceRange
}

/** `loop:` has no lookup; `with_NAME:` names one. */
export interface Loop {
  readonly lookup: string | undefined
  readonly value: Value
  readonly range: SourceRange
}

export interface LoopControl {
  readonly loopVar: Value | undefined
  readonly indexVar: Value | undefined
  readonly label: Value | undefined
  readonly pause: Value | undefined
  readonly extended: Value | undefined
  readonly extendedAllitems: Value | undefined
  readonly breakWhen: readonly Value[]
}

export interface VarsPrompt {
  readonly name: string
  readonly prompt: Value | undefined
  readonly default: Value | undefined
  readonly private: Value | undefined
  readonly confirm: Value | undefined
  /** How the answer is hashed: `sha512_crypt`. */
  readonly encrypt: Value | undefined
  readonly salt: Value | undefined
  readonly saltSize: Value | undefined
  readonly range: SourceRange
}

/** A role as it is on disk. */
export interface Role {
  readonly name: string
  readonly path: string
  readonly defaults: Dict
  readonly vars: Dict
  readonly tasks: readonly TaskNode[]
  readonly handlers: readonly TaskNode[]
  readonly allowDuplicates: boolean
  /** Where short names in it are looked for: its own collection, those of its metadata, or those around it. */
  readonly collections: readonly string[]
  readonly argumentSpecs: YamlNode | undefined
}

/** One use of a role: its own parameters and what it inherits. Identity matters: the same object for all its tasks. */
export interface RoleUse {
  readonly role: Role
  /** Parameters given where it is used (`role: {role: x, port: 80}`), and the variables of include_role. */
  readonly parameters: Dict
  /** Its `vars:` where it is listed or depended on: as strong as the role's own vars. */
  readonly vars: Dict
  /** The use that this one is a dependency of, or was included from. */
  readonly parent: RoleUse | undefined
  readonly dependencies: readonly RoleUse[]
  /** Its defaults and vars are seen in the whole play. */
  readonly isPublic: boolean
  /** The same for uses that ask for the same: one that has run to its end on a host is not run there again... */
  readonly identity: string
  /** ...unless duplicates are allowed, as they are for import_role and include_role. */
  readonly allowDuplicates: boolean
  readonly range: SourceRange | undefined
}

