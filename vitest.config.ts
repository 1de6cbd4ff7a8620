import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

// Thousands of workers and commands start in the tests, and each would read the same sources anew: up to a quarter of all that is
// computed. The place is the one that `tools/run.mjs` has for commands.
process.env.NODE_COMPILE_CACHE ??= resolve(import.meta.dirname, 'node_modules/.cache/styrk-compiled');

const standIn = resolve(import.meta.dirname, 'tools/electron-stand-in');

// What cryptography decides, once more with other engines than this runtime's own (decision 0001): Wycheproof's vectors,
// real objects, the German list, every specimen.
const engine = (name: 'noble-alone' | 'mixed') => ({
  test: {
    name,
    include: [
      'tests/unit/crypto/wycheproof.test.ts',
      'tests/unit/trust/real-security-objects.test.ts',
      'tests/unit/trust/real-master-list.test.ts',
      'tests/unit/inspection/specimens.test.ts',
      'tests/unit/records/*.test.ts',
    ],
    setupFiles: [resolve(import.meta.dirname, `tests/support/engines/${name}.ts`)],
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});

/*
 * Units that only compute share one process for all their files: half of what such a file costs is loading the same modules
 * anew. Whatever opens folders, starts threads or keeps a state of its module has a process for each file.
 */
const unit = { testTimeout: 120_000, hookTimeout: 60_000 };
const computing =
  'answer|chip|crypto|document|holders|inspection|records|reader|renderer|protocols|resources|result|simulator|trust|verification';
// They put modules or globals of their own in place of others, or look at a module before anything used it.
const onTheirOwn = [
  'tests/unit/crypto/engines.test.ts',
  'tests/unit/chip/secrets-wiped.test.ts',
  'tests/unit/trust/many-certificates.test.ts',
  'tests/unit/renderer/languages.test.ts',
  'tests/unit/reader/pcscd-binding.test.ts',
];

/*
 * Where it is morning now: what is run there ends on the day on which it began. A specimen is issued for a day, the office counts a
 * day's cases, and a spec that runs across midnight would hold yesterday's to today's.
 */
function morningZone(): string {
  const ahead = ((8 - new Date().getUTCHours() + 35) % 24) - 11;
  // POSIX counts them the other way round.
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

// One runner. `unit`, `unit-alone` and `conformance` touch neither reader nor window, `integration` talks to a real pcscd,
// `e2e` opens windows, each with a pcscd and folders of its own. Only `integration` goes one file at a time: its files
// start services, databases and servers, and some hold the machine to what it can do at once.
export default defineConfig({
  test: {
    // Both cores of a small machine: left to itself the runner keeps one of two for its own.
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...unit,
          name: 'unit',
          include: [`tests/unit/(${computing})/**/*.test.ts`],
          exclude: onTheirOwn,
          isolate: false,
        },
      },
      {
        test: {
          ...unit,
          name: 'unit-alone',
          include: [`tests/unit/!(${computing})/**/*.test.ts`, 'tools/**/*.test.ts', ...onTheirOwn],
          exclude: ['**/*.integration.test.ts', '**/*.screens.test.ts'],
        },
      },
      engine('noble-alone'),
      engine('mixed'),
      // Against what was built: the only one of these that needs `npm run build` before it.
      { test: { name: 'red-team', include: ['tests/red-team/**/*.test.ts'], testTimeout: 120_000 } },
      { test: { name: 'conformance', include: ['tests/conformance/**/*.test.ts'], testTimeout: 240_000 } },
      // Every scene in a browser, looked at by axe-core: minutes of one core, and none of the machine's devices.
      { test: { name: 'screens', include: ['tools/**/*.screens.test.ts'], testTimeout: 120_000 } },
      {
        // What runs in the app's main process gets the stand-in here, so that no test imports a file of it.
        resolve: { alias: { electron: resolve(standIn, 'electron.ts') } },
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts', 'tools/**/*.integration.test.ts'],
          setupFiles: [resolve(standIn, 'in-tests.ts')],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          env: { TZ: morningZone() },
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
