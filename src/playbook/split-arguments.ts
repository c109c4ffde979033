/** A piece of `key=value` text and where it stands in it. */
export interface TextPiece {
  readonly text: string
  readonly start: number
}

/** Splits text at white space, but not inside quotes or template marks. */
export function splitArguments(text: string): TextPiece[] {
  const pieces: TextPiece[] = []
  let start = -1
  for (let at = 0; at < text.length;) {
    if (/\s/.test(text.charAt(at))) {
      if (start !== -1) pieces.push({ text: text.slice(start, at), start })
      start = -1
      at++
      continue
    }
    if (start === -1) start = at
    at = skipUnit(text, at)
  }
  if (start !== -1) pieces.push({ text: text.slice(start), start })
  return pieces
}

/** `key=value` pieces taken out of a text, and what remains of it. */
export interface KeyValueText {
  readonly pairs: readonly { readonly key: string, readonly value: TextPiece }[]
  readonly rest: TextPiece | undefined
  /** Line ends after the rest, where nothing else follows it. */
  readonly tail: string
}

/** Takes the `key=value` pieces out of a text; with `only`, just those keys. The rest keeps its spacing. */
export function takeKeyValues(text: string, only?: ReadonlySet<string>): KeyValueText {
  const pairs: { key: string, value: TextPiece }[] = []
  const rest: TextPiece[] = []
  for (const piece of splitArguments(text)) {
    // `set_fact` may name its variables by templates.
    const [, key] = /^((?:[A-Za-z_]|\{\{.*?\}\})(?:[\w.-]|\{\{.*?\}\})*)=/s.exec(piece.text) ?? []
    if (key === undefined || (only !== undefined && !only.has(key))) rest.push(piece)
    else pairs.push({ key, value: argumentValue({ text: piece.text.slice(key.length + 1), start: piece.start + key.length + 1 }) })
  }
  return { pairs, rest: joinRest(text, rest, pairs.length > 0), tail: tailAfter(text, rest.at(-1)) }
}

/** Text of a command without the backslashes that stand alone at the end of a line, as Ansible tells it. */
export function joinLines(text: string): string {
  let joined = ''
  for (let at = 0; at < text.length;) {
    const isAlone = text.startsWith('\\\n', at) && /(?:^|\s)$/.test(joined)
    const end = isAlone ? at + 2 : skipUnit(text, at)
    if (!isAlone) joined += text.slice(at, end)
    else if (text.charAt(end) === ' ') joined = joined.replace(/ $/, '')
    at = end
  }
  return joined
}

function tailAfter(text: string, last: TextPiece | undefined): string {
  const rest = last === undefined ? '' : text.slice(last.start + last.text.length)
  return rest.trim() === '' ? rest.replace(/[^\n]/g, '') : ''
}

/** Offset after a quoted part, a template mark's whole body, an escaped character or one plain character. */
function skipUnit(text: string, at: number): number {
  const template = TEMPLATE_ENDS[text.slice(at, at + 2)]
  if (template !== undefined) return after(text, template, at + 2)
  const mark = text.charAt(at)
  if (mark === '\\') return at + 2
  if (mark !== '"' && mark !== "'") return at + 1
  for (let index = at + 1; index < text.length; index++) {
    if (text.charAt(index) === '\\') index++
    else if (text.charAt(index) === mark) return index + 1
  }
  return text.length
}

const TEMPLATE_ENDS: Readonly<Record<string, string>> = { '{{': '}}', '{%': '%}', '{#': '#}' }

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from)
  return found === -1 ? text.length : found + mark.length
}

/** Text without pairs keeps its own spacing; otherwise pieces keep what stood between neighbours. */
function joinRest(text: string, rest: readonly TextPiece[], some: boolean): TextPiece | undefined {
  const first = rest[0]
  const last = rest.at(-1)
  if (first === undefined || last === undefined) return undefined
  if (!some) return { text: text.slice(first.start, last.start + last.text.length), start: first.start }
  let joined = ''
  let end = first.start
  for (const piece of rest) {
    const between = text.slice(end, piece.start)
    joined += (/^\s*$/.test(between) ? between : ' ') + piece.text
    end = piece.start + piece.text.length
  }
  return { text: joined, start: first.start }
}

function argumentValue({ text, start }: TextPiece): TextPiece {
  const quote = text.charAt(0)
  const quoted = text.length > 1 && (quote === '"' || quote === "'") && text.endsWith(quote) && text.at(-2) !== '\\'
  const inner = quoted ? text.slice(1, -1) : text
  return { text: unescape(inner), start: quoted ? start + 1 : start }
}

const SIMPLE: Readonly<Record<string, string>> = { '\\': '\\', "'": "'", '"': '"', a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

function unescape(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(/\\(?:x([\dA-Fa-f]{2})|u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|(['"\\abfnrtv])|(=))/g, (...match: (string | undefined)[]) => {
    const code = match[1] ?? match[2] ?? match[3]
    if (code !== undefined) return String.fromCodePoint(parseInt(code, 16))
    return match[4] === undefined ? '=' : SIMPLE[match[4]] ?? ''
  })
}
