import { ModuleFailure } from '../../../module/module.ts'
import { quote, quoteAll } from '../../../text/shell-quote.ts'
import { splitWords } from '../command/split-words.ts'

export interface EnvironmentRequest {
  readonly environment: string | undefined
  readonly interpreter: string | undefined
  readonly virtualenv_command: string
  readonly virtualenv_site_packages: boolean
  readonly virtualenv_python: string | undefined
}

/** Shell source that makes a virtual environment. */
export function environmentScript(request: EnvironmentRequest): string {
  const { environment = '', interpreter, virtualenv_command: command, virtualenv_site_packages: system, virtualenv_python: python } = request
  const words = splitWords(command)
  const [program = ''] = words
  const isVenv = /(?:^| )-m ?venv(?: |$)|^\S*pyvenv/.test(words.join(' '))
  if (isVenv && python !== undefined) throw new ModuleFailure('virtualenv_python should not be used when using the venv module or pyvenv as virtualenv_command')
  const chosen = isVenv ? undefined : python ?? interpreter
  const all = [...words, ...system ? ['--system-site-packages'] : [], ...chosen === undefined ? [] : [`-p${chosen}`], environment]
  return `command -v ${quote(program)} >/dev/null || { echo ${quote(`Failed to find required executable "${program}" in paths`)}": $PATH" >&2; exit 127; }
${quoteAll(all)}`
}
