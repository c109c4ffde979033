import { parseSections, SectionsError } from '../../text/ini-sections.ts'
import type { Json, JsonObject } from '../../value/value.ts'
import type { RawFacts } from './raw-facts.ts'

/** `local`: JSON or INI that files of /etc/ansible/facts.d hold or print; what is wrong with one stands in its place. */
export function localFacts(raw: RawFacts): JsonObject {
  return { local: Object.fromEntries(readings(raw).map(({ name, fact, failure }) => [name, failure ?? fact])) }
}

/** What is wrong with files of facts.d, to be told as warnings. */
export function localWarnings(raw: RawFacts): readonly string[] {
  return readings(raw).flatMap(({ failure }) => failure ?? [])
}

interface Reading {
  readonly name: string
  readonly fact: Json
  readonly failure?: string
}

function readings(raw: RawFacts): readonly Reading[] {
  const folder = raw.part('localfolder').trim()
  return raw.parts('local:').map((name) => ({ name, ...reading(raw, name, `${folder}/${name}.fact`) }))
}

function reading(raw: RawFacts, name: string, path: string): Omit<Reading, 'name'> {
  const failure = failureOf(raw, name, path)
  if (failure !== undefined) return { fact: null, failure }
  const text = raw.part(`local:${name}`)
  try {
    return { fact: JSON.parse(text) as Json }
  } catch {
    return ini(text, path)
  }
}

function failureOf(raw: RawFacts, name: string, path: string): string | undefined {
  const status = raw.part(`localstatus:${name}`).trim()
  if (status === '0') return undefined
  if (status === 'gone') return `Could not stat fact (${path}): [Errno 2] No such file or directory: '${path}'`
  return `Failure executing fact script (${path}), rc: ${status}, err: ${raw.part(`localerror:${name}`)}`
}

function ini(text: string, path: string): Omit<Reading, 'name'> {
  try {
    const sections = parseSections(text, { file: path, caseSensitive: false, noValues: false, interpolation: true })
    return { fact: Object.fromEntries([...sections].map(([title, section]) => [title, Object.fromEntries(section)])) }
  } catch (error) {
    if (!(error instanceof SectionsError)) throw error
    return { fact: null, failure: `error loading facts as JSON or ini - please check content: ${path}` }
  }
}
