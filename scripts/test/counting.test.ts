import { describe, expect, it } from 'vitest';
import { at } from '../setup/repository.ts';
import { Parts } from './parts.ts';
import { Tally } from './tally.ts';
import { countsOf } from './vitest.ts';

it('a part that had nothing to do is done: what comes after it runs', async () => {
  const run = new Parts();
  expect(await run.part('a build of which nothing changed', async () => 0)).toBe(true);
  expect(await run.part('an installation', async () => undefined)).toBe(true);
  expect(await run.part('a browser', async () => '/usr/bin/chromium')).toBe('/usr/bin/chromium');
  expect(
    await run.part('a build that fails', async () => {
      throw new Error('it does not build');
    }),
  ).toBe(false);
});

describe('the last line of a test run', () => {
  const tally = (counts: { passed?: number; failed?: number; skipped?: number }) => {
    const made = new Tally();
    made.add(counts);
    return made;
  };

  it('is right with failures and with none', () => {
    expect(tally({ passed: 3 }).result(false)).toEqual({ line: '3 passed, 0 failed', code: 0 });
    expect(tally({ passed: 3, failed: 1 }).result(false)).toEqual({ line: '3 passed, 1 failed', code: 1 });
  });

  it('names what was skipped, and fails on it in CI', () => {
    expect(tally({ passed: 3, skipped: 2 }).result(false)).toEqual({ line: '3 passed, 0 failed, 2 skipped', code: 0 });
    expect(tally({ passed: 3, skipped: 2 }).result(true)).toEqual({ line: '3 passed, 2 failed', code: 1 });
  });

  it('does not call it a success when nothing ran', () => {
    expect(tally({}).result(false).code).toBe(1);
  });

  it('counts a file that did not load, and names what failed with its reason', () => {
    const report = {
      numPassedTests: 2,
      numFailedTests: 1,
      numPendingTests: 1,
      numTodoTests: 0,
      testResults: [
        { name: at('a/gone.test.ts'), status: 'failed', message: 'No such module', assertionResults: [] },
        {
          name: at('a/b.test.ts'),
          status: 'failed',
          message: '',
          assertionResults: [
            { status: 'passed', fullName: 'b is right', failureMessages: [] },
            { status: 'failed', fullName: 'b is quick', failureMessages: ['expected 1 to be 2\n at b.test.ts:1'] },
          ],
        },
      ],
    };
    expect(countsOf(report)).toEqual({
      passed: 2,
      failed: 2,
      skipped: 1,
      failures: ['a/gone.test.ts: No such module', 'a/b.test.ts > b is quick\nexpected 1 to be 2\n at b.test.ts:1'],
    });
  });
});
