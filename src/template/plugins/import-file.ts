const KEY = Symbol.for('tsplay.import')

type Import = (url: string) => Promise<unknown>

/**
 * Imports a file of people's own. The built program is started from code that V8 keeps, in which `import()` is not to be had: whoever started it lends
 * its own, under this name of the process.
 */
export function importFile(url: string): Promise<unknown> {
  const lent = (globalThis as unknown as Partial<Record<typeof KEY, Import>>)[KEY]
  return lent === undefined ? import(url) : lent(url)
}
