/** Assignments of /etc/os-release and /etc/lsb-release: names as they are written, values without quotes. */
export function assignments(text: string | undefined): Readonly<Record<string, string>> {
  const lines = [...(text ?? '').matchAll(/^\s*([A-Za-z_][\w]*)=(.*)$/gm)]
  return Object.fromEntries(lines.map(([, name = '', value = '']) => [name, value.trim().replace(/^(["'])(.*)\1$/, '$2')]))
}

/** What one line tells that is made for people: `CentOS release 6.7 (Final)`. */
export interface ReleaseLine {
  readonly name: string
  readonly version: string | undefined
  readonly codename: string | undefined
}

export function releaseLine(text: string): ReleaseLine | undefined {
  const line = text.split('\n')[0]?.trim() ?? ''
  const [, name, version, codename] = /^(.+?) *(?:release *)?(\d[\d.+\-a-z]*)(?: LTS)? *(?:\((.*)\)[^)]*)?$/.exec(line) ?? []
  if (name !== undefined) return { name, version, codename }
  return line === '' ? undefined : { name: line, version: undefined, codename: undefined }
}
