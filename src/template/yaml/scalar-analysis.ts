/** In which styles a text can be written. */
export interface ScalarAnalysis {
  readonly multiLine: boolean
  readonly flowPlain: boolean
  readonly blockPlain: boolean
  readonly singleQuoted: boolean
}

const BREAKS = '\n\r\x85\u2028\u2029'

/** Finds out what quoting a text needs, by the rules of libyaml's emitter. */
export function analyzeScalar(text: string): ScalarAnalysis {
  if (text === '') return { multiLine: false, flowPlain: false, blockPlain: true, singleQuoted: true }
  const { flow, block } = indicators(text)
  const multiLine = /[\n\r\x85\u2028\u2029]/.test(text)
  const edges = /^[ \n\x85\u2028\u2029]|[ \n\x85\u2028\u2029]$/.test(text)
  const special = !isPrintable(text) || / [\n\r\x85\u2028\u2029]/.test(text)
  const breakSpace = /[\n\r\x85\u2028\u2029] /.test(text)
  const plain = !edges && !multiLine && !special && !breakSpace
  return { multiLine, flowPlain: plain && !flow, blockPlain: plain && !block, singleQuoted: !special && !breakSpace }
}

/** Whether a character needs no escape. What lies beyond the basic plane does: libyaml takes it for unprintable. */
export function isPrintable(text: string): boolean {
  return /^[\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/.test(text)
}

export function isBreak(character: string): boolean {
  return character !== '' && BREAKS.includes(character)
}

/** Whether the text holds marks that mean something in flow collections, and in block ones. */
function indicators(text: string): { readonly flow: boolean, readonly block: boolean } {
  const document = text.startsWith('---') || text.startsWith('...')
  const lead = /^[#,[\]{}&*!|>'"%@`]/.test(text) || /^-(?:[\s\0]|$)/.test(text)
  const question = /^[?:](?:[\s\0]|$)/.test(text)
  const colon = /:(?:[\s\0]|$)/.test(text.slice(1))
  const hash = /[\s\0]#/.test(text)
  const block = document || lead || question || colon || hash
  return { block, flow: block || /^[?:]/.test(text) || /[,?[\]{}:]/.test(text.slice(1)) }
}
