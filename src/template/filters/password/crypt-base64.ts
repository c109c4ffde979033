const DIGITS = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Three bytes, least significant bits first, as crypt(3) writes them. */
export function cryptBase64(bytes: readonly number[], length: number): string {
  let value = bytes.reduce((sum, byte) => sum << 8 | byte, 0)
  let text = ''
  for (let index = 0; index < length; index++) {
    text += DIGITS.charAt(value & 63)
    value >>= 6
  }
  return text
}
