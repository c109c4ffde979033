import type { Json, JsonObject } from '../../value/value.ts'
import type { RawFacts } from './raw-facts.ts'

/** `local`: JSON or INI that files of /etc/ansible/facts.d hold or print. */
export function localFacts(raw: RawFacts): JsonObject {
  return { local: Object.fromEntries(raw.parts('local:').map((name) => [name, localFact(raw, name)])) }
}

function localFact(raw: RawFacts, name: string): Json {
  const status = raw.part(`localstatus:${name}`).trim()
  if (status === 'gone') return `Could not stat fact (${name}.fact): it is a link to nothing`
  if (status === 'unreadable') return `error loading facts as JSON or ini - please check content: ${name}.fact`
  if (status !== '0') return `Failure executing fact script (${name}.fact), rc: ${status}`
  const text = raw.part(`local:${name}`)
  try {
    return JSON.parse(text) as Json
  } catch {
    return parseIni(text) ?? `error loading facts as ini - please check content: ${name}.fact`
  }
}

function parseIni(text: string): JsonObject | undefined {
  const sections: Record<string, Record<string, Json>> = {}
  let section: Record<string, Json> | undefined
  for (const line of text.split('\n').map((one) => one.trim()).filter((one) => !/^(?:[#;]|$)/.test(one))) {
    const [, title] = /^\[([^\]]+)\]$/.exec(line) ?? []
    const [, key, value] = /^([^=:]+?)\s*[=:]\s*(.*)$/.exec(line) ?? []
    if (title !== undefined) section = sections[title] ??= {}
    else if (section === undefined || key === undefined) return undefined
    // Python's parser takes a percent sign for the begin of a reference.
    else if (/%(?![%(])/.test(value ?? '')) return undefined
    else section[key.toLowerCase()] = (value as string).replaceAll('%%', '%')
  }
  return sections
}
