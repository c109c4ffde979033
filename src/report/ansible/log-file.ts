import { appendFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import type { Config } from '../../config/config.ts'

export type LogLevel = 'INFO' | 'WARNING' | 'ERROR'

/** Writes into the log file of the settings, in the form of Ansible's; without one, or when it cannot be written, nowhere. */
export function openLog(config: Config): (text: string, level: LogLevel) => void {
  const path = config.get('DEFAULT_LOG_PATH')
  if (path === undefined || logProblem(path) !== undefined || config.get('DEFAULT_LOG_FILTER').includes('ansible')) return () => undefined
  const user = userInfo().username
  return (text, level) => {
    appendFileSync(path, `${stamp(new Date())} p=${process.pid} u=${user} n=ansible ${level}| ${text.replace(/^\n+/, '')}\n`, { mode: 0o640 })
  }
}

/** Why there can be no log file there. */
export function logProblem(path: string): string | undefined {
  try {
    appendFileSync(path, '', { mode: 0o640 })
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function stamp(time: Date): string {
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())},${String(time.getMilliseconds()).padStart(3, '0')}`
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
