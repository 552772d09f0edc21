import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { removeTemporary, replaceDurably } from './durable-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'durable-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('takes away what crashes left of writing a file, and nothing else', async () => {
  const file = join(folder, 'audit-head.json');
  await replaceDurably(file, '{}');
  for (const name of [
    `audit-head.json.${randomUUID()}`,
    `audit-head.json.${randomUUID()}`,
    `registry.db.${randomUUID()}`,
    'audit-head.json.bak',
  ])
    writeFileSync(join(folder, name), '');
  await removeTemporary(file);
  expect(readdirSync(folder).sort()).toEqual(['audit-head.json', 'audit-head.json.bak', expect.stringMatching(/^registry\.db\./)]);
  await removeTemporary(join(folder, 'not', 'there.json'));
});
