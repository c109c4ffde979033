/** Splits `path length=8 chars="a b"` into the free text and the options, as terms of older lookups have them. */
export function keyValues(text: string): { readonly free: string, readonly options: ReadonlyMap<string, string> } {
  const words = text.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? []
  const options = new Map<string, string>()
  const free: string[] = []
  for (const word of words) {
    const [, name, value = ''] = /^(\w+)=(.*)$/s.exec(word) ?? []
    if (name === undefined) free.push(word)
    else options.set(name, value.replace(/^(["'])(.*)\1$/s, '$2'))
  }
  return { free: free.join(' '), options }
}
