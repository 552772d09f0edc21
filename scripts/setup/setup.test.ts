import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isNewEnough, WANTED } from './node/bring.mjs';
import { requireFreePorts } from './ports.ts';

describe('Node’s version', () => {
  it.each([
    ['24.0.0', true],
    ['26.1.0', true],
    ['100.0.0', true],
    ['23.11.1', false],
    ['20.20.2', false],
    ['18.99.99', false],
  ])('%s: %s', (version, right) => expect(isNewEnough(version)).toBe(right));
});

describe('the Node that is brought', () => {
  const root = join(import.meta.dirname, '../..');
  const text = (path: string) => readFileSync(join(root, path), 'utf8');

  it('is pinned by version and integrity for every platform, and new enough', () => {
    const lock = JSON.parse(text('scripts/setup/node/package-lock.json')) as {
      packages: Record<string, { version: string; integrity: string; os: string; cpu: string }>;
    };
    const builds = Object.entries(lock.packages).filter(([path]) => path !== '');
    expect(builds.map(([, { os, cpu }]) => `${os} ${cpu}`).sort()).toEqual(
      ['darwin arm64', 'darwin x64', 'linux arm64', 'linux x64', 'win32 x64'].sort(),
    );
    for (const [path, { version, integrity }] of builds) {
      expect(isNewEnough(version), path).toBe(true);
      expect(integrity, path).toMatch(/^sha512-/);
    }
  });

  it('is the one that the repository says it needs', () => {
    expect(JSON.parse(text('package.json')).engines.node).toBe(`>=${WANTED}`);
    expect(text('.nvmrc').trim()).toBe(String(WANTED));
  });
});

describe('what is run by whatever Node there is', () => {
  const folder = join(import.meta.dirname, '..');

  it.each(readdirSync(folder).filter((name) => name.endsWith('.mjs')))(
    '%s loads nothing of ours before the Node that is needed',
    (name) => {
      const loaded = [...readFileSync(join(folder, name), 'utf8').matchAll(/^import [^']*'([^']+)'/gm)].map(([, from]) => from);
      expect(loaded.filter((from) => !from?.startsWith('node:'))).toEqual(['./setup/node/bring.mjs']);
    },
  );
});

describe('ports', () => {
  it('names the port that is taken, what it is for and how to choose another', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    try {
      const wanted = [{ port, name: 'tracker', variable: 'PORT_TRACKER' }];
      await expect(requireFreePorts(wanted)).rejects.toThrow(
        `Port ${port} (tracker) is taken: stop what uses it, or choose another with PORT_TRACKER.`,
      );
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
    await expect(requireFreePorts([{ port, name: 'tracker', variable: 'PORT_TRACKER' }])).resolves.toBeUndefined();
  });
});
