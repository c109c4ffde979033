import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { parse } from 'yaml'
import type { Json, JsonObject } from '../../src/value/value.ts'
import { compareStates } from '../parity/compare-states.ts'
import type { HostState } from '../parity/state.ts'
import type { Rehearsed } from './family.ts'
import type { Ended, Rehearsal } from './rehearse.ts'

/** What is wrong with how an example went: a line each. */
export function judgeExample(rehearsed: Rehearsed, rehearsal: Rehearsal, { isTakenBack }: { readonly isTakenBack: boolean }): readonly string[] {
  const { task } = rehearsed
  const [check, first, again] = [rehearsal.check.get(task), rehearsal.first.get(task), rehearsal.again.get(task)]
  const lost = [check, first, again].find((ended) => ended?.outcome.status === 'unreachable')
  if (lost !== undefined) return [`lost the host: ${said(lost)}`]
  if (first === undefined || check === undefined || again === undefined) return ['was not run']
  return judgeEnds(rehearsed, { check, first, again, redo: isTakenBack ? rehearsal.redo.get(task) : undefined })
}

interface Ends {
  readonly check: Ended
  readonly first: Ended
  readonly again: Ended
  /** Absent where nothing was taken back. */
  readonly redo: Ended | undefined
}

function judgeEnds(rehearsed: Rehearsed, { check, first, again, redo }: Ends): readonly string[] {
  const { example, preparation } = rehearsed
  const { status } = first.outcome
  const failure = preparation.fails?.[example.name]
  if (failure !== undefined) return expectFailure(first, failure)
  if (status === 'failed' || status === 'unreachable') return [`failed: ${said(first)}${hint(rehearsed)}`]
  return [
    ...predictionProblems(check, first, preparation.moment),
    ...againProblems(again, example.again),
    ...redoProblems(rehearsed, first, redo),
    ...idleProblems(rehearsed, first),
  ]
}

/** Modules that keep a state do the same once more after undo. */
function redoProblems({ module }: Rehearsed, { outcome: { status } }: Ended, redo: Ended | undefined): readonly string[] {
  return module.kind === 'state' && redo !== undefined && redo.outcome.status !== status ? [`was ${status}, and once more after undo ${redo.outcome.status}: ${said(redo)}`] : []
}

function expectFailure(first: Ended, message: string): readonly string[] {
  return first.outcome.status === 'failed' && said(first).includes(message) ? [] : [`should fail with '${message}', but: ${said(first)}`]
}

/** Of a second run: nothing is changed, unless the example itself says that something always is, and why. */
function againProblems(again: Ended, reason: string | undefined): readonly string[] {
  const { status } = again.outcome
  if (reason === undefined) return status === 'changed' || status === 'failed' ? [`a second run was ${status}: ${said(again)}`] : []
  return status === 'changed' ? [] : [`says that each run changes something (${reason}), but the second was ${status}`]
}

/** What is so already shows nothing of a module that keeps a state. */
function idleProblems({ module, example, preparation }: Rehearsed, { outcome: { status } }: Ended): readonly string[] {
  const reason = preparation.idle?.[example.name]
  if (reason === undefined) return module.kind === 'state' && status !== 'changed' ? [`was ${status}: make it different in \`given\`, or say in \`idle\` why it changes nothing`] : []
  return status === 'changed' ? [`should change nothing (${reason})`] : []
}

/** Fields that only the moment tells. */
const OF_THE_MOMENT: ReadonlySet<string> = new Set(['start', 'end', 'stop', 'delta', 'atime', 'mtime', 'ctime', 'elapsed', 'inode', 'dev', 'warnings', 'deprecations', 'diff', 'changed', 'failed'])

function predictionProblems(check: Ended, first: Ended, moment: readonly string[] = []): readonly string[] {
  const { status, result } = check.outcome
  if (status === 'unknown') return []
  if (status !== first.outcome.status) return [`was predicted ${status}, and was ${first.outcome.status}: ${said(check)} / ${said(first)}`]
  const told = Object.fromEntries(Object.entries(result).filter(([name]) => !moment.includes(name)))
  return [...fieldProblems(told, first.outcome.result), ...moment.includes('diff') || isDeepStrictEqual(check.diff, first.diff) ? [] : [`shows another diff in check mode:\n    ${JSON.stringify(check.diff)}\n    ${JSON.stringify(first.diff)}`]]
}

/** A prediction may leave out what cannot be known, but what it says is so. */
function fieldProblems(predicted: JsonObject, real: JsonObject): readonly string[] {
  return leafProblems('', predicted, real).map(([path, told, was]) => `predicted ${path} ${shown(told)}, and it was ${shown(was)}`)
}

type LeafProblem = readonly [path: string, predicted: Json | undefined, real: Json | undefined]

function leafProblems(path: string, predicted: Json | undefined, real: Json | undefined): readonly LeafProblem[] {
  if (isObject(predicted) && isObject(real)) {
    return Object.keys(predicted).filter((name) => !OF_THE_MOMENT.has(name)).flatMap((name) => leafProblems(path === '' ? name : `${path}.${name}`, predicted[name], real[name]))
  }
  return isDeepStrictEqual(unnamed(predicted), unnamed(real)) ? [] : [[path, predicted, real]]
}

/** Backups are named after the moment. */
function unnamed(value: Json | undefined): Json | undefined {
  return typeof value === 'string' ? value.replaceAll(/\.\d+\.\d{4}-\d\d-\d\d@\d\d:\d\d:\d\d~/g, '~') : value
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const shown = (value: Json | undefined): string => value === undefined ? 'not there' : JSON.stringify(value).slice(0, 300)

function said({ outcome: { result } }: Ended): string {
  return JSON.stringify(Object.fromEntries(Object.entries(result).filter(([name]) => name !== 'diff'))).slice(0, 600)
}

function hint({ module, example }: Rehearsed): string {
  return `\n    If '${example.name}' presupposes something (files, users, packages), add it to \`given\` of the family that has ${module.name} in test/examples/families, or write a better example`
}

/** What undo may leave, and why. */
interface Rule {
  readonly about: string
  readonly subject: string
  readonly reason: string
}

const RULES = parse(readFileSync(join(import.meta.dirname, 'leaves.yml'), 'utf8')) as readonly Rule[]

const matches = (pattern: string, text: string): boolean => new RegExp(`^(?:${pattern})$`, 's').test(text)

/** Where a state differs from another, but for what leaves.yml has a reason for. */
export function stateProblems(before: HostState, after: HostState, pathOf: (path: string) => string): readonly string[] {
  const all = compareStates({ ansible: { ...before, pathOf }, tsplay: { ...after, pathOf } })
  const differences = all.filter(({ about, subject }) => !RULES.some((rule) => matches(rule.about, about) && matches(rule.subject, subject)))
  return differences.map(({ about, subject, text }) => `${about}: ${subject}: ${text.replaceAll(/^ansible /gm, 'before ').replaceAll(/^tsplay  /gm, 'after  ').replace('only ansible', 'is gone').replace('only tsplay', 'is new')}`)
}
