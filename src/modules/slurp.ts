import { dirname } from 'node:path/posix'
import { defineAction } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import { CommandError } from '../remote/remote.ts'

/** `ansible.builtin.slurp`: the content of a file, as base64. */
export const slurp = defineAction({
  name: 'slurp',
  summary: 'Read a file of the host, as base64.',
  where: 'host',
  check: 'run',
  args: { src: { type: 'path', required: true, aliases: ['path'], description: 'File to read.' } },
  examples: [{ name: 'Read a key', args: { src: '/etc/ssh/ssh_host_ed25519_key.pub' } }],
  observe: ({ src }, remote) => Promise.all([remote.stat(src), remote.readFile(src)]),
  run: async ({ src }, { remote }) => {
    const [stat, content] = await Promise.all([
      remote.stat(src).catch((error: unknown) => error instanceof CommandError ? refuse(src) : Promise.reject(error as Error)),
      remote.readFile(src).catch((error: unknown) => error as Error),
    ])
    if (stat?.type === 'directory') throw new ModuleFailure(`source is a directory and must be a file: ${src}`)
    if (content instanceof CommandError) throw new ModuleFailure(`file is not readable: ${src}`)
    if (content instanceof Error) throw content
    if (content === undefined) throw new ModuleFailure((await remote.stat(dirname(src)))?.type === 'file' ? `unable to slurp file: Not a directory: '${src}'` : `file not found: ${src}`)
    return { changed: false, fields: { content: content.toString('base64'), encoding: 'base64', source: src } }
  },
})

/** What may not be looked at may not be read either, which is what is told. */
function refuse(path: string): never {
  throw new ModuleFailure(`file is not readable: ${path}`)
}
