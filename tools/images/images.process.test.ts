import { spawn } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ended, line } from '@datamesh/test-servers/process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../kustomize/record.ts';
import { collect, modulesOf } from './collect-modules.ts';
import { pinned } from './pin.ts';

const repository = join(import.meta.dirname, '../..');
const files = readdirSync(join(repository, 'images'));

interface Stage {
  base: string;
  name: string | undefined;
  lines: string[];
}

function stagesOf(file: string): Stage[] {
  const text = readFileSync(join(repository, 'images', file), 'utf8').replaceAll('\\\n', ' ');
  const stages: Stage[] = [];
  for (const one of text.split('\n')) {
    const [, base, name] = /^FROM (\S+)(?: AS (\S+))?$/.exec(one) ?? [];
    if (base) stages.push({ base, name, lines: [] });
    else if (one.trim() && !one.startsWith('#')) stages.at(-1)?.lines.push(one.trim());
  }
  return stages;
}

/** Stages that are shipped: distroless, or made of one that is. */
const shippedOf = (file: string): Stage[] => stagesOf(file).filter(({ base }) => base.includes('distroless') || base === 'widget-server');

describe.each(files)('%s', (file) => {
  it('names every base by digest', () => {
    const own = stagesOf(file).map(({ name }) => name);
    for (const { base } of stagesOf(file))
      if (!own.includes(base)) expect(base).toMatch(/^[a-z.]+\/[a-z0-9/-]+:[a-z0-9-]+@sha256:[0-9a-f]{64}$/);
  });

  it('ships distroless, non-root images with labels, and nothing that built them', () => {
    expect(shippedOf(file).length).toBeGreaterThan(0);
    for (const { base, lines } of shippedOf(file)) {
      if (base.includes('distroless')) expect(lines).toContain('USER 65532:65532');
      expect(lines.some((one) => one.startsWith('LABEL org.opencontainers.image.title='))).toBe(true);
      expect(lines.filter((one) => /^(RUN|ADD|COPY (?!--from=))/.test(one))).toEqual([]);
      expect(lines.join('\n')).not.toMatch(/SECRET|PASSWORD|TOKEN/i);
    }
  });

  it('installs what the lockfile says, without scripts of packages', () => {
    const build = stagesOf(file)
      .flatMap(({ lines }) => lines)
      .filter((one) => one.includes('npm '));
    expect(build.some((one) => one.includes('npm ci --ignore-scripts'))).toBe(true);
    expect(build.join('\n')).not.toContain('npm install');
  });
});

it('every image of ours that a manifest names has its Containerfile', () => {
  const names = globSync('k8s/**/version.yaml', { cwd: repository })
    .flatMap((file) => [...readFileSync(join(repository, file), 'utf8').matchAll(/registry\.example\.com\/datamesh\/([a-z-]+)/g)])
    .map(([, name]) => name ?? '');
  const built = files.flatMap((file) => [file.replace('.Containerfile', ''), ...stagesOf(file).flatMap(({ name }) => name ?? [])]);
  expect(new Set(names)).toEqual(new Set(['host', 'registry-api', 'tracker', 'sidecar', 'remotes']));
  for (const name of names) expect(built).toContain(name === 'remotes' ? 'remote' : name);
});

const contentOf = (file: string): string => (statSync(file).isFile() ? sha256(readFileSync(file)) : 'folder');

describe('what an image holds', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'image-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it.each([
    [
      'registry-api',
      ['registry-api/dist/main.mjs', 'registry-api/dist/publishing.mjs', 'registry-api/dist/settings.mjs'],
      ['registry-api/dist'],
    ],
    ['tracker', ['tracker/dist/main.mjs', 'tracker/dist/cli.mjs'], ['tracker/dist']],
    ['host', ['host/dist-server/main.mjs'], ['host/dist', 'host/dist-server', 'host/dist-data']],
  ])('is enough to run %s', async (service, bundles, folders) => {
    await collect(
      root,
      bundles.map((bundle) => join(repository, bundle)),
    );
    for (const folder of folders) cpSync(join(repository, folder), join(root, folder), { recursive: true });
    // Nothing of this checkout can be found from there; what CMD starts is there.
    const [, command = ''] =
      /CMD \["\/app\/([^"]+)"\]/.exec(readFileSync(join(repository, `images/${service}.Containerfile`), 'utf8')) ?? [];
    const env = { PORT: '0', DATA_DIR: join(root, 'data/own'), DATAMESH_DEV_ISSUER: '1' };
    const child = spawn(process.execPath, [join(root, command)], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    try {
      await line(child, service, /listening/);
    } finally {
      await ended(child, 'SIGTERM');
    }
    for (const builder of ['vitest', 'typescript', '@rspack/core', 'react', '@datamesh'])
      expect(existsSync(join(root, 'node_modules', builder))).toBe(false);
  });

  it('is the same each time', async () => {
    const bundles = ['main.cjs', 'publish-once.mjs', 'serve-files.cjs'].map((name) => join(repository, 'packages/sidecar/dist', name));
    const trees = [];
    for (const folder of ['first', 'second']) {
      await collect(join(root, folder), bundles);
      trees.push(
        globSync('**/*', { cwd: join(root, folder) })
          .sort()
          .map((file) => [file, contentOf(join(root, folder, file))]),
      );
    }
    expect(trees[0]?.length).toBeGreaterThan(100);
    expect(trees[1]).toEqual(trees[0]);
  });

  it('is said to be missing where it is not installed', async () => {
    await expect(modulesOf([join(import.meta.dirname, 'images.process.test.ts')])).resolves.toContain('node_modules/vitest');
    await expect(modulesOf([join(repository, 'tools/images/nowhere.mjs')])).rejects.toThrow();
  });
});

describe('pinning', () => {
  const file = join(repository, 'k8s/remotes/notes/envs/staging/version.yaml');
  const text = readFileSync(file, 'utf8');
  const image = `registry.example.com/datamesh/remotes/notes@sha256:${'a'.repeat(64)}`;

  it('changes the image and the version, and no other line', () => {
    const after = pinned(text, image, '9.8.7').split('\n');
    const changed = text.split('\n').flatMap((before, index) => (before === after[index] ? [] : [after[index]?.trim()]));
    expect(changed).toEqual(['app.kubernetes.io/version: 9.8.7', `image: ${image}`]);
    expect(after).toHaveLength(text.split('\n').length);
  });

  it('pins the sidecar too', () => {
    const sidecar = readFileSync(join(repository, 'k8s/components/sidecar/version.yaml'), 'utf8');
    expect(pinned(sidecar, image, '1.0.0')).toContain(`image: ${image}`);
  });

  it.each([
    ['registry.example.com/notes:1.0.0', '1.0.0', /by its digest/],
    [image, 'latest', /no version/],
  ])('refuses %s %s', (name, version, why) => expect(() => pinned(text, name, version)).toThrow(why));

  it('refuses a file with several containers', () => {
    expect(() => pinned(text.replace(/( +- name: widget\n)/, '$1$1'), image, '1.0.0')).toThrow();
  });
});
