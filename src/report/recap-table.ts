import type { Paint } from '../diagnostics/paint.ts'
import type { HostRecap, RunEnded } from '../run/run-event.ts'
import { figuresText } from './figures-text.ts'
import type { Output } from './output.ts'

const COLUMNS: readonly { readonly name: keyof HostRecap, readonly colour: keyof Paint }[] = [
  { name: 'ok', colour: 'green' }, { name: 'changed', colour: 'yellow' }, { name: 'unknown', colour: 'magenta' }, { name: 'skipped', colour: 'dim' },
  { name: 'failed', colour: 'red' }, { name: 'unreachable', colour: 'red' }, { name: 'rescued', colour: 'cyan' }, { name: 'ignored', colour: 'cyan' },
]

/** A row a host, a column for each kind of outcome that occurred, and the run's figures. */
export function recapTable(event: RunEnded, { paint }: Output): string {
  const rows = [...event.recap]
  const columns = COLUMNS.filter(({ name }) => name === 'ok' || rows.some(([, recap]) => recap[name] > 0))
  const hostWidth = Math.max(4, ...rows.map(([host]) => host.length))
  const header = paint.dim(`  ${'host'.padEnd(hostWidth)}${columns.map(({ name }) => `  ${name.padStart(7)}`).join('')}`)
  const body = rows.map(([host, recap]) => `  ${paintHost(host, recap, paint)}${' '.repeat(hostWidth - host.length)}${cells(columns, recap, paint)}`)
  return ['', paint.bold('▌ Recap'), header, ...body, '', `  ${verdict(event, paint)}  ${paint.dim(figuresText(event.figures))}`].join('\n')
}

function cells(columns: typeof COLUMNS, recap: HostRecap, paint: Paint): string {
  return columns.map(({ name, colour }) => {
    const text = `  ${String(recap[name]).padStart(name.length < 7 ? 7 : name.length)}`
    return recap[name] > 0 ? paint[colour](text) : paint.dim(text)
  }).join('')
}

function paintHost(host: string, recap: HostRecap, paint: Paint): string {
  if (recap.failed > 0 || recap.unreachable > 0) return paint.red(host)
  return recap.changed > 0 ? paint.yellow(host) : paint.green(host)
}

function verdict(event: RunEnded, paint: Paint): string {
  return event.exitCode === 0 ? paint.green(paint.bold('done')) : paint.red(paint.bold(`failed (exit ${event.exitCode})`))
}
