import { readFileSync, writeFileSync } from 'node:fs'

// Draws a terminal's text with ANSI colours (tmux capture-pane -e -p) as SVG: tsx test/lab/picture.ts < capture > docs/region-merge.svg
const CELL = { width: 8.4, height: 18 }
const PALETTE: Readonly<Record<number, string>> = {
  31: '#f7768e', 32: '#9ece6a', 33: '#e0af68', 34: '#7aa2f7', 35: '#bb9af7', 36: '#7dcfff', 39: '#c0caf5',
}

interface Style { readonly colour: string, readonly isBold: boolean, readonly isDim: boolean }

const PLAIN: Style = { colour: '#c0caf5', isBold: false, isDim: false }

writeFileSync(1, drawScreen(readFileSync(0, 'utf8').replace(/\s+$/, '').split('\n')))

function drawScreen(lines: readonly string[]): string {
  const columns = Math.max(...lines.map((line) => [...withoutEscapes(line)].length))
  const width = Math.ceil(columns * CELL.width + 32)
  const height = lines.length * CELL.height + 52
  const rows = lines.map((line, index) => drawLine(line, 48 + index * CELL.height)).join('\n')
  const dots = ['#f7768e', '#e0af68', '#9ece6a'].map((colour, index) => `<circle cx="${20 + index * 20}" cy="18" r="6" fill="${colour}"/>`).join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<rect width="100%" height="100%" rx="8" fill="#1a1b26"/>${dots}
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" xml:space="preserve">
${rows}
</g>
</svg>
`
}

function drawLine(line: string, y: number): string {
  let style = PLAIN
  let column = 0
  const spans: string[] = []
  for (const [, codes, text = ''] of line.matchAll(/(?:\u001b\[([\d;]*)m)?([^\u001b]*)/g)) {
    if (codes !== undefined) style = codes.split(';').reduce((current, code) => applyCode(current, Number(code)), style)
    if (text.trim() !== '') spans.push(`<text x="${(16 + column * CELL.width).toFixed(1)}" y="${y}" ${attributes(style)} textLength="${([...text].length * CELL.width).toFixed(1)}">${escape(text)}</text>`)
    column += [...text].length
  }
  return spans.join('')
}

function applyCode(style: Style, code: number): Style {
  if (code === 0) return PLAIN
  if (code === 1) return { ...style, isBold: true }
  if (code === 2) return { ...style, isDim: true }
  if (code === 22) return { ...style, isBold: false, isDim: false }
  return { ...style, colour: PALETTE[code] ?? style.colour }
}

function attributes({ colour, isBold, isDim }: Style): string {
  return `fill="${colour}"${isBold ? ' font-weight="bold"' : ''}${isDim ? ' opacity="0.55"' : ''}`
}

function withoutEscapes(line: string): string {
  return line.replaceAll(/\u001b\[[\d;]*m/g, '')
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
