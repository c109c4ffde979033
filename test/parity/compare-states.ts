import { lstatSync, readFileSync } from 'node:fs'
import type { Sides } from '../differential/compare.ts'
import { unifiedDiff } from '../../src/text/unified-diff.ts'
import type { Difference } from './difference.ts'
import type { HostState } from './state.ts'

/** A host's state, and where its changed files can be read. */
export interface LookedAt extends HostState {
  readonly pathOf: (path: string) => string
}

/** Everything in which two hosts are not alike. */
export function compareStates(sides: Sides<LookedAt>): Difference[] {
  const { ansible, tsplay } = sides
  return [
    ...union(ansible.sections, tsplay.sections).flatMap((section) => ofLines(section, ansible.sections[section], tsplay.sections[section])),
    ...union(ansible.files, tsplay.files).flatMap((path) => ofFile(path, sides)),
  ]
}

function ofLines(about: string, ansible: readonly string[] = [], tsplay: readonly string[] = []): Difference[] {
  return [
    ...without(ansible, tsplay).map((line) => ({ about, subject: line, text: 'only ansible' })),
    ...without(tsplay, ansible).map((line) => ({ about, subject: line, text: 'only tsplay' })),
  ]
}

function without(lines: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Set(others)
  return lines.filter((line) => !left.has(line))
}

function ofFile(path: string, { ansible, tsplay }: Sides<LookedAt>): Difference[] {
  const [one, other] = [ansible.files[path], tsplay.files[path]]
  if (one === other) return []
  const attributes = `ansible ${one ?? 'as in the image'}\ntsplay  ${other ?? 'as in the image'}`
  const diff = [one, other].every((file) => file?.startsWith('file')) ? diffOf(ansible.pathOf(path), tsplay.pathOf(path)) : ''
  return [{ about: 'files', subject: path, text: diff === '' ? attributes : `${attributes}\n${diff}` }]
}

function diffOf(ansible: string, tsplay: string): string {
  const [before, after] = [textOf(ansible), textOf(tsplay)]
  return before === undefined || after === undefined ? '' : unifiedDiff(before, after, { beforeHeader: 'ansible', afterHeader: 'tsplay', context: 1 })
}

function textOf(path: string): string | undefined {
  const { size } = lstatSync(path)
  const bytes = size < 300_000 ? readFileSync(path) : Buffer.from('\0')
  return bytes.includes(0) ? undefined : bytes.toString()
}

const union = (a: object, b: object): readonly string[] => [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()
