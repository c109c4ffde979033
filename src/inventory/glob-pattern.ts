/** A shell pattern (`*`, `?`, `[a-c]`, `[!a]`) as a regular expression that must match the whole name. */
export function globPattern(glob: string): RegExp {
  let source = ''
  for (let at = 0; at < glob.length; at++) {
    const mark = glob.charAt(at)
    const set = mark === '[' ? /^\[(!?)(\]?[^\]]*)\]/.exec(glob.slice(at)) : null
    if (set !== null) {
      source += `[${set[1] === '!' ? '^' : ''}${(set[2] ?? '').replaceAll('\\', '\\\\').replace(/^\^/, '\\^').replace(/^\]/, '\\]')}]`
      at += set[0].length - 1
    } else source += mark === '*' ? '.*' : mark === '?' ? '.' : mark.replace(/[.+^${}()|[\]\\]/, '\\$&')
  }
  return new RegExp(`^${source}$`, 's')
}
