import { ModuleFailure } from '../../../module/module.ts'
import type { ExecResult } from '../../../remote/exec.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote, quoteAll } from '../../../text/shell-quote.ts'
import { aclWords, type WantedAcl } from './wanted-acl.ts'

export interface AclState {
  readonly acl: readonly string[]
  /** All lists as `setfacl --restore` takes them; null where that is not known. */
  readonly dump: string | null
  /** Whether the wanted entry changes something. */
  readonly differs: boolean
  /** The list with the wanted entry, where that can be told. */
  readonly wanted: readonly string[] | null
}

/** Reads the list, and lets setfacl say what it would do. */
export function aclProbe(wanted: WantedAcl): ScriptProbe<AclState> {
  const { path, follow, default: isDefault, recursive, use_nfsv4_acls: nfs, state, text } = wanted
  const file = quote(path)
  const [program = '', ...words] = aclWords(wanted)
  const rest = state === 'query' ? '' : `echo ${SEPARATOR}; ${quoteAll([program, '--test', ...words])} || exit
echo ${SEPARATOR}; ${nfs ? ':' : quoteAll(['getfacl', '--absolute-names', ...walkWords(wanted), path])}`
  return {
    kind: 'script',
    key: `acl:${path}:${JSON.stringify([state, text, isDefault, follow, recursive, nfs])}`,
    script: `[ -e ${file} ] || { echo 'Path not found or not accessible.' >&2; exit 1; }
command -v ${program} >/dev/null || { echo 'Failed to find required executable "${program}"' >&2; exit 127; }
${listScript(wanted)} || exit
${rest}`,
    parse: (result) => parse(wanted, result),
    readsPaths: [path],
  }
}

/** Prints the list of one kind, or those of all files. */
export function listScript(wanted: WantedAcl): string {
  const { path, default: isDefault, use_nfsv4_acls: nfs } = wanted
  return nfs ? `nfs4_getfacl ${quote(path)}` : quoteAll(['getfacl', ...isDefault ? ['-d'] : [], '--absolute-names', '--omit-header', ...walkWords(wanted), path])
}

function walkWords({ recursive, follow }: WantedAcl): readonly string[] {
  return [...recursive ? ['--recursive'] : [], ...follow ? [] : ['--physical']]
}

const SEPARATOR = '=====acl====='

function parse(wanted: WantedAcl, { status, stdout, stderr }: ExecResult): AclState {
  if (status !== 0) throw new ModuleFailure(stderr.toString('utf8').trim() || `setfacl failed with status ${status}`, { rc: status })
  const [list = '', test = '', dump = ''] = stdout.toString('utf8').split(`${SEPARATOR}\n`)
  const acl = listedAcl(list)
  if (wanted.state === 'query') return { acl, dump: null, differs: false, wanted: null }
  return { acl, dump: dump === '' ? null : dump, ...tested(wanted, acl, test.split('\n').filter((line) => line !== '' && !line.startsWith('#'))) }
}

function tested(wanted: WantedAcl, acl: readonly string[], lines: readonly string[]): Pick<AclState, 'differs' | 'wanted'> {
  // A new entry of NFS stands at the top, so one that was there stands twice.
  if (wanted.use_nfsv4_acls) return { differs: lines.filter((line) => line === wanted.text).length < 2, wanted: null }
  return { differs: lines.some((line) => !line.endsWith('*,*')), wanted: predictedLists(wanted, listsIn(acl), lines) }
}

/** Of several files each list is followed by an empty line. */
function listsIn(acl: readonly string[]): readonly (readonly string[])[] {
  return acl.join('\n').split('\n\n').map((list) => list.split('\n').filter((line) => line !== ''))
}

/** setfacl and getfacl walk the same way. */
function predictedLists(wanted: WantedAcl, lists: readonly (readonly string[])[], lines: readonly string[]): readonly string[] | null {
  if (lists.length !== lines.length) return null
  return lines.flatMap((line, index) => [...index === 0 ? [] : [''], ...predicted(wanted, lists[index] ?? [], line)])
}

/** Lines of a printed list. */
export function listedAcl(text: string): readonly string[] {
  const lines = text.replace(/\n$/, '').split('\n').filter((line) => !line.startsWith('#')).map((line) => line.trim())
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

const KINDS: Readonly<Record<string, string>> = { u: 'user', g: 'group', m: 'mask', o: 'other' }

/** `PATH: u::rw-,...,*`: the list for access, then that of defaults; `*` is one that stays. Together, defaults are listed by that name. */
function predicted({ default: isDefault }: WantedAcl, before: readonly string[], line: string): readonly string[] {
  const entries = line.slice(line.lastIndexOf(': ') + 2).split(',')
  const isDefaultOnly = entries[0] === '*'
  const access = isDefaultOnly ? ['*'] : entries.filter((entry) => entry !== '*' && !entry.startsWith('d:'))
  const defaults = isDefaultOnly ? entries.slice(1) : entries.filter((entry) => entry.startsWith('d:'))
  const stays = (part: readonly string[]): boolean => part.length === 0 || part[0] === '*'
  const told = (part: readonly string[]): readonly string[] => part.map((entry) => entry.replace(/^d:/, '').replace(/^[ugmo]/, (kind) => KINDS[kind] ?? kind))
  if (isDefault) return stays(defaults) ? before : told(defaults)
  const named = before.filter((entry) => entry.startsWith('default:'))
  return [
    ...stays(access) ? before.filter((entry) => !named.includes(entry)) : told(access),
    ...stays(defaults) ? named : told(defaults).map((entry) => `default:${entry}`),
  ]
}
