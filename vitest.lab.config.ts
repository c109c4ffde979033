import { defineConfig } from 'vitest/config'

/** Tests on real servers: three files at a time, each with labs of its own, since they mostly wait, and with time for whole merges. */
export default defineConfig({
  test: {
    include: ['test/lab/**/*.test.ts', 'test/e2e/**/*.test.ts', 'test/differential/**/*.test.ts', 'test/parity/**/*.test.ts', 'test/examples/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 600_000,
    maxWorkers: 3,
    pool: 'forks',
  },
})
