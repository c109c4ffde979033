import { placeOf } from '../value/placed-map.ts'
import type { Origin } from './host-variables.ts'
import type { LevelContext } from './levels.ts'
import { dictOf, type Lookup } from './look-up.ts'

/** Where each value of a name comes from, strongest first; a dict that counts twice is told once. */
export function originsOf(context: LevelContext, name: string, { levels }: Lookup): Origin[] {
  const seen = new Set<unknown>()
  return levels.flatMap((level) => [...level.layers(context)].flatMap((layer) => {
    const dict = dictOf(layer)
    const value = dict?.get(name)
    if (dict === undefined || value === undefined || seen.has(dict)) return []
    seen.add(dict)
    const range = placeOf(dict, name)
    return [{ level: level.name, value, ...range && { range }, ...layer !== undefined && 'dict' in layer && { of: layer.of } }]
  }))
}
