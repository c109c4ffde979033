import { resolve } from 'node:path/posix'
import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineAction } from '../module/define-module.ts'
import { ModuleFailure, type ActionContext, type ModuleResult } from '../module/module.ts'
import type { ExecResult } from '../remote/exec.ts'
import { quoteAll } from '../text/shell-quote.ts'
import type { JsonObject } from '../value/value.ts'
import { outputFields } from './system/command/output.ts'
import { splitWords } from './system/command/split-words.ts'
import { installedProbe, type Installed } from './system/pip/installed-probe.ts'
import { isSatisfied, parseRequirements, type Requirement } from './system/pip/requirement.ts'
import { environmentScript } from './system/pip/virtual-environment.ts'

const args = {
  name: { type: 'list', elements: 'str', description: 'Packages, with versions if wanted (`django>=4,<5`), or addresses of repositories.' },
  version: { type: 'str', description: 'Version of the only package.' },
  requirements: { type: 'str', description: 'File of requirements, on the host.' },
  state: { type: 'str', default: 'present', choices: ['present', 'absent', 'latest', 'forcereinstall'], description: 'What they are to be.' },
  virtualenv: { type: 'path', description: 'Virtual environment to install into; made when it is not there.' },
  virtualenv_command: { type: 'path', default: 'virtualenv', description: 'Command that makes virtual environments: `python3 -m venv`.' },
  virtualenv_site_packages: { type: 'bool', default: false, description: 'Whether a new virtual environment sees the packages of the system.' },
  virtualenv_python: { type: 'str', description: 'Python of a new virtual environment.' },
  extra_args: { type: 'str', description: 'Further arguments of pip.' },
  editable: { type: 'bool', default: false, description: 'Install in place.' },
  chdir: { type: 'path', description: 'Folder to run in.' },
  executable: { type: 'path', description: 'The pip to use.' },
  umask: { type: 'str', description: 'Umask of pip, octal.' },
  break_system_packages: { type: 'bool', default: false, description: 'Install even where the system says that its packages are not to be changed.' },
} as const

/** `ansible.builtin.pip`: packages of Python. */
export const pip = defineAction({
  name: 'pip',
  asksInEnvironment: true,
  summary: 'Keep Python packages installed, current or absent.',
  where: 'host',
  check: 'predict',
  args,
  constraints: { oneOf: [['name', 'requirements']], exclusive: [['name', 'requirements'], ['executable', 'virtualenv']] },
  examples: [
    { name: 'A package in an environment of its own', args: { name: 'django>=4,<5', virtualenv: '/srv/app/venv', virtualenv_command: 'python3 -m venv' } },
    { name: 'All that the application needs', args: { requirements: '/srv/app/requirements.txt', virtualenv: '/srv/app/venv' } },
  ],
  run: async (given, context) => {
    const wanted = wantedFrom(given, context)
    if (wanted.isNothing) return NOTHING
    const found = await context.remote.read(installedProbe(wanted))
    if (found.program === null && found.environment !== 'missing') throw new ModuleFailure(found.problem)
    if (found.environment === 'missing') return installAnew(wanted, context)
    return isRight(wanted, found) ? result(wanted, { changed: false, fields: { cmd: found.program, ...listed(found) } }) : runPip(wanted, found, context)
  },
  predict: async (given, context) => {
    const wanted = wantedFrom(given, context)
    if (wanted.isNothing) return NOTHING
    const found = await context.remote.read(installedProbe(wanted))
    if (found.environment === 'missing') return result(wanted, { changed: true, fields: {} })
    if (found.program === null) throw new ModuleFailure(found.problem)
    if (!wanted.isPlain) return { ...result(wanted, { changed: true, fields: {} }), unknown: true }
    return result(wanted, { changed: !isRight(wanted, found), fields: { cmd: found.program, ...listed(found) } })
  },
})

const NOTHING: ModuleResult = { changed: false, fields: { warnings: ['No valid name or requirements file found.'] } }

interface Wanted extends ArgumentsOf<typeof args> {
  readonly packages: readonly Requirement[]
  /** Only names and versions are asked for, so the list of what is installed tells all. */
  readonly isPlain: boolean
  readonly isNothing: boolean
  readonly words: readonly string[]
  readonly environment: string | undefined
  readonly directory: string
  readonly interpreter: string | undefined
}

function wantedFrom(given: ArgumentsOf<typeof args>, context: ActionContext): Wanted {
  refuse(given)
  const packages = parseRequirements(given.name ?? [], given.version)
  const extra = splitWords(given.extra_args ?? '')
  const words = [...extra, ...given.editable && !extra.includes('-e') ? ['-e'] : []]
  const directory = given.chdir ?? '/tmp'
  return {
    ...given, packages, words, directory,
    isPlain: words.length === 0 && isPlain(given, packages),
    isNothing: given.requirements === undefined && packages.length === 0,
    environment: given.virtualenv === undefined ? undefined : resolve(directory, given.virtualenv),
    interpreter: interpreterOf(context),
  }
}

function interpreterOf({ controller }: ActionContext): string | undefined {
  const interpreter = controller.variable('ansible_python_interpreter')
  return typeof interpreter === 'string' && !interpreter.startsWith('auto') ? interpreter : undefined
}

function refuse({ state, version, umask }: ArgumentsOf<typeof args>): void {
  if (state === 'latest' && version !== undefined) throw new ModuleFailure('version is incompatible with state=latest')
  if (umask !== undefined && !/^[0-7]+$/.test(umask)) throw new ModuleFailure('umask must be an octal integer')
}

function isPlain({ requirements, state }: ArgumentsOf<typeof args>, packages: readonly Requirement[]): boolean {
  return requirements === undefined && (state === 'present' || state === 'absent') && packages.every(({ name }) => name !== undefined)
}

function isRight({ isPlain, packages, state }: Wanted, { versions }: Installed): boolean {
  if (!isPlain) return false
  return packages.every((wanted) => isSatisfied(wanted, versions) === (state === 'present'))
}

/** Makes the virtual environment first. */
async function installAnew(wanted: Wanted, context: ActionContext): Promise<ModuleResult> {
  const made = await context.remote.exec({ script: environmentScript(wanted), directory: wanted.directory })
  if (made.status !== 0) throw failure(splitWords(wanted.virtualenv_command), made)
  const found = await context.remote.read(installedProbe(wanted))
  if (found.program === null) throw new ModuleFailure(found.problem)
  if (!isRight(wanted, found)) return { ...await runPip(wanted, found, context), changed: true }
  return result(wanted, { changed: true, fields: { cmd: found.program, ...outputFields(made, { strip: false }) } })
}

const VERBS = { present: ['install'], absent: ['uninstall', '-y'], latest: ['install', '-U'], forcereinstall: ['install', '-U', '--force-reinstall'] } as const

async function runPip(wanted: Wanted, before: Installed, { remote }: ActionContext): Promise<ModuleResult> {
  const { state, requirements, environment, umask, break_system_packages: breaks } = wanted
  const what = requirements === undefined ? wanted.packages.map(({ text }) => text) : ['-r', requirements]
  const cmd = [...before.program ?? [], ...VERBS[state], ...wanted.words, ...what]
  const path = environment === undefined ? '' : `PATH=${quoteAll([`${environment}/bin`])}:$PATH; export PATH; `
  const ran = await remote.exec({
    script: `${umask === undefined ? '' : `umask ${umask}; `}${path}${quoteAll(cmd)}`,
    directory: wanted.directory,
    ...breaks ? { environment: { PIP_BREAK_SYSTEM_PACKAGES: '1' } } : {},
  })
  const said = ran.stdout.toString('utf8')
  const wasGone = state === 'absent' && ran.status === 1 && /not installed/.test(said + ran.stderr.toString('utf8'))
  if (ran.status !== 0 && !wasGone) throw failure(cmd, ran)
  return result(wanted, { changed: await hasChanged({ wanted, before, said }, remote), fields: { cmd, ...outputFields(ran, { strip: false }) } })
}

interface Ran {
  readonly wanted: Wanted
  readonly before: Installed
  readonly said: string
}

/** pip says so itself, but says `installed` of repositories whatever was there. */
async function hasChanged({ wanted, before, said }: Ran, remote: ActionContext['remote']): Promise<boolean> {
  if (wanted.state === 'absent') return said.includes('Successfully uninstalled')
  if (wanted.requirements === undefined && wanted.packages.every(({ text }) => !/^(?:-e\s*)?(?:git|hg|svn|bzr)\+/.test(text))) return said.includes('Successfully installed')
  return (await remote.read(installedProbe(wanted))).text !== before.text
}

function listed({ text }: Installed): JsonObject {
  return outputFields({ status: 0, stdout: Buffer.from(text), stderr: Buffer.alloc(0) }, { strip: false })
}

function failure(cmd: readonly string[], ran: ExecResult): ModuleFailure {
  const [out, err] = [ran.stdout.toString('utf8'), ran.stderr.toString('utf8')]
  const said = [out === '' ? '' : `stdout: ${out}`, err === '' ? '' : `\n:stderr: ${err}`].join('')
  return new ModuleFailure(said || `exit status ${ran.status}`, { cmd, ...outputFields(ran, { strip: false }) })
}

function result({ name, version, state, requirements, environment }: Wanted, { changed, fields }: { readonly changed: boolean, readonly fields: JsonObject }): ModuleResult {
  const asked = { name: name === undefined ? null : [...name], version: version ?? null, state, requirements: requirements ?? null, virtualenv: environment ?? null }
  return { changed, fields: { ...asked, ...fields } }
}
