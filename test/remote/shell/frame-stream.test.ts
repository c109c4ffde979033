import { describe, expect, it } from 'vitest'
import { FrameStream } from '../../../src/remote/shell/frame-stream.ts'

const TOKEN = 'aaaTOKEN'

/** What is taken from a stream that arrives in pieces of a size. */
function taken(text: string, size: number): readonly unknown[] {
  const found: unknown[] = []
  const stream = new FrameStream(TOKEN, ({ sequence, kind, text: said }, output) => { found.push([output.toString('latin1'), sequence, kind, said]) })
  const bytes = Buffer.from(text, 'latin1')
  for (let at = 0; at < bytes.length; at += size) stream.push(bytes.subarray(at, at + size))
  return [...found, stream.rest().toString('latin1')]
}

describe('frame stream', () => {
  it.each([1, 2, 3, 7, 11, 1000])('finds markers in pieces of %d bytes', (size) => {
    const text = `before${TOKEN}:0:e0;${TOKEN}:1:nready;aaaTOKE\0\xff;${TOKEN}:1:e127;aaa${TOKEN}:2:e;rest aaaTOK`
    expect(taken(text, size)).toEqual([
      ['before', 0, 'end', '0'], ['', 1, 'note', 'ready'], ['aaaTOKE\0\xff;', 1, 'end', '127'], ['aaa', 2, 'end', ''], 'rest aaaTOK',
    ])
  })

  it('takes a token alone for output', () => {
    expect(taken(`x ${TOKEN} y`, 5)).toEqual([`x ${TOKEN} y`])
  })
})
