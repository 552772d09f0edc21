/** Prepares one data folder (widgets published, demo company made) that each journey starts from a copy of. */
import { rm } from 'node:fs/promises';
import { Stack } from './stack';

let prepared = '';

export async function setup(): Promise<void> {
  const stack = await Stack.start({ fresh: true });
  const code = await stack.stop({ keepData: true });
  if (code !== 0) throw new Error(`The start script did not stop cleanly (code ${code}):\n${stack.said()}`);
  prepared = stack.data;
  process.env['E2E_PREPARED'] = prepared;
}

export async function teardown(): Promise<void> {
  if (prepared) await rm(prepared, { recursive: true, force: true });
}
