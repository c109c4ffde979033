import { dirname } from 'node:path'
import type { Value } from '../value/value.ts'
import type { YamlMapping, YamlNode } from '../yaml/node.ts'
import { valueOf } from '../yaml/value-of.ts'
import type { Play, PlayKeywords, PlaySection, TaskNode } from './ast.ts'
import { Fields } from './fields.ts'
import { KEYWORDS_OF } from './keywords.ts'
import type { LoadContext, PlayAdditions } from './load-context.ts'
import { readKeywords } from './read-keywords.ts'
import { readPrompt } from './read-prompt.ts'
import { readRoleList, roleBlock, roleHandlers } from './read-role-list.ts'

/** Reads one play; `outer` is the context of its playbook file. */
export function readPlay(node: YamlMapping, outer: LoadContext): Play {
  const fields = new Fields(node, outer.problems)
  fields.refuseUnknown(KEYWORDS_OF.play, 'play')
  const { shared, context, additions } = playContext(fields, outer)
  const roles = readRoleList(roleNodes(fields), context)
  const section = (kind: 'pre_tasks' | 'tasks' | 'post_tasks'): PlaySection => ({ kind, nodes: context.readNodes(fields.node(kind), context, kind) })
  const sections: PlaySection[] = [
    section('pre_tasks'),
    { kind: 'roles', nodes: roles.map((used) => roleBlock(used, used.keywords, used.use.range ?? fields.range)) },
    section('tasks'),
    section('post_tasks'),
  ]
  const own = context.readNodes(fields.node('handlers'), { ...context, isHandler: true }, 'handlers')
  return {
    kind: 'play',
    name: fields.value('name', 'text'),
    range: fields.range,
    folder: outer.playFolder,
    folders: outer.trail.length === 0 ? [outer.playFolder] : outer.trail.map((path) => dirname(path)),
    hosts: readHosts(fields),
    keywords: readPlayKeywords(fields),
    shared,
    gatherWhen: [],
    varsFiles: fields.values('vars_files'),
    varsPrompt: fields.nodes('vars_prompt').flatMap((prompt) => readPrompt(prompt, fields.problems)),
    sections,
    handlers: [...roles.flatMap((used) => roleHandlers(used, used.keywords)), ...own, ...additions.handlers],
    roles: [...roles.map(({ use }) => use), ...additions.roles],
  }
}

function playContext(fields: Fields, outer: LoadContext): { readonly shared: Play['shared'], readonly context: LoadContext, readonly additions: PlayAdditions } {
  const keywords = readKeywords(fields)
  const user = fields.value('user', 'text')
  if (user !== undefined && keywords.remoteUser !== undefined) {
    fields.problems.error('conflicting-keywords', "Cannot use both 'user' and 'remote_user' on one play", {
      range: fields.keyRange('user'), hint: "Keep 'remote_user'",
      ansible: "both 'user' and 'remote_user' are set for this play. The use of 'user' is deprecated, and should be removed",
    })
  }
  const shared = user === undefined ? keywords : { ...keywords, remoteUser: keywords.remoteUser ?? user }
  const additions: { handlers: TaskNode[], roles: Play['roles'][number][] } = { handlers: [], roles: [] }
  const variables = shared.vars === undefined ? outer.variables : [...outer.variables, shared.vars]
  const context = { ...outer, variables, collections: shared.collections.length > 0 ? shared.collections : outer.collections, play: additions }
  return { shared, context, additions }
}

function roleNodes(fields: Fields): readonly YamlNode[] {
  const node = fields.node('roles')
  if (node === undefined || node.kind === 'sequence') return fields.nodes('roles')
  fields.problems.error('bad-type', "Cannot read 'roles': it must be a list of roles", { range: node.range, ansible: 'A malformed role declaration was encountered.' })
  return []
}

function readHosts(fields: Fields): Value {
  const node = fields.node('hosts')
  const hosts = node === undefined ? undefined : valueOf(node)
  if (hosts === undefined || hosts === '' || (Array.isArray(hosts) && hosts.length === 0)) {
    fields.problems.error('missing-hosts', "Cannot run this play: 'hosts' is not given", {
      range: fields.range, hint: 'Name the hosts or groups: hosts: all', ansible: 'Hosts list cannot be empty. Please check your playbook',
    })
    return []
  }
  if (hosts instanceof Map) fields.wrongType('hosts', 'a pattern or a list of them')
  return hosts
}

function readPlayKeywords(fields: Fields): PlayKeywords {
  return {
    gatherFacts: fields.value('gather_facts', 'boolean'),
    gatherSubset: fields.value('gather_subset'),
    gatherTimeout: fields.value('gather_timeout', 'integer'),
    factPath: fields.value('fact_path', 'text'),
    strategy: fields.value('strategy', 'text'),
    serial: fields.value('serial'),
    maxFailPercentage: fields.value('max_fail_percentage', 'number'),
    order: fields.value('order', 'text'),
    forceHandlers: fields.value('force_handlers', 'boolean'),
  }
}
