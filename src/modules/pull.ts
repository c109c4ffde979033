import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'

interface Wanted {
  readonly dest: string
  /** By name below the folder. */
  readonly files: ReadonlyMap<string, string>
}

interface State {
  readonly present: readonly string[]
}

/** `pull`: what another host has in a folder is here too. tsplay's own. */
export const pull = defineModule({
  name: 'pull',
  summary: 'Copy text files of a folder from another host, leaving those alone that are there already.',
  args: {
    from: { type: 'str', required: true, description: 'Host of the inventory that has the files.' },
    src: { type: 'path', required: true, description: 'Folder there; only its own files are copied, not folders in it.' },
    dest: { type: 'path', required: true, aliases: ['path'], description: 'Folder here.' },
    words: { type: 'dict', default: {}, description: 'Whole words to be replaced while copying: each word and what stands for it. Letters, digits, `_`, `.` and `-` make a word.' },
  },
  examples: [{ name: 'Take over the settings', args: { from: 'new-firstbox', src: '/pitrix/conf/settings', dest: '/pitrix/conf/settings', words: { '172.16.90.2': '172.16.80.2' } } }],
  prepare: async ({ from, src, dest, words }, controller): Promise<Wanted> => {
    const files = await readFolder(src, await controller.remote(from))
    return { dest, files: new Map([...files].map(([name, text]) => [name, replaceWords(text, words)])) }
  },
  observe: async ({ dest, files }, remote): Promise<State> => {
    const stats = await Promise.all([...files.keys()].map(async (name) => await remote.lstat(`${dest}/${name}`) === undefined ? [] : [name]))
    return { present: stats.flat() }
  },
  diff: ({ dest, files }, before): Change<State> | undefined => {
    const missing = [...files.keys()].filter((name) => !before.present.includes(name))
    if (missing.length === 0) return undefined
    const diff = missing.map((name) => ({ before: '', after: files.get(name) ?? '', beforeHeader: '/dev/null', afterHeader: `${dest}/${name}` }))
    return { before, after: { present: [...files.keys()] }, diff }
  },
  apply: async ({ dest, files }, { before }, remote) => {
    const missing = [...files].filter(([name]) => !before.present.includes(name))
    if (await remote.stat(dest) === undefined) await remote.makeDirectory(dest)
    for (const [name, text] of missing) await remote.writeFile(`${dest}/${name}`, text)
    return { copied: missing.map(([name]) => name) }
  },
  undo: { impossible: 'The files that were copied may have been edited since' },
})

async function readFolder(folder: string, remote: Remote): Promise<ReadonlyMap<string, string>> {
  const entries = await remote.list(folder, { depth: 1 })
  if (entries === undefined) throw new ModuleFailure(`Cannot copy ${folder} of ${remote.host}: there is no such folder`)
  const files = entries.filter(({ type }) => type === 'file').map(({ path }) => path).sort()
  const texts = await Promise.all(files.map(async (path): Promise<[string, string]> => [path.slice(path.lastIndexOf('/') + 1), await remote.readText(path) ?? '']))
  return new Map(texts)
}

function replaceWords(text: string, words: Readonly<Record<string, unknown>>): string {
  return Object.entries(words).reduce((changed, [word, by]) => changed.replace(wholeWord(word), () => String(by)), text)
}

const wholeWord = (word: string): RegExp => new RegExp(`(?<![\\w.-])${word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?![\\w-]|\\.\\w)`, 'g')
