import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const repository = join(import.meta.dirname, '../..');

it('workflows have no rights that they do not name, and actions are pinned by commit', () => {
  for (const file of globSync('.github/workflows/*.yml', { cwd: repository })) {
    const text = readFileSync(join(repository, file), 'utf8');
    const { permissions, jobs } = parse(text) as { permissions?: unknown; jobs: Record<string, { permissions?: Record<string, string> }> };
    expect([basename(file), permissions]).toEqual([basename(file), expect.anything()]);
    expect([{}, { contents: 'read' }]).toContainEqual(permissions);
    for (const [, used] of text.matchAll(/uses: (.*)/g)) expect(used).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d/);
    const signing = Object.values(jobs).filter((job) => job.permissions?.['id-token'] === 'write');
    if (basename(file) === 'publish.yml') expect(signing).toHaveLength(1);
    else expect(signing).toEqual([]);
    expect(text).not.toMatch(/secrets\./);
  }
});
