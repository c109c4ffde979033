import { ModuleFailure } from '../../../module/module.ts'

/** One line of an authorized_keys file. */
export interface AuthorizedKey {
  readonly options: string
  readonly type: string
  readonly key: string
  readonly comment: string
}

const TYPE = /^(?:ssh-|ecdsa-|sk-ssh-|sk-ecdsa-)[\w@.-]+$/

/** Undefined for comments, empty lines and what is no key. */
function parseKey(line: string): AuthorizedKey | undefined {
  const text = line.trim()
  if (text === '' || text.startsWith('#')) return undefined
  const words = splitOutsideQuotes(text)
  const at = words.findIndex((word) => TYPE.test(word))
  const [type, key, ...comment] = at < 0 || at > 1 ? [] : words.slice(at)
  if (type === undefined || key === undefined) return undefined
  return { options: at === 1 ? words[0] ?? '' : '', type, key, comment: comment.join(' ') }
}

function printKey({ options, type, key, comment }: AuthorizedKey): string {
  return [options, type, key, comment].filter((part) => part !== '').join(' ')
}

export interface WantedKeys {
  /** Public keys, one a line. */
  readonly keys: string
  readonly state: 'present' | 'absent'
  readonly options: string | undefined
  readonly comment: string | undefined
  /** No other key may be there. */
  readonly exclusive: boolean
}

/** The text of the file as wanted; lines that are no keys stay. */
export function editAuthorizedKeys(wanted: WantedKeys, text: string): string {
  const keys = wantedKeys(wanted)
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n')
  const edited = wanted.state === 'absent' ? lines.filter((line) => !keys.some((one) => parseKey(line)?.key === one.key)) : withKeys(lines, keys, wanted)
  return edited.length === 0 ? '' : `${edited.join('\n')}\n`
}

function wantedKeys({ keys, options, comment }: WantedKeys): readonly AuthorizedKey[] {
  return keys.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('#')).map((line) => {
    const key = parseKey(line)
    if (key === undefined) throw new ModuleFailure(`invalid key specified: ${line}`)
    return { ...key, options: options ?? key.options, comment: comment ?? key.comment }
  })
}

function withKeys(lines: readonly string[], keys: readonly AuthorizedKey[], { exclusive }: WantedKeys): readonly string[] {
  const kept = lines.flatMap((line) => {
    const found = parseKey(line)
    const wanted = found === undefined ? undefined : keys.find((one) => one.key === found.key)
    if (found === undefined) return exclusive && line.trim() === '' ? [] : [line]
    if (wanted === undefined) return exclusive ? [] : [line]
    return [isSame(found, wanted) ? line : printKey(wanted)]
  })
  const missing = keys.filter((one) => !lines.some((line) => parseKey(line)?.key === one.key))
  return [...kept, ...missing.map(printKey)]
}

function isSame(found: AuthorizedKey, wanted: AuthorizedKey): boolean {
  return found.options === wanted.options && found.type === wanted.type && found.comment === wanted.comment
}

function splitOutsideQuotes(text: string): readonly string[] {
  return text.match(/(?:"(?:\\.|[^"\\])*"|[^\s"])+/g) ?? []
}
