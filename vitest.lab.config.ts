import { defineConfig } from 'vitest/config'

/** Tests on real servers: one file after another, since they share labs, and with time for whole merges. */
export default defineConfig({
  test: {
    include: ['test/lab/**/*.test.ts', 'test/e2e/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 600_000,
    fileParallelism: false,
    maxWorkers: 1,
    pool: 'forks',
  },
})
