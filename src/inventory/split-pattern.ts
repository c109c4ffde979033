/** The parts of a host pattern: separated by commas or, without any, by colons outside brackets. An IPv6 address stays whole. */
export function splitPattern(pattern: string): string[] {
  const parts = pattern.includes(',') || /[\r\n]/.test(pattern) ? pattern.split(/[,\r\n]/) : splitColons(pattern)
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

function splitColons(pattern: string): string[] {
  const text = pattern.trim()
  if (isIpv6(text) || /^[\w.-]+:\d+$/.test(text)) return [text.replace(/(?<=^[\w.-]+):\d+$/, '')]
  if (text.startsWith('~')) return [text]
  return text.match(/(?:[^\s:[\]]|\[[^\]]*\])+/g) ?? []
}

function isIpv6(text: string): boolean {
  return /^[0-9a-fA-F:.]*::?[0-9a-fA-F:.]*$/.test(text) && (text.match(/:/g) ?? []).length >= 2 && /^(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F.]*$/.test(text)
}
