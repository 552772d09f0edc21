import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { FLAGS } from './e2e/harness/flags.ts';
import { hand } from './host/src/testing/hand.commands.ts';
import { publishedFiles } from './host/src/testing/published.plugin.ts';
import { installedBrowser } from './scripts/setup/browser.ts';

// What runs beside what: suites and journeys wait for their servers most of the time, so that two fill two cores.
const unitWorkers = Math.max(2, availableParallelism() - 1);
const JOURNEY_WORKERS = 2;

// Never one that has to be fetched first: `npm test` does that, and says which one it is.
const chromium = process.env['CHROMIUM_PATH'] ?? installedBrowser();

const built = [
  '**/node_modules/**',
  '**/dist/**',
  '**/dist-package/**',
  '**/templates/**',
  '**/dist-server/**',
  '**/dist-data/**',
  '.data/**',
  '.cache/**',
];

const SOURCES = '{packages,registry-api,tracker,host,remotes,scripts,tools,bench}/**';
/** What runs a database or a process says so by its name. */
const INTEGRATION = `${SOURCES}/*.{api,contract,process,integration}.test.ts`;

/** Long enough for a busy machine: they end what hangs, and say nothing about speed. */
const patient = { testTimeout: 180_000, hookTimeout: 300_000, expect: { poll: { timeout: 60_000, interval: 20 } } };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [`${SOURCES}/*.test.{ts,tsx}`],
          exclude: [...built, INTEGRATION, '**/*.engines.test.ts', '**/*.browser.test.{ts,tsx}'],
          environment: 'node',
          // In processes that they share: tools/vitest/clean-up.ts
          isolate: false,
          setupFiles: ['tools/vitest/clean-up.ts'],
          maxWorkers: unitWorkers,
          ...patient,
        },
      },
      {
        // On a real MongoDB and the embedded stores, and processes that are killed.
        test: {
          name: 'integration',
          include: [INTEGRATION],
          exclude: built,
          environment: 'node',
          // Native modules (DuckDB) want a process of their own, not a thread.
          pool: 'forks',
          maxWorkers: unitWorkers,
          globalSetup: ['tools/test-servers/mongo/vitest-setup.ts'],
          ...patient,
        },
      },
      {
        // What needs a browser, and neither a service nor the build: rooms of the page, each by itself.
        cacheDir: '.cache/vite',
        plugins: [publishedFiles()],
        // As host/rspack.config.ts: the federation runtime's Node half is left out.
        resolve: { alias: { '@rjsf/validator-ajv8': join(import.meta.dirname, 'host/src/testing/no-validator.ts') } },
        define: { ENV_TARGET: '"web"' },
        optimizeDeps: {
          entries: ['host/src/**/*.browser.test.{ts,tsx}'],
          // What is found out only while tests run would have them start once more.
          include: ['react', 'react-dom', 'react-dom/client', 'react/jsx-runtime', 'react/jsx-dev-runtime'],
        },
        test: {
          name: 'browser',
          include: ['host/src/**/*.browser.test.{ts,tsx}'],
          exclude: built,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 20_000, interval: 20 } },
          browser: {
            enabled: true,
            headless: true,
            provider: playwright({
              launchOptions: { ...(chromium ? { executablePath: chromium } : {}), args: FLAGS },
              // Room for the page that is tested: it would be scaled down into a smaller one.
              contextOptions: { viewport: { width: 1440, height: 900 } },
            }),
            instances: [{ browser: 'chromium', viewport: { width: 1280, height: 800 } }],
            screenshotFailures: false,
            // Nothing around the page that a hand would have to reach over.
            ui: false,
            commands: { hand },
          },
        },
      },
      {
        test: {
          // On a real Kafka and a real Apache Pinot: one pair at a time, as each takes a gigabyte and minutes.
          name: 'engines',
          include: ['{tracker,tools,e2e}/**/*.engines.test.ts'],
          exclude: built,
          environment: 'node',
          pool: 'forks',
          fileParallelism: false,
          maxWorkers: 1,
          testTimeout: 300_000,
          expect: { poll: { timeout: 60_000, interval: 100 } },
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          // On a real Kubernetes and Argo CD, in namespaces that scripts/test/cluster.ts makes.
          name: 'cluster',
          include: ['e2e/cluster/*.cluster.ts'],
          exclude: built,
          environment: 'node',
          pool: 'forks',
          fileParallelism: false,
          maxWorkers: 1,
          // What takes a second on a quiet machine took two minutes on a starved one.
          testTimeout: 1_800_000,
          expect: { poll: { timeout: 300_000, interval: 100 } },
          hookTimeout: 900_000,
        },
      },
      {
        test: {
          // Some hundred megabytes of other makers' packages from the registry: by hand, and no part of what proves a change.
          name: 'zoo',
          include: ['e2e/zoo/*.zoo.ts'],
          exclude: built,
          environment: 'node',
          pool: 'forks',
          fileParallelism: false,
          maxWorkers: 1,
          globalSetup: ['e2e/harness/global-setup.ts'],
          testTimeout: 600_000,
          expect: { poll: { timeout: 60_000, interval: 100 } },
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.ts'],
          exclude: built,
          environment: 'node',
          pool: 'forks',
          maxWorkers: JOURNEY_WORKERS,
          globalSetup: ['e2e/harness/global-setup.ts'],
          // Long enough for a machine that is busy with something else as well.
          testTimeout: 600_000,
          expect: { poll: { timeout: 120_000, interval: 100 } },
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
