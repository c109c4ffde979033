const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/

/** One word of POSIX sh: unchanged when it needs no quoting, else in single quotes. */
export function quote(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** Words of POSIX sh joined by spaces. */
export function quoteAll(words: readonly string[]): string {
  return words.map(quote).join(' ')
}
