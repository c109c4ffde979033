import { contentDifferences, itemName, type Sides } from '../differential/compare.ts'
import { comparable } from '../differential/normalise.ts'
import type { ResultRecord, RunRecord } from '../differential/record.ts'
import { editScript } from '../../src/text/edit-script.ts'
import type { Json, JsonObject } from '../../src/value/value.ts'
import type { Difference } from './difference.ts'

/** Where the results of two runs differ: what was done in another order or not at all, its status, its fields. */
export function compareResults(about: string, { ansible, tsplay }: Sides<RunRecord>): Difference[] {
  const exit = ansible.exitCode === tsplay.exitCode ? [] : [{ about, subject: 'exit code', text: `ansible ${String(ansible.exitCode)}, tsplay ${String(tsplay.exitCode)}` }]
  const hosts = [...new Set([...Object.keys(ansible.hosts), ...Object.keys(tsplay.hosts)])].sort()
  const nothing = hosts.length === 0 ? [{ about, subject: 'nothing was run', text: `${ansible.output}\n${tsplay.output}` }] : []
  return [...exit, ...nothing, ...hosts.flatMap((host) => ofHost(about, { ansible: prepared(ansible, host), tsplay: prepared(tsplay, host) }))]
}

function prepared({ hosts }: RunRecord, host: string): ResultRecord[] {
  return (hosts[host] ?? []).map((record) => comparable(inOrder(record), { without: [...NOT_IN_OLDER, ...NOT_COMPARED[record.action.replace(/^ansible\.builtin\./, '')] ?? []], shows: { diff: false, predictions: false } }))
}

/** Which of the files that it finds `find` tells first is up to the file system. */
function inOrder(record: ResultRecord): ResultRecord {
  const { files } = record.result
  if (!record.action.endsWith('find') || !Array.isArray(files)) return record
  const pathOf = (file: Json): string => String((file as JsonObject)['path'])
  return { ...record, result: { ...record.result, files: (files as readonly Json[]).toSorted((a, b) => pathOf(a) < pathOf(b) ? -1 : 1) } }
}

/** Facts have a comparison of their own; what apt and dpkg print holds times, rates and percentages. */
const NOT_COMPARED: Readonly<Record<string, readonly string[]>> = { setup: ['ansible_facts'], gather_facts: ['ansible_facts'], apt: ['stdout', 'stdout_lines', 'diff'], package: ['stdout', 'stdout_lines', 'diff'] }

/** Fields that results have since 2.15 or later. */
const NOT_IN_OLDER = ['false_condition']

function ofHost(about: string, { ansible, tsplay }: Sides<readonly ResultRecord[]>): Difference[] {
  return editScript(ansible.map(nameOf), tsplay.map(nameOf)).flatMap((edit) => {
    const one = edit.kind === 'insert' ? undefined : ansible[edit.before]
    const other = edit.kind === 'remove' ? undefined : tsplay[edit.after]
    if (one !== undefined && other !== undefined) return ofPair(about, { ansible: one, tsplay: other })
    return [{ about, subject: one?.task ?? other?.task ?? '', text: `only ${one ? `ansible (${shown(one)})` : `tsplay (${shown(other)})`}` }]
  })
}

function ofPair(about: string, { ansible, tsplay }: Sides<ResultRecord>): Difference[] {
  const subject = ansible.task
  if (statusOf(ansible) !== statusOf(tsplay)) return [{ about, subject, text: `ansible ${shown(ansible)}\ntsplay  ${shown(tsplay)}` }]
  return contentDifferences('', { ansible, tsplay }).map(({ text }) => ({ about: `${about}: fields`, subject, text: text.replace(/^, /, '').replaceAll('\n    ', '\n') }))
}

/** What makes two results those of the same thing. Items are told by their place, since their form may differ. */
function nameOf({ kind, play, task }: ResultRecord): string {
  return `${play} / ${kind} / ${task}`
}

function statusOf({ status, ignored }: ResultRecord): string {
  return `${status}${ignored ? ', ignored' : ''}`
}

function shown(record: ResultRecord | undefined): string {
  if (record === undefined) return ''
  const { kind, action, result } = record
  const item = kind === 'item' ? ` item ${JSON.stringify(result[itemName(result)])}` : ''
  const said = record.status === 'failed' ? `: ${JSON.stringify(result['msg'] ?? result['stderr'] ?? '')}` : ''
  return `${kind} ${action}${item}: ${statusOf(record)}${said}`
}
