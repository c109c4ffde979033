/** Options by repository, in the order of the file. Values may have several lines. */
export type Repositories = Readonly<Record<string, Readonly<Record<string, string>>>>

/** Reads a .repo file: sections of `key = value`, indented lines going on. Comments are not kept. */
export function parseRepositories(text: string): Repositories {
  const whole = text.replace(/^\s*[#;].*\n?/gm, '')
  const sections = [...whole.matchAll(/^\[([^\]\n]+)\].*\n?((?:(?!\[).*\n?)*)/gm)].filter(([all]) => all !== '')
  return Object.fromEntries(sections.map(([, name = '', body = '']) => [name, parseOptions(body)]))
}

function parseOptions(body: string): Readonly<Record<string, string>> {
  const options = [...body.matchAll(/^([^\s=:][^=:\n]*?)[ \t]*[=:][ \t]*(.*(?:\n[ \t]+\S.*)*)/gm)]
  return Object.fromEntries(options.map(([, key = '', value = '']) => [key.toLowerCase(), value.split('\n').map((line) => line.trim()).join('\n')]))
}

/** A .repo file as Python's ConfigParser writes it. */
export function repositoriesText(repositories: Repositories): string {
  return Object.entries(repositories).map(([name, options]) => `[${name}]\n${Object.entries(options).map(([key, value]) => `${key} = ${value.replaceAll('\n', '\n\t')}\n`).join('')}\n`).join('')
}

/** Whether they say the same, in whatever order. */
export function sameRepositories(left: Repositories, right: Repositories): boolean {
  return sorted(left) === sorted(right)
}

function sorted(repositories: Repositories): string {
  return JSON.stringify(Object.entries(repositories).sort().map(([name, options]) => [name, Object.entries(options).sort()]))
}
