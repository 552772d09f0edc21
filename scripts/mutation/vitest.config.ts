/** What Stryker runs: the tests of one room, which run.ts names. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: (process.env['MUTATION_TESTS'] ?? '').split('\n').filter(Boolean),
    environment: 'node',
    testTimeout: 180_000,
    expect: { poll: { timeout: 30_000, interval: 20 } },
  },
});
