import { createRequire, register } from 'node:module'

/** Lets `import()` take TypeScript: Node itself can only since 22.18. Types are taken off, nothing is checked. */
export function acceptTypeScript(): void {
  if ('typescript' in process.features && process.features.typescript !== false) return
  register(`data:text/javascript,${encodeURIComponent(HOOKS)}`, { data: { sucrase: createRequire(import.meta.url).resolve('sucrase') } })
}

/** Runs in Node's thread for such hooks. */
const HOOKS = `
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
let transform
export function initialize({ sucrase }) { transform = createRequire(sucrase)(sucrase).transform }
export async function load(url, context, next) {
  if (!url.startsWith('file:') || !/\\.m?ts$/.test(new URL(url).pathname)) return next(url, context)
  const source = await readFile(new URL(url), 'utf8')
  const { code } = transform(source, { transforms: ['typescript'], disableESTransforms: true, preserveDynamicImport: true, filePath: url })
  return { format: 'module', source: code, shortCircuit: true }
}
`
