import type { Config } from '../../config/config.ts'
import type { TaskTraits } from '../../module/controller.ts'
import { ModuleFailure, type ModuleResult } from '../../module/module.ts'
import { resultOfOutput } from '../../module/module-output.ts'
import type { Remote } from '../../remote/remote.ts'
import type { Dict } from '../../value/value.ts'
import { hostSetting } from '../../module/host-setting.ts'
import { jsonText } from '../json-text.ts'
import type { Bundle } from './bundle.ts'
import { interpretersFor } from './interpreters.ts'
import { NoPythonError, Supervisor } from './supervisor.ts'

export interface PythonRun {
  readonly config: Config
  readonly task: TaskTraits
  readonly name: string
  readonly bundle: Bundle
  /** With those that Ansible adds. */
  readonly args: Dict
  readonly remote: Remote
}

/** Runs a Python module on its host, by the process that waits there for such tasks. */
export async function runPython(run: PythonRun): Promise<ModuleResult> {
  const { config, task, bundle, args, remote } = run
  const interpreters = interpretersFor(run)
  const supervisor = await supervisorOn(remote, interpreters).catch((error: unknown) => { throw error instanceof NoPythonError ? unusable(run.name, error) : error })
  const end = await supervisor.run({
    bundle, args: jsonText(new Map([['ANSIBLE_MODULE_ARGS', args]])), environment: task.environment, job: task.job, seconds: task.seconds,
    folder: String(hostSetting('shell.sh.remote_tmp', run) ?? '~/.ansible/tmp'),
    openFiles: Number(hostSetting('PYTHON_MODULE_RLIMIT_NOFILE', { config, task })) || 0,
  })
  if (end.kind === 'late') return { changed: false, failed: true, msg: `The module did not end within ${task.seconds ?? 0} s` }
  if (end.kind === 'started') return { changed: true, fields: { ansible_job_id: task.job?.name ?? '', results_file: end.path, started: true, finished: false } }
  const result = resultOfOutput(end.output)
  return interpreters.length === 1 || task.variable('discovered_interpreter_python') !== undefined ? result : withInterpreter(result, supervisor.interpreter)
}

async function supervisorOn(remote: Remote, interpreters: readonly string[]): Promise<Supervisor> {
  const known = await remote.resource(`python:${remote.user}:${interpreters.join(':')}`, async () => {
    const holder = new Holder(remote, interpreters)
    await holder.get()
    return { value: holder, dispose: () => holder.close() }
  })
  return known.get()
}

/** Starts the supervisor anew when it has ended. */
class Holder {
  readonly #remote: Remote
  readonly #interpreters: readonly string[]
  #supervisor: Promise<Supervisor> | undefined

  constructor(remote: Remote, interpreters: readonly string[]) {
    this.#remote = remote
    this.#interpreters = interpreters
  }

  async get(): Promise<Supervisor> {
    this.#supervisor ??= this.#start()
    const supervisor = await this.#supervisor
    if (!supervisor.ended) return supervisor
    this.#supervisor = this.#start()
    return this.#supervisor
  }

  async close(): Promise<void> {
    await (await this.#supervisor?.catch(() => undefined))?.close()
  }

  async #start(): Promise<Supervisor> {
    return Supervisor.start(await this.#remote.start(), this.#interpreters, this.#remote.host)
  }
}

function unusable(module: string, error: NoPythonError): ModuleFailure {
  return new ModuleFailure(`Cannot run the module ${module}: it is written in Python, and ${error.message}. Install Python there, or say where it is by ansible_python_interpreter`)
}

/** Which Python was found is a fact, as in Ansible. */
function withInterpreter(result: ModuleResult, interpreter: string): ModuleResult {
  return { ...result, effects: [...result.effects ?? [], { kind: 'facts', facts: { discovered_interpreter_python: interpreter } }] }
}
