import type { RunRecord } from '../differential/record.ts'
import type { Application } from './apply.ts'
import type { Judged } from './allowed.ts'
import type { Difference } from './difference.ts'

/** What people read: how the runs went, what differs, and what may. */
export function reportText(name: string, { first, second, seconds }: Application, { unexpected, allowed }: Judged): string {
  const count = allowed.reduce((sum, { count }) => sum + count, 0)
  return [
    `${name}`,
    `  ansible  ${seconds.ansible.toFixed(0)} s, ${summary(first.ansible)}; again ${summary(second.ansible)}`,
    `  tsplay   ${seconds.tsplay.toFixed(0)} s, ${summary(first.tsplay)}; again ${summary(second.tsplay)}`,
    ...[...new Set(unexpected.map(({ about }) => about))].flatMap((about) => sectionLines(unexpected.filter((difference) => difference.about === about))),
    ...allowed.length > 0 ? ['', '  Allowed:', ...allowed.map(({ reason, count }) => `    ${String(count)} x ${reason}`)] : [],
    '',
    `  ${unexpected.length === 0 ? 'no difference' : `${String(unexpected.length)} differences`}${count > 0 ? `, ${String(count)} allowed` : ''}`,
    '',
  ].join('\n')
}

/** More than these of a kind tell nothing more. */
const SHOWN = 80
const LINES = 40
const WIDTH = 400

function sectionLines(differences: readonly Difference[]): string[] {
  const more = differences.length - SHOWN
  return [...differences.slice(0, SHOWN).flatMap(differenceLines), ...more > 0 ? ['', `  ... and ${String(more)} more of ${differences[0]?.about ?? ''}`] : []]
}

function differenceLines({ about, subject, text }: Difference): string[] {
  const lines = text.split('\n')
  return [
    '', `  ${about}: ${subject}`,
    ...lines.slice(0, LINES).map((line) => `    ${line.length > WIDTH ? `${line.slice(0, WIDTH)} ...` : line}`),
    ...lines.length > LINES ? [`    ... ${String(lines.length - LINES)} more lines`] : [],
  ]
}

function summary({ hosts, exitCode }: RunRecord): string {
  const results = Object.values(hosts).flat().filter(({ kind }) => kind === 'host')
  const counted = ['ok', 'changed', 'skipped', 'failed', 'unreachable'].map((status) => [status, results.filter((result) => result.status === status).length] as const)
  return `${counted.flatMap(([status, count]) => count === 0 ? [] : [`${String(count)} ${status}`]).join(', ')}${exitCode === 0 ? '' : ` (exit code ${String(exitCode)})`}`
}
