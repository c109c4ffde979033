import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import { applyTextChange, backupField, observeTextFile, textChange, textDestroyed, type TextFile } from './files/text-file.ts'
import { xmlOutcome, type XmlOutcome } from './files/xml/outcome.ts'
import { decodeXml } from './files/xml/parse.ts'
import type { Json } from '../value/value.ts'
import { textOf } from '../value/text.ts'
import { fromJson } from '../value/json.ts'

const args = {
  path: { type: 'path', aliases: ['dest', 'file'], description: 'File to read or edit.' },
  xmlstring: { type: 'str', description: 'A document to read or edit instead; what comes of it is in the result.' },
  xpath: { type: 'str', description: 'What is to be looked at, changed or removed.' },
  namespaces: { type: 'dict', default: {}, description: 'Prefixes that the XPath uses, with what they stand for.' },
  state: { type: 'str', default: 'present', choices: ['absent', 'present'], aliases: ['ensure'], description: 'Whether what the XPath matches is to be there.' },
  attribute: { type: 'raw', description: 'The attribute that gets the value; without it the text of the element.' },
  value: { type: 'raw', description: 'New text of the element, or value of its attribute.' },
  add_children: { type: 'list', elements: 'raw', description: 'Elements to add: names, `{name: text}` or `{name: {attribute: value, _: [children]}}`.' },
  set_children: { type: 'list', elements: 'raw', description: 'Elements that are to be all that is in it.' },
  count: { type: 'bool', default: false, description: 'Tell how many nodes match.' },
  print_match: { type: 'bool', default: false, description: 'Tell the paths of what matches.' },
  pretty_print: { type: 'bool', default: false, description: 'Lay the document out; alone, this is all that is done.' },
  content: { type: 'str', choices: ['attribute', 'text'], description: 'Tell the attributes, or the text, of what matches.' },
  input_type: { type: 'str', default: 'yaml', choices: ['xml', 'yaml'], description: 'Form of the children.' },
  backup: { type: 'bool', default: false, description: 'Keep a dated copy of the file beside it.' },
  strip_cdata_tags: { type: 'bool', default: false, description: 'Write CDATA sections as plain text.' },
  insertbefore: { type: 'bool', default: false, description: 'Add the children before the first match, rather than in it.' },
  insertafter: { type: 'bool', default: false, description: 'Add the children behind the last match.' },
} as const

type WantedXml = ArgumentsOf<typeof args>

interface XmlState {
  /** Undefined where the document is an argument. */
  readonly file: TextFile | undefined
}

/** `community.general.xml`: parts of XML documents, by XPath. */
export const xml = defineModule({
  name: 'xml',
  aliases: ['community.general.xml'],
  summary: 'Read, set or remove parts of an XML document.',
  args,
  constraints: {
    exclusive: [['add_children', 'content', 'count', 'print_match', 'set_children', 'value'], ['path', 'xmlstring'], ['insertbefore', 'insertafter']],
    oneOf: [['path', 'xmlstring']],
    requiredIf: [['count', true, ['xpath']], ['print_match', true, ['xpath']], ['insertbefore', true, ['xpath']], ['insertafter', true, ['xpath']]],
  },
  examples: [
    { name: 'Set a text', args: { path: '/etc/app/server.xml', xpath: '/config/server/port', value: '8080' } },
    { name: 'Set an attribute', args: { path: '/etc/app/server.xml', xpath: '/config/server', attribute: 'name', value: 'web1' } },
    { name: 'Remove an element', args: { path: '/etc/app/server.xml', xpath: "/config/user[@name='guest']", state: 'absent' } },
  ],
  observe: async ({ path, xmlstring }: WantedXml, remote): Promise<XmlState> => {
    if (path === undefined || xmlstring !== undefined) return { file: undefined }
    const file = await observeTextFile(path, remote)
    if (file.text === undefined) throw new ModuleFailure(`The target XML source '${path}' does not exist.`)
    return { file }
  },
  diff: (wanted, before) => {
    const { text, fields, diff, whole } = outcomeOf(wanted, before)
    if (text === undefined) return undefined
    const told = { fields: { ...fields, ...before.file === undefined && { xmlstring: whole } }, diff }
    if (before.file === undefined) return { before, after: before, ...told }
    const change = textChange(before.file, Buffer.from(text).toString(before.file.encoding))
    return { before, after: { file: change?.after ?? before.file }, ...told }
  },
  apply: async ({ backup }, { before, after }, remote) => {
    if (before.file === undefined || after.file === undefined) return undefined
    return backupField(await applyTextChange({ before: before.file, after: after.file }, remote, { backup }))
  },
  result: (wanted, state) => {
    if (!wanted.count && !wanted.print_match && wanted.content === undefined && state.file !== undefined) return actionsOf(wanted)
    const { fields, whole } = outcomeOf(wanted, state)
    return { ...fields, ...state.file === undefined && { xmlstring: whole } }
  },
  destroys: (_wanted, { before, after }) => before.file === undefined || after.file === undefined ? [] : textDestroyed({ before: before.file, after: after.file }),
  undo: 'swap',
})

function actionsOf({ xpath, namespaces, state }: WantedXml) {
  return xpath === undefined ? {} : { actions: { xpath, namespaces, state } }
}

function outcomeOf(wanted: WantedXml, { file }: XmlState): XmlOutcome {
  checkTogether(wanted)
  const source = file === undefined ? wanted.xmlstring ?? '' : decodeXml(Buffer.from(file.text ?? '', file.encoding))
  return xmlOutcome(source, {
    ...wanted,
    name: wanted.path ?? 'xml_string',
    namespaces: Object.fromEntries(Object.entries(wanted.namespaces).map(([prefix, uri]) => [prefix, plain(uri)])),
    attribute: wanted.attribute === undefined ? undefined : plain(wanted.attribute),
    setChildren: wanted.set_children, addChildren: wanted.add_children,
    inputType: wanted.input_type,
    insert: wanted.insertbefore ? 'before' : wanted.insertafter ? 'after' : undefined,
    printMatch: wanted.print_match, pretty: wanted.pretty_print, withoutCdata: wanted.strip_cdata_tags,
  })
}

function checkTogether(wanted: WantedXml): void {
  if (wanted.attribute !== undefined && wanted.value === undefined) throw new ModuleFailure("missing parameter(s) required by 'attribute': value")
  if (wanted.xpath !== undefined) return
  const needing = (['add_children', 'content', 'set_children', 'value'] as const).find((name) => wanted[name] !== undefined)
  if (needing !== undefined) throw new ModuleFailure(`missing parameter(s) required by '${needing}': xpath`)
  if (!wanted.pretty_print) throw new ModuleFailure("Don't know what to do")
}

function plain(value: Json): string {
  return textOf(fromJson(value))
}
