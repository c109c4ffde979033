import { defineAction } from '../module/define-module.ts'
import type { ModuleResult } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'

/** `words_absent`: no file holds a word that should be gone. tsplay's own. */
export const wordsAbsent = defineAction({
  name: 'words_absent',
  summary: 'Fail when files still hold words that should be gone, and tell where.',
  where: 'host',
  check: 'run',
  args: {
    paths: { type: 'list', elements: 'path', required: true, aliases: ['path'], description: 'Files, and folders whose files (at any depth) are looked at; what is not there holds no word.' },
    words: { type: 'list', elements: 'str', required: true, description: 'Whole words: letters, digits, `_` and `-` make one, so `devops1a-proxy0` does not hold `proxy0`.' },
    comment: { type: 'str', default: '#', description: 'What follows it on a line does not count; empty: everything counts.' },
    fail_msg: { type: 'str', aliases: ['msg'], default: 'Words that should be gone are still there', description: 'What is wrong then.' },
  },
  examples: [{ name: 'No old names', args: { paths: ['/etc/haproxy/haproxy.cfg'], words: ['webservice0'] } }],
  observe: ({ paths }, remote) => readAll(paths, remote),
  run: async ({ paths, words, comment, fail_msg: message }, { remote }): Promise<ModuleResult> => {
    const pattern = wholeWords(words)
    const found = words.length === 0 ? [] : (await readAll(paths, remote)).flatMap((file) => linesWith(pattern, file, comment))
    return found.length === 0 ? { changed: false } : { changed: false, failed: true, msg: `${message}: ${found.slice(0, 10).join('; ')}`, fields: { found } }
  },
})

interface TextFile {
  readonly path: string
  readonly text: string
}

async function readAll(paths: readonly string[], remote: Remote): Promise<readonly TextFile[]> {
  return (await Promise.all(paths.map((path) => readBelow(path, remote)))).flat()
}

/** Both questions at once: what a path is, is not known yet. */
async function readBelow(path: string, remote: Remote): Promise<readonly TextFile[]> {
  const [stat, entries] = await Promise.all([remote.stat(path), remote.list(path)])
  if (stat === undefined) return []
  const files = stat.type === 'directory' ? (entries ?? []).filter(({ type }) => type === 'file').map((entry) => entry.path) : [path]
  return Promise.all(files.map(async (file) => ({ path: file, text: await remote.readText(file) ?? '' })))
}

const wholeWords = (words: readonly string[]): RegExp => new RegExp(`(?<![\\w-])(?:${words.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')})(?![\\w-])`)

function linesWith(pattern: RegExp, { path, text }: TextFile, comment: string): readonly string[] {
  return text.split('\n').flatMap((line, index) => {
    const code = comment === '' ? line : line.split(comment)[0] ?? ''
    return pattern.test(code) ? [`${path}:${index + 1}: ${line.trim()}`] : []
  })
}
