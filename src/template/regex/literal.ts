/** A character as itself, in and out of a class, in `v` mode: there, some marks may only be escaped in a class, but their codes are right everywhere. */
export function escapeLiteral(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/[\-&!#%,:;<=>@`~]/g, (mark) => `\\x${mark.charCodeAt(0).toString(16)}`).replaceAll('\n', '\\n').replaceAll('\r', '\\r')
}

/** The letter in both cases, or undefined for what has none. */
export function otherCases(text: string): string[] | undefined {
  const cases = [...new Set([text, text.toLowerCase(), text.toUpperCase()])].filter((each) => [...each].length === 1)
  return cases.length > 1 ? cases : undefined
}
