import { randomInt } from 'node:crypto'
import type { Value } from '../value/value.ts'
import { bind, flagArgument, numberArgument } from './arguments.ts'

const WORDS = `ab ac ad amet ante aptent arcu at auctor augue bibendum blandit commodo congue consequat conubia cras cubilia cum cursus dapibus diam dictum dolor donec duis egestas eget elit
  enim erat eros est et eu ex facilisi fames felis fermentum feugiat fringilla fusce gravida habitant hendrerit iaculis id imperdiet in integer ipsum justo lacinia lacus laoreet lectus leo libero
  ligula lobortis lorem luctus maecenas magna malesuada massa mattis mauris metus mi mollis montes morbi nam nec neque nibh nisi nisl non nulla nunc odio orci ornare pede pellentesque
  penatibus pharetra placerat platea porta posuere potenti praesent pretium primis proin pulvinar purus quam quis rhoncus risus rutrum sagittis sapien sed sem semper senectus sit sociis
  sodales suscipit tellus tempor tempus tincidunt torquent tortor tristique turpis ullamcorper ultrices urna ut varius vehicula vel velit venenatis vestibulum vitae vivamus viverra volutpat`.split(/\s+/)

/** Jinja's `lipsum()`: paragraphs that mean nothing. */
export function lipsum(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['n', 'html', 'min', 'max'], args, named)
  const [least, most] = [numberArgument(bound.min, 20), numberArgument(bound.max, 100)]
  const paragraphs = Array.from({ length: numberArgument(bound.n, 5) }, () => paragraph(most > least ? randomInt(least, most) : least))
  return flagArgument(bound.html, true) ? paragraphs.map((text) => `<p>${text}</p>`).join('\n') : paragraphs.join('\n\n')
}

/** Sentences of a few words, with commas now and then. */
function paragraph(length: number): string {
  let [text, left] = ['', 0]
  for (let index = 0; index < length; index++) {
    const word = WORDS[randomInt(WORDS.length)] ?? ''
    text += left === 0 ? `${index === 0 ? '' : '. '}${word.charAt(0).toUpperCase()}${word.slice(1)}` : `${randomInt(8) === 0 ? ',' : ''} ${word}`
    left = left === 0 ? randomInt(5, 15) : left - 1
  }
  return `${text}.`
}
