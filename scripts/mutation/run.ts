import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { at, ROOT } from '../setup/repository.ts';
import type { Room } from './rooms.ts';

/** What is copied to where it is mutated; packages are found from there through node_modules, as they are. */
const NEEDED = ['packages', 'registry-api', 'tracker', 'host', 'scripts', 'tools', 'package.json', 'tsconfig.base.json'];

type MutantResult = Awaited<ReturnType<Stryker['runMutationTest']>>[number];

/** One mutation that no test noticed. */
export interface Survivor {
  file: string;
  line: number;
  mutation: string;
  /** Whether any test came there. */
  covered: boolean;
}

export interface Outcome {
  killed: number;
  timedOut: number;
  survivors: Survivor[];
}

/** Changes the room's code, one place at a time, and runs its tests against each. */
export async function mutateRoom(name: string, room: Room): Promise<Outcome> {
  process.chdir(ROOT);
  process.env['MUTATION_TESTS'] = room.tests.join('\n');
  await mkdir(at('.cache/mutation'), { recursive: true });
  const results = await new Stryker({
    mutate: room.mutate,
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'scripts/mutation/vitest.config.ts', related: false },
    ignorePatterns: ['/*', ...NEEDED.map((path) => `!/${path}`), '**/node_modules', '**/dist*'],
    disableTypeChecks: false,
    coverageAnalysis: 'perTest',
    // Words for people are no rules.
    mutator: { excludedMutations: ['StringLiteral'] },
    reporters: ['clear-text', 'html'],
    clearTextReporter: { logTests: false, reportTests: false, allowColor: false },
    htmlReporter: { fileName: `.cache/mutation/${name}.html` },
    tempDirName: `.cache/mutation/${name}`,
    concurrency: Math.max(1, availableParallelism() - 1),
    timeoutMS: 10_000,
    allowConsoleColors: false,
  }).runMutationTest();
  return outcomeOf(results);
}

function outcomeOf(results: readonly MutantResult[]): Outcome {
  const of = (...statuses: MutantResult['status'][]): MutantResult[] => results.filter(({ status }) => statuses.includes(status));
  return {
    killed: of('Killed').length,
    timedOut: of('Timeout').length,
    survivors: of('Survived', 'NoCoverage').map(({ fileName, location, mutatorName, replacement, status }) => ({
      file: relative(ROOT, fileName),
      line: location.start.line,
      mutation: `${mutatorName}: ${replacement ?? ''}`,
      covered: status === 'Survived',
    })),
  };
}
