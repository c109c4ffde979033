/** Rows of a CSV text; quoted fields may hold delimiters, line ends and doubled quotes. */
export function parseCsv(text: string, delimiter: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const separator = delimiter.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
  const field = new RegExp(`("(?:[^"]|"")*"|[^\\r\\n${separator}]*)(${separator}|\\r\\n|\\n|\\r|$)`, 'gy')
  for (const [whole, content = '', end] of text.matchAll(field)) {
    if (whole === '' && row.length === 0) break
    row.push(content.startsWith('"') ? content.slice(1, -1).replaceAll('""', '"') : content)
    if (end === delimiter) continue
    rows.push(row)
    row = []
    if (end === '') break
  }
  return rows
}
