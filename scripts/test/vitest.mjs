import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { relative } from 'node:path';
import { at, ROOT } from '../setup/repository.mjs';

/**
 * Runs one of vitest's projects; { passed, failed, skipped } out of its own report, never out of its exit code alone. `under`: the words of a
 * command that runs it.
 */
export async function runProject(project, env = {}, under = []) {
  const report = at('.cache/test', `${project}.json`);
  await mkdir(at('.cache/test'), { recursive: true });
  await rm(report, { force: true });
  const [program, ...args] = [
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
  const code = await new Promise((resolve, reject) => {
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

async function readCounts(report) {
  try {
    return countsOf(JSON.parse(await readFile(report, 'utf8')));
  } catch (error) {
    if (error.code !== 'ENOENT' && !(error instanceof SyntaxError)) throw error;
    return { passed: 0, failed: 1, skipped: 0, failures: [`no report at ${report}: the run ended before it wrote one`] };
  }
}

/** A file that could not be loaded counts as one failed test. */
export function countsOf(report) {
  const unloaded = report.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: report.testResults.flatMap(failuresOf),
  };
}

/** Of one file: each failed test, or the file when it did not load, with the first lines of its reason. */
function failuresOf({ name, status, message, assertionResults }) {
  const file = relative(ROOT, name);
  if (status === 'failed' && assertionResults.length === 0) return [`${file}: ${beginning(message)}`];
  return assertionResults
    .filter((test) => test.status === 'failed')
    .map((test) => `${file} > ${test.fullName}\n${beginning(test.failureMessages.join('\n'))}`);
}

const beginning = (text) => text.split('\n').slice(0, 8).join('\n').slice(0, 2000);
