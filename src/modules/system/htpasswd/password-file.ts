import { linesOf } from '../../files/edit/lines.ts'

/** What is kept for a user. */
export function hashOf(name: string, text: string): string | undefined {
  const line = linesOf(text).find((one) => one.startsWith(`${name}:`))
  return line?.slice(name.length + 1).split(':')[0]?.trim()
}

/** The file with another hash of a user, or without the user; all other lines stay. */
export function withUser(name: string, hash: string | undefined, text: string): string {
  const lines = linesOf(text)
  const isOurs = (line: string): boolean => line.startsWith(`${name}:`)
  if (hash === undefined) return lines.filter((line) => !isOurs(line)).join('')
  const entry = `${name}:${hash}\n`
  if (lines.some(isOurs)) return lines.map((line) => isOurs(line) ? entry : line).join('')
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${entry}`
}

/** The file as it may be shown: users without their hashes. */
export function hidden(text: string, { marked }: { readonly marked?: string } = {}): string {
  return linesOf(text).map((line) => line.replace(/^([^#:][^:]*):.*/, (_line, name: string) => `${name}:${name === marked ? '(new)' : '(hidden)'}`)).join('')
}
