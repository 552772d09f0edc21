import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { build } from '../../build';

it('the built script is under 1.5 KB gzipped and does nothing that a strict policy or a privacy officer forbids', async () => {
  const outdir = await mkdtemp(join(tmpdir(), 'tracker-script-'));

  await build(outdir);
  const script = await readFile(join(outdir, 'tracker.js'), 'utf8');
  await rm(outdir, { recursive: true });
  expect(gzipSync(script, { level: 9 }).length).toBeLessThan(1536);
  expect(script).not.toMatch(/cookie|localStorage|sessionStorage|indexedDB|innerHTML|\beval\b|new Function|setAttribute\(['"]on/);
});
