import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@datamesh/test-servers/process';
import { type RegistryProcess, startRegistry } from '@datamesh/test-servers/registry/server';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closed } from '../../../../tools/manifests/network';
import { workloadsOf } from '../../../../tools/manifests/objects';
import { imagesByDigest, limited, probed, restricted, spread } from '../../../../tools/manifests/pods';
import { objectsOf, renderAll, repository } from '../../../../tools/manifests/rendered';
import { mistakesOf } from '../../../../tools/manifests/schemas';
import { secretsInClear, wrongSettings } from '../../../../tools/manifests/settings';
import { dangling } from '../../../../tools/manifests/wiring';
import { type DeployInit, initDeployment } from './init';

let root = '';
const at = (...path: string[]) => join(root, ...path);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'deploy-init-'));
  for (const folder of ['base/remote', 'components', 'teams'])
    cpSync(join(repository, 'k8s', folder), at('platform/k8s', folder), { recursive: true });
  mkdirSync(at('team/widget'), { recursive: true });
  writeFileSync(at('team/widget/widget.json'), JSON.stringify({ name: 'depth-of-book', publisher: 'markets-data' }));
  writeFileSync(at('team/widget/package.json'), JSON.stringify({ version: '2.1.0' }));
});
afterEach(() => rmSync(root, { recursive: true }));

const wish = (more: Partial<DeployInit> = {}): DeployInit => ({
  widget: at('team/widget'),
  team: null,
  image: 'registry.example.com/markets/depth-of-book',
  environments: ['staging', 'production'],
  platform: at('platform'),
  out: at('team/k8s'),
  force: false,
  target: null,
  ...more,
});

it('writes what kustomize renders, the schemas accept, and the rules of the house allow', async () => {
  const { team, files } = await initDeployment(wish());
  expect([team, files.length]).toEqual(['markets-data', 6]);
  const folder = 'team/k8s/remotes/depth-of-book/envs/production';
  const rendered = await renderAll(root, [folder, 'platform/k8s/teams/markets-data']);
  const own = objectsOf(rendered, folder);
  const all = [...own, ...objectsOf(rendered, 'platform/k8s/teams/markets-data')];
  expect(all.flatMap(mistakesOf)).toEqual([]);
  for (const rule of [restricted, imagesByDigest, limited, probed, spread, closed, secretsInClear, wrongSettings, dangling])
    expect(rule(all)).toEqual([]);
  const [workload] = workloadsOf(own);
  expect(workload?.name).toBe('Deployment team-markets-data/depth-of-book');
  expect(workload?.pod.containers[0]?.image).toMatch(/^registry\.example\.com\/markets\/depth-of-book@sha256:0{64}$/);
  expect(workload?.labels).toMatchObject({ 'app.kubernetes.io/version': '2.1.0', 'datamesh/team': 'markets-data' });
});

it('keeps a digest that is known, and takes the platform from a git address', async () => {
  const image = `registry.example.com/x@sha256:${'a'.repeat(64)}`;
  await initDeployment(wish({ image, platform: 'https://git.example.com/mesh.git?ref=v1.2.0' }));
  const written = at('team/k8s/remotes/depth-of-book');
  expect(readFileSync(join(written, 'envs/staging/version.yaml'), 'utf8')).toContain(`image: ${image}\n`);
  expect(readFileSync(join(written, 'base/kustomization.yaml'), 'utf8')).toContain(
    'https://git.example.com/mesh.git//k8s/base/remote?ref=v1.2.0',
  );
});

it.each(readdirSync(join(repository, 'remotes')))('wrote our own %s', async (name) => {
  const own = join(repository, 'k8s/remotes', name);
  const known = /image: (\S+)@/.exec(readFileSync(join(own, 'envs/staging/version.yaml'), 'utf8'))?.[1] ?? '';
  const out = at('platform/k8s');
  const environments = ['local', 'staging', 'production'];
  await initDeployment(wish({ widget: join(repository, 'remotes', name), image: known, environments, platform: at('platform'), out }));
  // Digest and version are CI's from then on.
  const text = (file: string) =>
    readFileSync(file, 'utf8')
      .replace(/(image: \S+@sha256:).*/, '$1')
      .replace(/(version: )\d.*/, '$1');
  for (const file of [
    'base/account.yaml',
    'base/kustomization.yaml',
    ...environments.flatMap((one) => [`envs/${one}/kustomization.yaml`, `envs/${one}/version.yaml`]),
  ])
    expect(text(join(out, 'remotes', name, file))).toBe(text(join(own, file)));
});

describe('never overwrites', () => {
  const file = () => at('team/k8s/remotes/depth-of-book/envs/production/version.yaml');

  it('what somebody changed, unless it is forced; and then all or nothing', async () => {
    await initDeployment(wish());
    const before = readFileSync(file(), 'utf8');
    writeFileSync(file(), 'mine');
    rmSync(at('team/k8s/remotes/depth-of-book/base/account.yaml'));
    await expect(initDeployment(wish())).rejects.toMatchObject({ code: 'deploy_exists', detail: expect.stringContaining('version.yaml') });
    expect(readFileSync(file(), 'utf8')).toBe('mine');
    expect(existsSync(at('team/k8s/remotes/depth-of-book/base/account.yaml'))).toBe(false);
    await initDeployment(wish({ force: true }));
    expect(readFileSync(file(), 'utf8')).toBe(before);
  });

  it('and the same again is nothing to change', async () => {
    await initDeployment(wish());
    expect((await initDeployment(wish())).files).toEqual([]);
  });
});

/** Files of the widget that are written over before. */
const spoil = (file: string, text: string) => (): Partial<DeployInit> => {
  writeFileSync(at('team/widget', file), text);
  return {};
};

it.each<[string, () => Partial<DeployInit>, string]>([
  ['a team that the platform does not know', spoil('widget.json', '{"name":"x-y","publisher":"nobody"}'), 'team_unknown'],
  ['another team’s widget', () => ({ team: 'platform' }), 'team_not_owner'],
  ['a folder that is none', () => ({ widget: at('nowhere') }), 'widget_unknown'],
  ['a name that nobody can be asked about', () => ({ widget: 'depth-of-book' }), 'widget_unknown'],
  ['a manifest without a publisher', spoil('widget.json', '{"name":"x-y"}'), 'widget_invalid'],
  ['a manifest with a path for a name', spoil('widget.json', '{"name":"../x","publisher":"platform"}'), 'widget_invalid'],
  ['no version', spoil('package.json', '{}'), 'version_missing'],
  [
    'a platform that Argo CD would not find',
    () => {
      mkdirSync(at('team/.git'));
      return {};
    },
    'platform_unknown',
  ],
  ['a platform that is none', () => ({ platform: at('team') }), 'platform_unknown'],
])('refuses %s, and writes nothing', async (_what, spoiled, code) => {
  await expect(initDeployment(wish(spoiled()))).rejects.toMatchObject({ code });
  expect(existsSync(at('team/k8s'))).toBe(false);
});

describe('by the name of a widget', () => {
  let registry: RegistryProcess;
  let token = '';
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'deploy-init-registry-'));
    const port = await freePort();
    registry = await startRegistry({ folder, port });
    token = await registry.secret();
    return async () => {
      await registry.end();
      rmSync(folder, { recursive: true });
    };
  });

  it('asks the registry, which does not know it', async () => {
    const target = { url: registry.url, token };
    await expect(initDeployment(wish({ widget: 'depth-of-book', target }))).rejects.toMatchObject({ code: 'widget_unknown', status: 404 });
    expect(existsSync(at('team/k8s'))).toBe(false);
  });

  it('writes nothing for a token of another team', async () => {
    const made = await fetch(`${registry.url}/api/v1/tokens`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ team: 'research', name: 'CI' }),
    });
    const { secret } = (await made.json()) as { secret: string };
    const asked = (team: string) => {
      spoil('widget.json', JSON.stringify({ name: 'depth-of-book', publisher: team }))();
      return initDeployment(
        wish({ target: { url: registry.url, token: secret }, platform: 'https://git.example.com/mesh.git?ref=v1.2.0' }),
      );
    };
    await expect(asked('markets-data')).rejects.toMatchObject({ status: 403 });
    expect(existsSync(at('team/k8s'))).toBe(false);
    expect((await asked('research')).files).toHaveLength(6);
  });
});
