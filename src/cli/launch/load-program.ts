import { accessSync, constants, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import vm from 'node:vm'
import type * as Bundled from '../program.ts'

type Program = typeof Bundled

/** The names that the wrapped program sees, as CommonJS has them; `__url` stands for `import.meta.url`. */
const NAMES = ['exports', 'require', 'module', '__filename', '__dirname', '__url']

export interface LoadedProgram extends Program {
  /** Whether code was there that this Node could take over. */
  readonly isWarm: boolean
  /** Writes what has been compiled so far beside the program, for the next start. A folder that cannot be written to is left alone. */
  keepCode(): void
}

/**
 * Loads the bundled program with what V8 compiled of it earlier, which halves the time of a start. Code of another version of Node is not taken
 * over by V8, only compiled anew.
 */
export function loadProgram(file: string): LoadedProgram {
  const cache = `${file}.code`
  const code = readIfThere(cache)
  // The bundler leaves ASCII only, which is read fastest so.
  const script = new vm.Script(`(function (${NAMES.join(', ')}) {${readFileSync(file, 'latin1')}\n})`, {
    filename: file, importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER, ...code && { cachedData: code },
  })
  const module = { exports: {} as Program }
  lendImport()
  const run = script.runInThisContext() as (...values: unknown[]) => void
  run(module.exports, createRequire(file), module, file, dirname(file), pathToFileURL(file).href)
  return {
    runProgram: (argv) => module.exports.runProgram(argv),
    isWarm: code !== undefined && script.cachedDataRejected !== true,
    keepCode: () => { replace(cache, () => script.createCachedData()) },
  }
}

/** Kept code has no `import()` of its own, which files of people's own need: see `src/template/plugins/import-file.ts`. */
function lendImport(): void {
  Object.assign(globalThis, { [Symbol.for('tsplay.import')]: (url: string) => import(url) as Promise<unknown> })
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

/** Another tsplay may be reading it. */
function replace(path: string, content: () => Buffer): void {
  const fresh = `${path}.${process.pid}`
  try {
    accessSync(dirname(path), constants.W_OK)
    writeFileSync(fresh, content())
    renameSync(fresh, path)
  } catch {
    // Without it the program only starts slower.
  }
}
