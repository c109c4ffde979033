import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import type { FileWrites } from '../remote/remote.ts'
import { UnknownValueError } from '../value/unknown.ts'
import { aclProbe, listedAcl, listScript, type AclState } from './system/acl/acl-probe.ts'
import { aclWords, wantedEntry, type WantedAcl } from './system/acl/wanted-acl.ts'
import { quote, quoteAll } from '../text/shell-quote.ts'

const args = {
  path: { type: 'path', required: true, aliases: ['name'], description: 'The file or folder.' },
  state: { type: 'str', default: 'query', choices: ['absent', 'present', 'query'], description: 'Whether the entry is to be there; `query` only tells what there is.' },
  entity: { type: 'str', default: '', description: 'User or group of the entry.' },
  etype: { type: 'str', choices: ['group', 'mask', 'other', 'user'], description: 'Kind of the entry.' },
  permissions: { type: 'str', description: 'Any of r, w, x, X.' },
  entry: { type: 'str', description: 'The same three in one: `user:deploy:rw`; with `default:` before it, a default.' },
  default: { type: 'bool', default: false, description: 'Whether it is a default for what is made in the folder.' },
  follow: { type: 'bool', default: true, description: 'Whether a link is followed.' },
  recursive: { type: 'bool', default: false, aliases: ['recurse'], description: 'Everything below too.' },
  recalculate_mask: { type: 'str', default: 'default', choices: ['default', 'mask', 'no_mask'], description: 'Whether the mask is made anew.' },
  use_nfsv4_acls: { type: 'bool', default: false, description: 'The file system has lists of NFS version 4.' },
} as const

/** `ansible.posix.acl`: access control lists of files. */
export const acl = defineModule({
  name: 'acl',
  aliases: ['ansible.posix.acl'],
  summary: 'Keep an entry of the access control list of a file, or tell the list.',
  args,
  examples: [
    { name: 'The web server may read', args: { path: '/etc/app', entity: 'www-data', etype: 'user', permissions: 'rX', state: 'present', recursive: true } },
    { name: 'Tell the list', args: { path: '/etc/app' } },
  ],
  prepare: async (given: ArgumentsOf<typeof args>): Promise<WantedAcl> => wantedEntry(given),
  observe: (wanted, remote): Promise<AclState> => remote.read(aclProbe(wanted)),
  diff: (wanted, before) => {
    if (!before.differs) return undefined
    const after: AclState = { acl: before.wanted ?? before.acl, dump: null, differs: false, wanted: null }
    const headers = { beforeHeader: wanted.path, afterHeader: wanted.path }
    return { before, after, diff: [{ before: lines(before.acl), after: lines(after.acl), ...headers }] }
  },
  apply: async (wanted, { before, after }, remote) => {
    // Only what was found, not what was wanted, is known as a whole: that is how a change is taken back.
    const isBack = after.dump !== null
    const flags = wanted.follow ? '' : '-P '
    const { stdout } = await remote.write({
      summary: `${isBack ? 'Restore' : 'Set'} the access control list of ${wanted.path}`,
      command: isBack
        ? { script: `setfacl ${flags}-b ${wanted.recursive ? '-R ' : ''}${quote(wanted.path)} && setfacl --restore=-`, stdin: Buffer.from(after.dump) }
        : { script: `${quoteAll(aclWords(wanted))} && ${listScript(wanted)}` },
      effects: { keys: [`acl:${wanted.path}:*`], predictions: [{ probe: aclProbe(wanted), answer: { ...before, ...after } }] },
      foretold: { paths: [wanted.path], write: (files) => foretellMode(wanted, after.acl, files) },
    })
    return isBack || stdout.length === 0 ? undefined : { acl: listedAcl(stdout.toString('utf8')) }
  },
  result: ({ message }, state) => ({ acl: state.acl, msg: message }),
  undo: 'swap',
})

/** A list for access shows in the mode of its file: its mask stands where the group does. */
async function foretellMode({ path, recursive, default: isDefault, use_nfsv4_acls: nfs }: WantedAcl, acl: readonly string[], files: FileWrites): Promise<void> {
  if (isDefault && !recursive) return
  const bits = (...names: readonly string[]): number => {
    const found = names.map((name) => acl.find((line) => line.startsWith(`${name}::`))).find((line) => line !== undefined)
    if (recursive || nfs || found === undefined) throw new UnknownValueError(`the modes that lists of ${path} make`)
    return [...found.slice(found.indexOf('::') + 2, found.indexOf('::') + 5)].reduce((sum, letter, index) => sum + (letter === '-' ? 0 : 4 >> index), 0)
  }
  const mode = (bits('user') << 6) | (bits('mask', 'group') << 3) | bits('other')
  await files.setAttributes(path, { mode })
}

function lines(acl: readonly string[]): string {
  return acl.map((line) => `${line}\n`).join('')
}
