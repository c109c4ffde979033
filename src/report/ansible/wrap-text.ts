/** Lines of at most `width` columns, broken at blanks and after hyphens as Python's textwrap does. */
export function wrapText(text: string, width: number): string {
  const lines: string[] = []
  let line = ''
  for (const chunk of text.replace(/[\t\n\v\f\r]/g, ' ').match(/ +|[^ -]*?\p{L}-(?=\p{L})|[^ ]+?(?=(?<=\p{L})-(?=\p{L}))-|[^ ]+/gu) ?? []) {
    for (const piece of piecesOf(chunk, width)) {
      if (line.length + piece.length > width && line !== '') {
        lines.push(line.trimEnd())
        line = ''
      }
      if (line !== '' || piece.trim() !== '' || lines.length === 0) line += piece
    }
  }
  return [...lines, ...line.trim() === '' ? [] : [line.trimEnd()]].join('\n')
}

/** A word that is longer than a line is cut. */
function piecesOf(chunk: string, width: number): string[] {
  return chunk.length <= width ? [chunk] : chunk.match(new RegExp(`.{1,${width}}`, 'gsu')) ?? [chunk]
}
