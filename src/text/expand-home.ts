import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'

/** A path with the folder that a leading `~` or `~user` stands for; one of nobody stays as it is. */
export function expandHome(path: string, home: string = homedir()): string {
  const [start = '', user] = /^~([^/]*)/.exec(path) ?? []
  if (user === undefined) return path
  const folder = user === '' ? home : homeOf(user)
  return folder === undefined ? path : `${folder}${path.slice(start.length)}`
}

/** A path with `$NAME` and `${NAME}` filled in; those that are not set stay as they are. */
export function expandVariables(path: string, environment: Readonly<Record<string, string | undefined>> = process.env): string {
  return path.replace(/\$(?:(\w+)|\{([^}]*)\})/g, (whole, name?: string, braced?: string) => environment[name ?? braced ?? ''] ?? whole)
}

function homeOf(user: string): string | undefined {
  try {
    return readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':')).find(([name]) => name === user)?.[5]
  } catch {
    return undefined
  }
}
