/** A pattern of paths as in .gitignore, roughly: a plain path stands for all below it, `*` for a part of a name, `**` for any folders. */
export function globPattern(pattern: string): RegExp {
  const bare = pattern.replace(/^\.\//, '').replace(/\/+$/, '')
  const source = bare.replaceAll(/\*\*\/?|\*|\?|[.+^${}()|[\]\\]/g, (mark) => {
    if (mark === '**/') return '(?:.*/)?'
    if (mark === '**') return '.*'
    if (mark === '*') return '[^/]*'
    return mark === '?' ? '[^/]' : `\\${mark}`
  })
  return new RegExp(`^${source}(?:/|$)`)
}
