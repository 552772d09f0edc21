import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

it('the built script is under 1.5 KB gzipped and does nothing that a strict policy or a privacy officer forbids', async () => {
  const outdir = await mkdtemp(join(tmpdir(), 'tracker-script-'));
  const { build } = (await import(fileURLToPath(new URL('../../build.mjs', import.meta.url)))) as {
    build(outdir: string): Promise<number>;
  };
  await build(outdir);
  const script = await readFile(join(outdir, 'tracker.js'), 'utf8');
  await rm(outdir, { recursive: true });
  expect(gzipSync(script, { level: 9 }).length).toBeLessThan(1536);
  expect(script).not.toMatch(/cookie|localStorage|sessionStorage|indexedDB|innerHTML|\beval\b|new Function|setAttribute\(['"]on/);
});
