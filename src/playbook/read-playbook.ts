import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { didYouMean } from '../diagnostics/nearest.ts'
import type { Dict } from '../value/value.ts'
import type { YamlMapping, YamlNode } from '../yaml/node.ts'
import type { Block, Keywords, Play } from './ast.ts'
import { Fields } from './fields.ts'
import { collectionFolders } from './find-role.ts'
import { KEYWORDS_OF, NO_KEYWORDS } from './keywords.ts'
import { type LoadContext, staticName } from './load-context.ts'
import { readKeywords } from './read-keywords.ts'
import { readPlay } from './read-play.ts'
import { namesIn, shownPath } from '../yaml/source-store.ts'

/** Reads the plays of a playbook file, those of imported playbooks in place. */
export function readPlaybook(path: string, outer: LoadContext): Play[] {
  const folder = dirname(path)
  const context: LoadContext = { ...outer, playFolder: folder, folder, trail: [...outer.trail, path] }
  return readPlays(context.sources.yaml(path, context.problems), path, context)
}

/** Reads the plays of a playbook that is parsed already. */
export function readPlays(node: YamlNode | undefined, path: string, context: LoadContext): Play[] {
  if (node === undefined) return emptyPlaybook(path, context)
  if (node.kind !== 'sequence') {
    context.problems.error('bad-type', `Cannot read the playbook ${shownPath(path)}: it must be a list of plays`, { range: node.range, hint: "Start each play with '- '" })
    return []
  }
  return node.items.length === 0 ? emptyPlaybook(path, context) : node.items.flatMap((item) => readEntry(item, context))
}

function emptyPlaybook(path: string, { problems }: LoadContext): Play[] {
  if (!problems.hasErrors) problems.error('empty-playbook', `Cannot run ${shownPath(path)}: it holds no plays`, { ansible: 'A playbook must contain at least one play' })
  return []
}

function readEntry(node: YamlNode, context: LoadContext): Play[] {
  if (node.kind !== 'mapping') {
    context.problems.error('bad-type', 'Cannot read the play: it must be a mapping', { range: node.range })
    return []
  }
  const imports = IMPORT_NAMES.find((name) => node.entries.some(({ key }) => key.value === name))
  return imports === undefined ? [readPlay(node, context)] : importPlaybook(node, imports, context)
}

const IMPORT_NAMES = ['import_playbook', 'ansible.builtin.import_playbook', 'ansible.legacy.import_playbook']

function importPlaybook(node: YamlMapping, key: string, context: LoadContext): Play[] {
  const fields = new Fields(node, context.problems)
  fields.refuseUnknown(KEYWORDS_OF.import_playbook, 'playbook import')
  const keywords = readKeywords(fields)
  const nameNode = fields.node(key)
  if (nameNode?.kind !== 'scalar') {
    fields.wrongType(key, 'the path of a playbook')
    return []
  }
  const variables = keywords.vars === undefined ? context.variables : [...context.variables, keywords.vars]
  const name = staticName({ ...context, variables }, nameNode.value, nameNode.range)
  const path = name === undefined ? undefined : findPlaybook(name, context, nameNode)
  if (path === undefined) return []
  context.options.foundFolder?.(dirname(path))
  return readPlaybook(path, { ...context, variables }).map((play) => withImportKeywords(play, keywords))
}

function findPlaybook(name: string, context: LoadContext, { range }: YamlNode): string | undefined {
  const [namespace, collection, ...rest] = name.split('.')
  const inCollections = rest.length === 1 && /^\w+(?:\.\w+){2}$/.test(name)
    ? collectionFolders(context).flatMap((folder) => ['.yml', '.yaml'].map((extension) => join(folder, 'ansible_collections', namespace ?? '', collection ?? '', 'playbooks', `${rest.join()}${extension}`)))
    : []
  const tried = [...inCollections, resolve(context.folder, name)]
  const found = tried.find((path) => existsSync(path))
  if (found === undefined) {
    const folder = dirname(resolve(context.folder, name))
    context.problems.error('missing-file', `Cannot find the playbook '${name}'`, { range, detail: `Looked for ${tried.map(shownPath).join(', ')}`, hint: didYouMean(name, namesIn(folder)) })
    return undefined
  }
  if (!context.trail.includes(found)) return found
  context.problems.error('import-loop', `Cannot import ${shownPath(found)}: it imports itself`, { range })
  return undefined
}

/** Tags and variables join the play's own; conditions apply to every task and to gathering facts. */
function withImportKeywords(play: Play, { vars, tags, when }: Keywords): Play {
  const merged: Dict | undefined = vars === undefined ? play.shared.vars : new Map([...play.shared.vars ?? [], ...vars])
  const shared = { ...play.shared, vars: merged, tags: [...play.shared.tags, ...tags] }
  if (when.length === 0) return { ...play, shared }
  const sections = play.sections.map((section) => section.nodes.length === 0 ? section : { ...section, nodes: [conditional(play, section.nodes, when)] })
  return { ...play, shared, gatherWhen: [...when, ...play.gatherWhen], sections }
}

function conditional(play: Play, nodes: Block['block'], when: Keywords['when']): Block {
  const keywords = { ...NO_KEYWORDS, when }
  return { kind: 'block', name: undefined, range: play.range, keywords, block: nodes, rescue: [], always: [], role: undefined }
}
