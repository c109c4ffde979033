import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // What modules of one's own import from, as Node's hooks give it to them outside of tests.
  resolve: { alias: { tsplay: resolve(import.meta.dirname, 'src/own/api.ts') } },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/lab/**', 'test/e2e/**', 'test/differential/**', 'test/parity/**', 'test/examples/**', 'node_modules/**'],
    testTimeout: 20_000,
    pool: 'threads',
    maxWorkers: 2,
  },
})
