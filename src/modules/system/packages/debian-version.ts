/** Below 0, 0, or above 0: as dpkg orders versions (`EPOCH:UPSTREAM-REVISION`). */
export function compareDebianVersions(left: string, right: string): number {
  const [a, b] = [parsed(left), parsed(right)]
  return a.epoch - b.epoch || compareParts(a.upstream, b.upstream) || compareParts(a.revision, b.revision)
}

interface Version {
  readonly epoch: number
  readonly upstream: string
  readonly revision: string
}

function parsed(text: string): Version {
  const [, epoch = '0', rest = ''] = /^(?:(\d+):)?(.*)$/s.exec(text.trim()) ?? []
  const dash = rest.lastIndexOf('-')
  return { epoch: Number(epoch), upstream: dash < 0 ? rest : rest.slice(0, dash), revision: dash < 0 ? '' : rest.slice(dash + 1) }
}

/** Texts and numbers in turn. */
function compareParts(left: string, right: string): number {
  const [a, b] = [pieces(left), pieces(right)]
  const orders = Array.from({ length: Math.max(a.length, b.length) }, (_, index) => comparePieces(a[index] ?? NOTHING, b[index] ?? NOTHING))
  return orders.find((order) => order !== 0) ?? 0
}

type Piece = readonly [text: string, number: bigint]

const NOTHING: Piece = ['', 0n]

function comparePieces([text, number]: Piece, [otherText, otherNumber]: Piece): number {
  const order = compareTexts(text, otherText)
  if (order !== 0 || number === otherNumber) return order
  return number < otherNumber ? -1 : 1
}

function pieces(text: string): readonly Piece[] {
  return [...text.matchAll(/(\D*)(\d*)/g)].filter(([whole]) => whole !== '').map(([, word = '', digits = '']) => [word, BigInt(digits === '' ? 0 : digits)])
}

/** A tilde comes before the end, the end before letters, and those before all else. */
function compareTexts(left: string, right: string): number {
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const order = rank(left.charAt(index)) - rank(right.charAt(index))
    if (order !== 0) return order
  }
  return 0
}

function rank(character: string): number {
  if (character === '~') return -1
  if (character === '') return 0
  return /[A-Za-z]/.test(character) ? character.charCodeAt(0) : character.charCodeAt(0) + 256
}
