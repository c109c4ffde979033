import type { ArgumentsOf } from '../module/argument-spec.ts'
import type { Controller } from '../module/controller.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { Json } from '../value/value.ts'
import { attributeArguments } from './files/attributes.ts'
import { copyPaths } from './files/copy/copy-paths.ts'
import { withExtended } from './files/extended/with-extended.ts'
import { applyCopy, copyResult } from './files/copy/apply-copy.ts'
import { copyDestroys } from './files/copy/copy-destroys.ts'
import { diffCopy } from './files/copy/diff-copy.ts'
import { contentItem, readLocalSource } from './files/copy/local-source.ts'
import { observeCopy } from './files/copy/observe-copy.ts'
import type { CopyRequest } from './files/copy/request.ts'
import { pythonJson } from './files/python-json.ts'

const args = {
  src: { type: 'path', description: 'File or folder of the role or play; with a slash at its end, what is in the folder.' },
  content: { type: 'raw', unshown: true, description: 'Text of the file; a dict or list is written as JSON.' },
  dest: { type: 'path', required: true, description: 'Where it goes; a folder takes the name of the source.' },
  remote_src: { type: 'bool', default: false, description: 'The source is on the host itself.' },
  force: { type: 'bool', default: true, aliases: ['thirsty'], description: 'Replace a file of other content; else only make it where there is none.' },
  backup: { type: 'bool', default: false, description: 'Keep a dated copy of a replaced file beside it.' },
  validate: { type: 'str', description: 'Command that must accept the new content before it is used; `%s` is its path.' },
  follow: { type: 'bool', default: false, description: 'Write to where a link at the destination points, instead of replacing the link.' },
  local_follow: { type: 'bool', default: true, description: 'Copy what links in a source folder point to, instead of the links.' },
  directory_mode: { type: 'raw', description: 'Permissions of folders that are copied.' },
  checksum: { type: 'str', description: 'SHA-1 that the source must have.' },
  decrypt: { type: 'bool', default: true, description: 'Whether what is encrypted by vault arrives decrypted.' },
  ...attributeArguments,
} as const

/** `ansible.builtin.copy`: a file, a folder or a text is on the host. */
export const copy = withExtended(defineModule({
  name: 'copy',
  listsDiffs: true,
  summary: 'Copy a file, a folder or a text to the host.',
  args,
  constraints: { exclusive: [['src', 'content']], oneOf: [['src', 'content']] },
  missing: { '': 'src (or content) is required', dest: 'dest is required' },
  examples: [
    { name: 'Copy a file with its permissions', args: { src: 'app.conf', dest: '/etc/app.conf', owner: 'root', mode: '0644' } },
    { name: 'Write a text', args: { content: 'managed by tsplay\n', dest: '/etc/motd' } },
    { name: 'Copy what is in a folder', args: { src: 'site/', dest: '/srv/site', directory_mode: '0755' } },
    { name: 'Copy on the host', args: { remote_src: true, src: '/etc/app.conf', dest: '/etc/app.conf.old' } },
  ],
  prepare: (given, controller) => copyRequest(given, controller),
  observe: observeCopy,
  diff: diffCopy,
  apply: applyCopy,
  result: copyResult,
  destroys: copyDestroys,
  undo: 'swap',
}), copyPaths)

async function copyRequest(given: ArgumentsOf<typeof args>, controller: Controller): Promise<CopyRequest> {
  const { dest, owner, group, mode, directory_mode: directoryMode, force, backup, validate, follow, checksum } = given
  const shared = { dest, attributes: { owner, group, mode }, directoryMode, force, backup, validate, follow, checksum }
  if (given.content !== undefined && given.content !== null) return contentRequest(given.content, shared)
  const src = given.src ?? ''
  if (src === '') throw new ModuleFailure('src (or content) is required')
  if (given.remote_src) return { ...shared, source: src, name: baseName(src), tree: false, items: undefined, localFollow: given.local_follow }
  const { path, name, tree, items } = await readLocalSource(src, controller, { followLinks: given.local_follow, decrypt: given.decrypt })
  return { ...shared, source: tree && src.endsWith('/') ? `${path}/` : path, name, tree, items, localFollow: given.local_follow }
}

function contentRequest(content: Json, shared: Omit<CopyRequest, 'source' | 'name' | 'tree' | 'items' | 'localFollow'>): CopyRequest {
  if (shared.dest.endsWith('/')) throw new ModuleFailure('can not use content with a dir as dest')
  // Content has no permissions of its own: what is kept is those of the file that Ansible would put it in on the way.
  const attributes = shared.attributes.mode === 'preserve' ? { ...shared.attributes, mode: '0600' } : shared.attributes
  return { ...shared, attributes, source: undefined, name: undefined, tree: false, items: [contentItem(Buffer.from(contentText(content)))], localFollow: true }
}

function contentText(content: Json): string {
  if (typeof content === 'boolean') return content ? 'True' : 'False'
  return typeof content === 'object' && content !== null ? pythonJson(content) : String(content ?? '')
}

function baseName(path: string): string {
  return path.replace(/\/+$/, '').replace(/^.*\//, '')
}
