import { defineAction } from '../module/define-module.ts'
import type { ModuleResult } from '../module/module.ts'
import { supervisorProbe } from './system/supervisor/probe.ts'

const PLAIN = { config: undefined, server_url: undefined, username: undefined, password: undefined, supervisorctl_path: undefined }

/** `programs_running`: every program of supervisord runs. Looks only; `supervisorctl` is what starts them. tsplay's own. */
export const programsRunning = defineAction({
  name: 'programs_running',
  summary: 'Fail unless every program of supervisord runs.',
  where: 'host',
  check: 'run',
  args: {
    except: { type: 'list', elements: 'str', default: [], description: 'Programs that need not run.' },
    required: { type: 'bool', default: true, description: 'Whether programs that do not run are a failure, or only told.' },
  },
  examples: [{ name: 'All programs run', args: {} }],
  observe: (_, remote) => remote.read(supervisorProbe(PLAIN)),
  run: async ({ except, required }, { remote }): Promise<ModuleResult> => {
    const { programs, problem } = await remote.read(supervisorProbe(PLAIN))
    const stopped = programs.filter(({ name, state }) => state !== 'RUNNING' && !except.includes(name)).map(({ name, state }) => `${name} is ${state}`)
    const fields = { stopped }
    if (problem !== undefined) return { changed: false, failed: true, msg: `Cannot ask supervisord: ${problem}`, fields }
    return stopped.length === 0 || !required ? { changed: false, fields } : { changed: false, failed: true, msg: stopped.join(', '), fields }
  },
})
