import type { Config } from '../../config/config.ts'
import type { Diagnostic } from '../../diagnostics/types.ts'
import { logProblem } from '../../report/ansible/log-file.ts'

/** A log file that cannot be written is no reason not to run. */
export function logWarnings(config: Config): readonly Diagnostic[] {
  const path = config.get('DEFAULT_LOG_PATH')
  const why = path === undefined ? undefined : logProblem(path)
  if (why === undefined) return []
  return [{ code: 'setting', severity: 'warning', summary: `log file at '${path}' is not writeable and we cannot create it, aborting`, detail: why, hint: 'The run goes on without a log: see log_path, or ANSIBLE_LOG_PATH' }]
}
