import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { relative } from 'node:path';
import { codeOf } from '../setup/failure.ts';
import { at, ROOT } from '../setup/repository.ts';
import type { Counts } from './tally.ts';

/** What vitest's JSON report says, as far as it is read here. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: ReportedFile[];
}

interface ReportedFile {
  name: string;
  status: string;
  message: string;
  assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
}

/**
 * Runs one of vitest's projects; what it counts is out of its own report, never out of its exit code alone. `under`: the words of a
 * command that runs it.
 */
export async function runProject(project: string, env: NodeJS.ProcessEnv = {}, under: readonly string[] = []): Promise<Counts> {
  const report = at('.cache/test', `${project}.json`);
  await mkdir(at('.cache/test'), { recursive: true });
  await rm(report, { force: true });
  const [program = process.execPath, ...args] = [
    ...under,
    process.execPath,
    at('node_modules/vitest/vitest.mjs'),
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', reject);
    child.once('close', resolve);
  });
  const counts = await readCounts(report);
  // A set-up that threw, or an error outside any test, has no failed test to its name.
  if (code !== 0 && counts.failed === 0) {
    counts.failed = 1;
    counts.failures = [`${project}: an error outside any test (exit code ${code}); it is in what the suite printed`];
  }
  return counts;
}

async function readCounts(report: string): Promise<Required<Counts>> {
  try {
    return countsOf(JSON.parse(await readFile(report, 'utf8')));
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && !(error instanceof SyntaxError)) throw error;
    return { passed: 0, failed: 1, skipped: 0, failures: [`no report at ${report}: the run ended before it wrote one`] };
  }
}

/** A file that could not be loaded counts as one failed test. */
export function countsOf(report: Report): Required<Counts> {
  const unloaded = report.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: report.testResults.flatMap(failuresOf),
  };
}

/** Of one file: each failed test, or the file when it did not load, with the first lines of its reason. */
function failuresOf({ name, status, message, assertionResults }: ReportedFile): string[] {
  const file = relative(ROOT, name);
  if (status === 'failed' && assertionResults.length === 0) return [`${file}: ${beginning(message)}`];
  return assertionResults
    .filter((test) => test.status === 'failed')
    .map((test) => `${file} > ${test.fullName}\n${beginning(test.failureMessages.join('\n'))}`);
}

const beginning = (text: string): string => text.split('\n').slice(0, 8).join('\n').slice(0, 2000);
