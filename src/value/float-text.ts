/** A float as Python's repr writes it: `8.0`, `1e-07`, `1e+16`, `inf`, `nan`. */
export function floatText(number: number): string {
  if (Number.isNaN(number)) return 'nan'
  if (!Number.isFinite(number)) return number > 0 ? 'inf' : '-inf'
  if (Object.is(number, -0)) return '-0.0'
  const magnitude = Math.abs(number)
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e16)) return exponentText(number)
  const text = String(number)
  return text.includes('.') ? text : `${text}.0`
}

function exponentText(number: number): string {
  const [digits = '', exponent = '0'] = number.toExponential().split('e')
  const size = Math.abs(Number(exponent)).toString().padStart(2, '0')
  return `${digits}e${exponent.startsWith('-') ? '-' : '+'}${size}`
}
