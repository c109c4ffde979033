/** A file to be put on a host before its first boot. Owner is root unless the host's preparation says otherwise. */
export interface HostFile {
  readonly path: string
  readonly content: string
  readonly mode?: number
}

export const file = (path: string, content: string, mode?: number): HostFile => ({ path, content, ...(mode === undefined ? {} : { mode }) })

/** Lines of a text file; undefined ones are left out. */
export const text = (...lines: readonly (string | undefined)[]): string => `${lines.filter((line) => line !== undefined).join('\n')}\n`
