/** A file of a folder of fragments. */
export interface Fragment {
  readonly name: string
  readonly content: Buffer
}

export interface FragmentChoice {
  readonly regex: RegExp | undefined
  readonly ignoreHidden: boolean
}

/** Whether a file of the folder is taken. */
export function isFragment(name: string, { regex, ignoreHidden }: FragmentChoice): boolean {
  if (ignoreHidden && name.startsWith('.')) return false
  if (regex === undefined) return true
  regex.lastIndex = 0
  return regex.test(name)
}

/** Fragments one after another by name: each begins on a line of its own, with the delimiter's lines in between. */
export function joinFragments(fragments: readonly Fragment[], delimiter: string | undefined): Buffer {
  const between = delimiter === undefined || delimiter === '' ? '' : unescaped(delimiter)
  const line = between === '' || between.endsWith('\n') ? between : `${between}\n`
  const sorted = [...fragments].sort((a, b) => (a.name < b.name ? -1 : 1))
  const parts = sorted.flatMap(({ content }, index) => {
    const open = index > 0 && !(sorted[index - 1]?.content.toString('latin1').endsWith('\n') ?? true)
    return [...(open ? [Buffer.from('\n')] : []), ...(index > 0 ? [Buffer.from(line)] : []), content]
  })
  return Buffer.concat(parts)
}

/** `\n` and `\t` as people write them in single quotes. */
function unescaped(text: string): string {
  return text.replace(/\\([ntr\\])/g, (_, letter: string) => ({ n: '\n', t: '\t', r: '\r' })[letter] ?? '\\')
}
