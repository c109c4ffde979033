import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ArgumentsOf } from '../module/argument-spec.ts'
import type { Controller } from '../module/controller.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'
import { attributeArguments } from './files/attributes.ts'
import { copyPaths } from './files/copy/copy-paths.ts'
import { withExtended } from './files/extended/with-extended.ts'
import { applyCopy, copyResult } from './files/copy/apply-copy.ts'
import { copyDestroys } from './files/copy/copy-destroys.ts'
import { diffCopy } from './files/copy/diff-copy.ts'
import { contentItem } from './files/copy/local-source.ts'
import { observeCopy } from './files/copy/observe-copy.ts'
import type { CopyRequest, CopyState } from './files/copy/request.ts'
import { isFragment, joinFragments, type Fragment, type FragmentChoice } from './files/join-fragments.ts'
import { pythonRegex } from './files/python-regex.ts'

const args = {
  src: { type: 'path', required: true, description: 'Folder of fragments.' },
  dest: { type: 'path', required: true, description: 'File made of them.' },
  remote_src: { type: 'bool', default: true, description: 'The folder is on the host; else it is of the role or play.' },
  delimiter: { type: 'str', description: 'Text between fragments.' },
  regexp: { type: 'str', description: 'Python regular expression that names of fragments must match.' },
  ignore_hidden: { type: 'bool', default: false, description: 'Leave out files whose name begins with a dot.' },
  backup: { type: 'bool', default: false, description: 'Keep a dated copy of a replaced file beside it.' },
  validate: { type: 'str', description: 'Command that must accept the new content before it is used; `%s` is its path.' },
  follow: { type: 'bool', default: false, description: 'Write to where a link at the destination points.' },
  decrypt: { type: 'bool', default: true, description: 'Whether what is encrypted by vault arrives decrypted.' },
  ...attributeArguments,
} as const

/** `ansible.builtin.assemble`: a file made of the files of a folder. */
export const assemble = withExtended(defineModule({
  name: 'assemble',
  summary: 'Make a file of the files of a folder.',
  args,
  examples: [
    { name: 'Join fragments on the host', args: { src: '/etc/app.d', dest: '/etc/app.all.conf', regexp: '\\.conf$' } },
    { name: 'Join fragments of the role', args: { src: 'fragments', dest: '/etc/app.rules', remote_src: false, delimiter: '### next ###' } },
  ],
  prepare: async (given, controller) => ({
    request: requestFor(given), delimiter: given.delimiter, src: given.src, choice: choiceOf(given),
    local: given.remote_src ? undefined : await localFragments(given, controller),
  }),
  observe: observeAssembled,
  diff: (wanted, before) => {
    const change = diffCopy(withItem(wanted.request, before.content), before.copy)
    return change === undefined ? undefined : { ...change, before, after: { ...before, copy: change.after } }
  },
  apply: (wanted, { before, after }, remote) => applyCopy(withItem(wanted.request, before.content), { before: before.copy, after: after.copy }, remote),
  result: (wanted, { content, copy }) => ({ ...copyResult(withItem(wanted.request, content), copy), msg: 'OK' }),
  destroys: (wanted, { before, after }) => copyDestroys(wanted.request, { before: before.copy, after: after.copy }),
  undo: 'swap',
}), ({ copy }: Assembled) => copyPaths(copy))

interface Assembling {
  readonly request: CopyRequest
  readonly src: string
  readonly delimiter: string | undefined
  readonly choice: FragmentChoice
  readonly local: readonly Fragment[] | undefined
}

interface Assembled {
  readonly content: Uint8Array
  readonly copy: CopyState
}

function requestFor(given: ArgumentsOf<typeof args>): CopyRequest {
  const { dest, owner, group, mode, backup, validate, follow } = given
  return {
    dest, name: undefined, tree: false, source: given.src, items: [], attributes: { owner, group, mode }, directoryMode: undefined,
    force: true, backup, validate, follow, localFollow: true, checksum: undefined,
  }
}

function choiceOf({ regexp, ignore_hidden: ignoreHidden }: ArgumentsOf<typeof args>): FragmentChoice {
  return { regex: regexp === undefined ? undefined : pythonRegex(regexp), ignoreHidden }
}

function withItem(request: CopyRequest, content: Uint8Array): CopyRequest {
  return { ...request, items: [contentItem(Buffer.from(content))] }
}

async function localFragments(given: ArgumentsOf<typeof args>, controller: Controller): Promise<readonly Fragment[]> {
  const folder = controller.findFile(given.src, 'files')
  if (!(await stat(folder)).isDirectory()) throw new ModuleFailure(`Source (${folder}) is not a directory`)
  const names = (await readdir(folder)).filter((name) => isFragment(name, choiceOf(given)))
  const found = await Promise.all(names.map(async (name) => {
    const path = join(folder, name)
    return (await stat(path)).isFile() ? [{ name, content: await controller.readFile(path, { decrypt: given.decrypt }) }] : []
  }))
  return found.flat()
}

async function observeAssembled(wanted: Assembling, remote: Remote): Promise<Assembled> {
  const content = joinFragments(wanted.local ?? await hostFragments(wanted, remote), wanted.delimiter)
  return { content, copy: await observeCopy(withItem(wanted.request, content), remote) }
}

async function hostFragments({ src, choice }: Assembling, remote: Remote): Promise<readonly Fragment[]> {
  const entries = await remote.list(src, { depth: 1 })
  if (entries === undefined) throw new ModuleFailure(await remote.stat(src) === undefined ? `Source (${src}) does not exist` : `Source (${src}) is not a directory`)
  const files = entries.filter(({ type, path }) => (type === 'file' || type === 'link') && isFragment(nameOf(path), choice))
  const found = await Promise.all(files.map(async ({ path, type }) => {
    const isFile = type === 'file' || (await remote.stat(path))?.type === 'file'
    const content = isFile ? await remote.readFile(path) : undefined
    return content === undefined ? [] : [{ name: nameOf(path), content }]
  }))
  return found.flat()
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
