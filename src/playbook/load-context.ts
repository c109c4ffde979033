import type { SourceRange } from '../diagnostics/types.ts'
import { isTemplate, TemplateString } from '../value/template-string.ts'
import type { Dict, Value } from '../value/value.ts'
import type { VaultString } from '../value/vault-string.ts'
import type { DuplicateKeys } from '../yaml/duplicate-keys.ts'
import type { YamlNode } from '../yaml/node.ts'
import type { Problems } from '../yaml/problems.ts'
import type { RoleUse, TaskNode } from './ast.ts'
import type { SourceStore } from '../yaml/source-store.ts'

/** How a loader finds and reads things; everything has a default. */
export interface LoaderOptions {
  /** Folders of roles besides those beside the playbook: `roles_path`. */
  readonly rolesPath?: readonly string[]
  /** Folders that hold `ansible_collections`: `collections_path`. */
  readonly collectionsPath?: readonly string[]
  /** Folders of installed Python packages, which are searched after them. */
  readonly pythonFolders?: () => readonly string[]
  /** `private_role_vars`, where it is set: whether roles keep their variables to themselves unless they say otherwise. */
  readonly privateRoles?: boolean | undefined
  /** Decrypts vault files. Its errors become diagnostics. */
  readonly decrypt?: (ciphertext: VaultString | Buffer) => string
  /** Whether a name is a module's: lets a mistyped keyword be told from a second action. */
  readonly isModule?: (name: string) => boolean
  /** The module that a name means where these collections are searched; the name without `ansible.builtin.` unless said. */
  readonly resolveModule?: (name: string, collections: readonly string[]) => string
  /** What becomes of keys that are given twice; a warning unless said. */
  readonly duplicateKeys?: DuplicateKeys
  /** Told of the folder of each playbook and role that is read. */
  readonly foundFolder?: (folder: string) => void
  /** Evaluates names of imported files and roles from what is known before the run; `variables` are strongest last. Throws when it cannot. */
  readonly evaluate?: (template: TemplateString, variables: readonly Dict[]) => Value
}

/** Where in the sources the loader is: what the nodes below belong to. */
export interface LoadContext {
  readonly options: LoaderOptions
  readonly sources: SourceStore
  readonly problems: Problems
  /** Folder of the playbook. */
  readonly playFolder: string
  /** Folder of the file being read. */
  readonly folder: string
  readonly role: RoleUse | undefined
  readonly isHandler: boolean
  readonly collections: readonly string[]
  /** `notify` of the enclosing block, for tasks without their own. */
  readonly notify: readonly Value[]
  /** Files being imported, to find one that imports itself. */
  readonly trail: readonly string[]
  /** What is known of variables while loading, strongest last: for names of imports. */
  readonly variables: readonly Dict[]
  /** `readNodes`, reached through the context because what it puts in place is read by it in turn. */
  readonly readNodes: (node: YamlNode | undefined, context: LoadContext, what: string) => TaskNode[]
  /** Takes what static roles add to the play. */
  readonly play: PlayAdditions
}

export interface PlayAdditions {
  readonly handlers: TaskNode[]
  readonly roles: RoleUse[]
}

/** A file or role name as text; a template is evaluated from what is known while loading. */
export function staticName(context: LoadContext, value: Value, range: SourceRange): string | undefined {
  const evaluated = isTemplateValue(value) ? evaluateName(context, value) : value
  if (typeof evaluated === 'string' || typeof evaluated === 'number') return String(evaluated)
  const hint = 'Define what it uses in extra vars or play vars, or use include_tasks or include_role, which are evaluated during the run'
  context.problems.error('unknown-import', 'Cannot import: its name is not known before the run', { range, hint })
  return undefined
}

/** A value as far as it is known while loading; a template that is not stays one. */
export function knownValue(context: LoadContext, value: Value): Value {
  return isTemplateValue(value) ? evaluateName(context, value) ?? value : value
}

/** Text in which templates are replaced by what is known while loading; unchanged where that does not do. */
export function knownText(context: LoadContext, text: string, range: SourceRange): string {
  if (!isTemplate(text)) return text
  const value = evaluateName(context, new TemplateString(text, range))
  return typeof value === 'string' ? value : text
}

function isTemplateValue(value: Value): value is TemplateString {
  return value instanceof TemplateString
}

function evaluateName({ options, variables }: LoadContext, template: TemplateString): Value | undefined {
  try {
    return options.evaluate?.(template, variables)
  } catch {
    // Whatever the reason: the name cannot be known now, and the caller says so.
    return undefined
  }
}
