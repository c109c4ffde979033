import { dirname, resolve } from 'node:path'
import type { Diagnostic } from '../diagnostics/types.ts'
import { judgeDuplicates } from '../yaml/duplicate-keys.ts'
import { parseYaml } from '../yaml/parse-yaml.ts'
import { Problems } from '../yaml/problems.ts'
import { ActionGroups } from './action-groups.ts'
import { collectionFolders, findRole } from './find-role.ts'
import { findTaskFile, readTaskFile } from './import-tasks.ts'
import { NO_KEYWORDS } from './keywords.ts'
import type { LoadContext, LoaderOptions } from './load-context.ts'
import type { IncludeContext, IncludedRole, Loaded, Loader, RoleRequest } from './loader.ts'
import { readNodes } from './read-nodes.ts'
import { readPlaybook, readPlays } from './read-playbook.ts'
import { roleBlock, roleHandlers, useRole } from './read-role-list.ts'
import type { RoleReading } from './read-role.ts'
import { SourceStore } from '../yaml/source-store.ts'
import { readVariables } from '../yaml/variables-file.ts'

export type { LoaderOptions } from './load-context.ts'

/** Makes the loader of a run. It keeps parsed files, so a file included a hundred times is read once. */
export function createLoader(options: LoaderOptions = {}): Loader {
  const sources = new SourceStore(options.decrypt)
  const warned = new Set<string>()
  const groups = new ActionGroups(sources, (playFolder) => collectionFolders({ playFolder, options }))
  const loaded = <T>(context: LoadContext, read: (context: LoadContext) => T): Promise<Loaded<T>> => {
    const value = read(context)
    return Promise.resolve({ value, diagnostics: onceEach(judgeDuplicates(context.problems.diagnostics, options.duplicateKeys ?? 'warn'), warned) })
  }
  const start = (folder: string): LoadContext => ({
    options, sources, problems: new Problems(), playFolder: folder, folder, role: undefined, isHandler: false, collections: [], notify: [], trail: [], variables: [],
    readNodes, play: { handlers: [], roles: [] },
  })
  const startAt = (folder: string): LoadContext => {
    options.foundFolder?.(folder)
    return start(folder)
  }
  const within = (from: IncludeContext): LoadContext => ({
    ...start(from.playFolder), folder: from.folder, role: from.role, isHandler: from.isHandler, collections: from.collections, notify: from.notify ?? [],
  })
  return {
    actionGroup: (name, playFolder) => groups.find(name, playFolder),
    playbook: (path) => loaded(startAt(dirname(resolve(path))), (context) => ({ path, plays: readPlaybook(resolve(path), context) })),
    source: (file, folder) => loaded(startAt(resolve(folder)), (context) => {
      const { value, diagnostics } = parseYaml(file)
      context.problems.addAll(diagnostics)
      return { path: file.path, plays: readPlays(value, file.path, context) }
    }),
    tasks: (name, from) => loaded(within(from), (context) => {
      const path = findTaskFile(name, context, undefined)
      return path === undefined ? [] : readTaskFile(path, context, undefined)
    }),
    role: (request, from) => loaded(within(from), (context) => includeRole(request, context)),
    variables: (path, options) => loaded(start(dirname(path)), ({ problems }) => readVariables(resolve(path), { sources, problems, ...options })),
  }
}

/** Tells each problem of one reading once, and a warning only the first time any reading comes by it. */
function onceEach(diagnostics: readonly Diagnostic[], warned: Set<string>): readonly Diagnostic[] {
  const told = new Set<string>()
  return diagnostics.filter((diagnostic) => {
    const key = [diagnostic.code, diagnostic.summary, diagnostic.range?.file.path, diagnostic.range?.start].join('\n')
    if (told.has(key) || warned.has(key)) return false
    told.add(key)
    if (diagnostic.severity === 'warning') warned.add(key)
    return true
  })
}

function includeRole(request: RoleRequest, context: LoadContext): IncludedRole {
  const { name, parameters, apply = NO_KEYWORDS } = request
  const found = findRole(name, context, undefined)
  if (found === undefined) return NO_ROLE
  const reading: RoleReading = {
    ...request, found, parameters, keywords: apply, range: undefined,
    isPublic: request.isPublic ?? context.options.privateRoles === false,
    included: { allowDuplicates: request.allowDuplicates !== false },
  }
  const used = useRole(reading, { ...context, isHandler: false })
  const range = used.tasks[0]?.range ?? { file: { path: found.path, text: '' }, start: 0, end: 0 }
  return { use: used.use, nodes: [roleBlock(used, apply, range)], handlers: [...roleHandlers(used, apply), ...context.play.handlers] }
}

const NO_ROLE: IncludedRole = {
  use: {
    role: { name: '', path: '', defaults: new Map(), vars: new Map(), tasks: [], handlers: [], allowDuplicates: false, collections: [], argumentSpecs: undefined },
    isPublic: false, identity: '', allowDuplicates: true, parameters: new Map(), vars: new Map(), parent: undefined, dependencies: [], range: undefined,
  },
  nodes: [],
  handlers: [],
}
