/** Prepares what the journeys of a run share: one data folder (widgets published, demo company made) that each starts from a copy of. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from './stack';

let run = '';

export async function setup(): Promise<void> {
  run = await mkdtemp(join(tmpdir(), 'datamesh-e2e-run-'));
  const stack = await Stack.start({ data: join(run, 'prepared') });
  const code = await stack.stop({ keepData: true });
  if (code !== 0) throw new Error(`The start script did not stop cleanly (code ${code}):\n${stack.said()}`);
  process.env['E2E_RUN'] = run;
}

export async function teardown(): Promise<void> {
  if (run) await rm(run, { recursive: true, force: true });
}
