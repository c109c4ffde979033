import { describe, expect, it } from 'vitest'
import { dictDelete, dictGet, dictHas, dictSet, valuesEqual } from '../../src/value/equal.ts'
import { Float } from '../../src/value/float.ts'
import { fromJson, toJson } from '../../src/value/json.ts'
import { LazyDict } from '../../src/value/lazy-dict.ts'
import { compareText, compareValues } from '../../src/value/order.ts'
import { requireKnown } from '../../src/value/require-known.ts'
import { reprOf, textOf } from '../../src/value/text.ts'
import { isTrue } from '../../src/value/truth.ts'
import { Tuple } from '../../src/value/tuple.ts'
import { typeName } from '../../src/value/type-name.ts'
import { Undefined } from '../../src/value/undefined.ts'
import { Unknown, UnknownValueError } from '../../src/value/unknown.ts'
import { UndefinedUseError, ValueTypeError } from '../../src/value/use-error.ts'
import type { Value } from '../../src/value/value.ts'

/** Rows with a title in front: what JSON cannot print would break the title. */
function titled<Row extends readonly [Value, ...unknown[]]>(rows: readonly Row[]): (readonly [string, ...Row])[] {
  return rows.map((row) => [reprOf(row[0]), ...row] as const)
}

describe('truth', () => {
  it.each(titled<[Value, boolean]>([
    [0, false], [1, true], [0n, false], [new Float(0), false], [new Float(0.1), true], ['', false], ['0', true], [null, false],
    [[], false], [[0], true], [new Map(), false], [new Map([[1, 1]]), true], [new Tuple([]), false], [new Tuple([0]), true], [new Uint8Array(), false],
  ]))('of %s is right', (_title, value, expected) => {
    expect(isTrue(value)).toBe(expected)
  })
})

describe('equality', () => {
  it.each(titled<[Value, Value, boolean]>([
    [1, new Float(1), true], [1, true, true], [0, false, true], ['1', 1, false], [null, 0, false], [null, null, true], [2n ** 70n, 2n ** 70n, true], [1n, 1, true],
    [[1, 'a'], [new Float(1), 'a'], true], [[1], new Tuple([1]), false], [new Tuple([1]), new Tuple([1]), true], [new Float(NaN), new Float(NaN), false],
    [new Map<Value, Value>([['a', 1], ['b', 2]]), new Map<Value, Value>([['b', 2], ['a', 1]]), true], [new Map([['a', null]]), new Map([['b', null]]), false],
  ]))('of %s is right', (...[, left, right, expected]) => {
    expect(valuesEqual(left, right)).toBe(expected)
    expect(valuesEqual(right, left)).toBe(expected)
  })

  it('holds for keys of dicts', () => {
    const dict = new Map<Value, Value>([[1, 'one'], [new Tuple([1, 2]), 'pair'], [null, 'none']])
    expect(dictGet(dict, new Float(1))).toBe('one')
    expect(dictGet(dict, true)).toBe('one')
    expect(dictGet(dict, new Tuple([1, 2]))).toBe('pair')
    expect(dictGet(dict, null)).toBe('none')
    expect(dictHas(dict, '1')).toBe(false)
    dictSet(dict, new Float(1), 'uno')
    expect(dict.get(1)).toBe('uno')
    dictDelete(dict, new Tuple([1, 2]))
    expect(dict.size).toBe(2)
  })
})

describe('order', () => {
  it('sorts as Python does', () => {
    expect([3, new Float(1.5), true, 2n ** 60n].sort(compareValues)).toEqual([true, new Float(1.5), 3, 2n ** 60n])
    expect(['b', 'B', 'a', 'ä', '\u{1F600}', '\uFF01'].sort(compareText)).toEqual(['B', 'a', 'b', 'ä', '\uFF01', '\u{1F600}'])
    expect(compareValues([1, 2], [1, 2, 0])).toBeLessThan(0)
  })

  it('refuses what has none', () => {
    expect(() => compareValues(1, 'a')).toThrow(ValueTypeError)
    expect(() => compareValues([1], new Tuple([1]))).toThrow(ValueTypeError)
    expect(() => compareValues(null, null)).toThrow(ValueTypeError)
  })
})

describe('text', () => {
  it.each(titled<[Value, string, string]>([
    ['it', 'it', "'it'"], ["it's", "it's", '"it\'s"'], ['a\n\t\\', 'a\n\t\\', "'a\\n\\t\\\\'"], [null, 'None', 'None'], [true, 'True', 'True'],
    [new Float(8), '8.0', '8.0'], [new Float(1e16), '1e+16', '1e+16'], [new Float(0.0001), '0.0001', '0.0001'], [new Float(0.00001), '1e-05', '1e-05'], [new Float(-0), '-0.0', '-0.0'],
    [[1, 'a', null], "[1, 'a', None]", "[1, 'a', None]"], [new Tuple([1]), '(1,)', '(1,)'], [new Tuple([]), '()', '()'], [new Map<Value, Value>([['a', 1], [2, [true]]]), "{'a': 1, 2: [True]}", "{'a': 1, 2: [True]}"],
    [2n ** 64n, '18446744073709551616', '18446744073709551616'], [new Uint8Array([97, 0]), 'a\0', "b'a\\x00'"],
  ]))('of %s is right', (...[, value, text, repr]) => {
    expect(textOf(value)).toBe(text)
    expect(reprOf(value)).toBe(repr)
  })
})

describe('types', () => {
  it.each(titled<[Value, string]>([
    ['a', 'str'], [1, 'int'], [1n, 'int'], [new Float(1), 'float'], [true, 'bool'], [null, 'NoneType'], [[], 'list'], [new Map(), 'dict'], [new Tuple([]), 'tuple'],
  ]))('%s has its name', (_title, value, expected) => {
    expect(typeName(value)).toBe(expected)
  })
})

describe('json', () => {
  it('keeps what JSON can say', () => {
    const json = { a: [1, 1.5, null, true, 'x'], b: { c: {} } }
    expect(toJson(fromJson(json))).toEqual(json)
    expect(fromJson(1.5)).toEqual(new Float(1.5))
  })
})

describe('undefined and unknown values', () => {
  it('cannot be used', () => {
    expect(() => requireKnown(new Undefined('x'))).toThrow(UndefinedUseError)
    expect(() => isTrue(new Undefined('x'))).toThrow("'x' is undefined")
    expect(() => textOf([new Undefined('x')])).toThrow(UndefinedUseError)
    expect(() => valuesEqual(new Unknown('a command'), 1)).toThrow(UnknownValueError)
    expect(() => compareValues(new Unknown('a command'), 1)).toThrow('Depends on a command')
  })
})

describe('lazy dict', () => {
  const asked: Value[] = []
  const dict = new LazyDict({
    keys: () => ['a', 'b'],
    get: (key) => {
      asked.push(key)
      return key === 'a' || key === 'b' ? `${key}!` : undefined
    },
  })

  it('computes only what is asked for', () => {
    expect(dict.get('a')).toBe('a!')
    expect(dict.has('z')).toBe(false)
    expect(dict.size).toBe(2)
    expect([...dict.keys()]).toEqual(['a', 'b'])
    expect(asked).toEqual(['a', 'z'])
    expect([...dict]).toEqual([['a', 'a!'], ['b', 'b!']])
    expect([...dict.values()]).toEqual(['a!', 'b!'])
  })

  it('cannot be changed', () => {
    const plain: Map<Value, Value> = dict
    expect(() => plain.set('a', 1)).toThrow(TypeError)
    expect(() => plain.delete('a')).toThrow(TypeError)
  })
})
