import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BootstrapFileRefused, openBootstrapSecret } from './bootstrap';
import { sameSecret } from './secrets';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bootstrap-'));
  file = join(folder, 'below', 'bootstrap.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the bootstrap secret', () => {
  it('is made once, for its owner’s eyes', async () => {
    const secret = await openBootstrapSecret(file);
    expect(secret).toMatch(/^dmb_[A-Za-z0-9_-]{43}$/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ secret });
    expect(await openBootstrapSecret(file)).toBe(secret);
  });

  it('is one for all who start at once: nobody finds half of it', async () => {
    const secrets = await Promise.all(Array.from({ length: 20 }, () => openBootstrapSecret(file)));
    expect(new Set(secrets).size).toBe(1);
    expect(readdirSync(dirname(file))).toEqual(['bootstrap.json']);
  });

  it('is refused when everybody can read it', async () => {
    await openBootstrapSecret(file);
    chmodSync(file, 0o644);
    await expect(openBootstrapSecret(file)).rejects.toThrow(/chmod 600/);
  });

  it.each(['', '{}', '{"secret":"short"}', '{"secret":"dmb_x"}', 'null'])('is refused when the file holds %j', async (text) => {
    await openBootstrapSecret(file);
    writeFileSync(file, text);
    await expect(openBootstrapSecret(file)).rejects.toThrow(BootstrapFileRefused);
  });

  it('equals itself and nothing else', () => {
    expect(sameSecret('dmb_a', 'dmb_a')).toBe(true);
    expect(sameSecret('dmb_a', 'dmb_b')).toBe(false);
    expect(sameSecret('dmb_a', 'dmb_aa')).toBe(false);
  });
});
