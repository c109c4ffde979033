import { linesOf } from '../../files/edit/lines.ts'

/** Texts by path: of /etc/modules-load.d and /etc/modprobe.d. */
export type BootFiles = Readonly<Record<string, string>>

/** Whether some file names the module. */
export function isLoadedAtBoot(name: string, files: BootFiles): boolean {
  return Object.entries(files).some(([path, text]) => isLoadFile(path) && linesOf(text).some(namesModule(name)))
}

/** `NAME=VALUE` of all lines `options MODULE NAME=VALUE`. */
export function configuredParameters(name: string, files: BootFiles): readonly string[] {
  const lines = Object.entries(files).filter(([path]) => !isLoadFile(path)).flatMap(([, text]) => linesOf(text))
  return lines.flatMap((line) => setsParameter(name).exec(line)?.[1] ?? [])
}

/** The module is named in a file of its own, and these are its only parameters; lines of others that set some are commented out. */
export function withModuleAtBoot({ name, parameters }: { readonly name: string, readonly parameters: readonly string[] }, files: BootFiles): BootFiles {
  const configured = configuredParameters(name, files)
  const isConfigured = parameters.length === configured.length && parameters.every((word) => configured.includes(word))
  const named = isLoadedAtBoot(name, files) ? files : { ...files, [`/etc/modules-load.d/${name}.conf`]: `${name}\n` }
  if (isConfigured) return named
  const text = `${parameters.map((parameter) => `options ${name} ${parameter}`).join('\n')}\n`
  return { ...commentedOut(name, named), [`/etc/modprobe.d/${name}.conf`]: text }
}

/** Lines that load the module or set its parameters are commented out. */
export function withoutModuleAtBoot(name: string, files: BootFiles): BootFiles {
  return commentedOut(name, Object.fromEntries(Object.entries(files).map(([path, text]) => [path, isLoadFile(path) ? withComments(text, namesModule(name)) : text])))
}

function isLoadFile(path: string): boolean {
  return path.startsWith('/etc/modules-load.d/')
}

function commentedOut(name: string, files: BootFiles): BootFiles {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, isLoadFile(path) ? text : withComments(text, (line) => setsParameter(name).test(line))]))
}

function withComments(text: string, matches: (line: string) => boolean): string {
  return linesOf(text).map((line) => matches(line) ? `#${line}` : line).join('')
}

function namesModule(name: string): (line: string) => boolean {
  return (line) => line.replace(/[#;].*/, '').trim() === name
}

function setsParameter(name: string): RegExp {
  return new RegExp(`^options ${name.replace(/[^\w-]/g, '\\$&')} (\\w+=\\S+) *(?:[#;].*)?$`, 'm')
}
