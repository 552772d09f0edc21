import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claim, holderOf } from './claim.ts';

let data = '';
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'datamesh-claim-'));
});
afterEach(() => rm(data, { recursive: true }));

describe('the claim on a data folder', () => {
  it('is held until it is given back', async () => {
    expect(await holderOf(data)).toBeUndefined();
    const release = await claim(data);
    expect(await holderOf(data)).toEqual({ pid: process.pid });
    await release();
    expect(await holderOf(data)).toBeUndefined();
  });

  it('does not outlive its holder, even where the process id lives on', async () => {
    await writeFile(join(data, 'running.json'), JSON.stringify({ pid: process.pid, port: 1, word: 'gone' }));
    expect(await holderOf(data)).toBeUndefined();
  });
});
