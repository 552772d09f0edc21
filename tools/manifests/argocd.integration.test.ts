import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type KubernetesObject, workloadsOf } from './objects';
import { imagesByDigest, limited, restricted } from './pods';
import { environments, kustomizationsIn, objectsOf, renderAll, repository } from './rendered';
import { mistakesOf } from './schemas';

type AppProject = Omit<KubernetesObject, 'spec'> & {
  spec: {
    sourceRepos: string[];
    destinations: { namespace: string }[];
    clusterResourceWhitelist?: object[];
    roles?: { name: string; groups: string[]; policies: string[] }[];
  };
};

interface Generator {
  git?: { directories?: { path: string }[]; files?: { path: string }[] };
  matrix?: { generators: Generator[] };
}

type ApplicationSet = Omit<KubernetesObject, 'spec'> & {
  spec: {
    generators: Generator[];
    ignoreApplicationDifferences?: { jsonPointers: string[] }[];
    template: {
      metadata: { name: string };
      spec: { project: string; source: { path: string }; syncPolicy: { automated?: { prune: boolean; selfHeal: boolean } } };
    };
  };
};

const publisherOf = (remote: string): string =>
  (JSON.parse(readFileSync(join(repository, 'remotes', remote, 'widget.json'), 'utf8')) as { publisher: string }).publisher;
const teams = readdirSync(join(repository, 'k8s/teams'));
const objects = new Map<string, KubernetesObject[]>();
beforeAll(async () => {
  const folders = environments.map((environment) => `argocd/envs/${environment}`);
  const rendered = await renderAll(repository, folders);
  for (const environment of environments) objects.set(environment, objectsOf(rendered, `argocd/envs/${environment}`));
});

const ofKind = <T extends { metadata: KubernetesObject['metadata'] } = KubernetesObject>(environment: string, kind: string): T[] =>
  (objects.get(environment) ?? []).filter((one) => one.kind === kind) as unknown[] as T[];
const setOf = (environment: string, name: string): ApplicationSet => {
  const found = ofKind<ApplicationSet>(environment, 'ApplicationSet').find(({ metadata }) => metadata.name === name);
  if (!found) throw new Error(`no ApplicationSet ${name}`);
  return found;
};

/** What a git generator would find, in this checkout. */
function found(generator: Generator | undefined): string[] {
  const { directories = [], files = [] } = generator?.git ?? {};
  return [
    ...directories.flatMap(({ path }) => kustomizationsIn(repository, ['k8s']).filter((folder) => matchesGlob(folder, path))),
    ...files.flatMap(({ path }) => globSync(path, { cwd: repository })),
  ].sort();
}

it.each(environments)('what %s runs beside Argo CD is closed, limited and named by its digest', (environment) => {
  const all = objects.get(environment) ?? [];
  expect(all.flatMap((object) => mistakesOf(object))).toEqual([]);
  for (const rule of [restricted, imagesByDigest, limited]) expect(rule(all)).toEqual([]);
  expect(workloadsOf(all).map(({ name }) => name)).toHaveLength(1);
});

it.each(environments)('%s is begun by one valid object that leads to its folder', (environment) => {
  const root = parse(readFileSync(join(repository, `argocd/bootstrap/${environment}.yaml`), 'utf8')) as KubernetesObject;
  expect(mistakesOf(root)).toEqual([]);
  expect(root.spec?.['source']).toMatchObject({ path: `argocd/envs/${environment}` });
});

describe.each(environments)('in %s', (environment) => {
  it('a folder is an application', () => {
    const generated = ['teams', 'platform', 'services', 'remotes'].flatMap((name) => found(setOf(environment, name).spec.generators[0]));
    const folders = kustomizationsIn(repository, ['k8s/teams', `k8s/envs/${environment}`]).filter(
      (folder) => folder !== `k8s/envs/${environment}`,
    );
    const remotes = readdirSync(join(repository, 'remotes')).map((name) => `k8s/remotes/${name}/envs/${environment}/version.yaml`);
    expect(generated.sort()).toEqual([...folders, ...remotes].sort());
  });

  it('remotes keep auto-sync off once a rollback has switched it off, and heal themselves otherwise', () => {
    for (const name of ['remotes', 'team-repositories']) {
      const { spec } = setOf(environment, name);
      expect(spec.ignoreApplicationDifferences).toEqual([{ jsonPointers: ['/spec/syncPolicy'] }]);
      expect(spec.template.spec.syncPolicy.automated).toEqual({ prune: true, selfHeal: true });
    }
  });

  it('a remote’s version.yaml says the team and name that its application goes by', () => {
    for (const file of found(setOf(environment, 'remotes').spec.generators[0])) {
      const { metadata } = parse(readFileSync(join(repository, file), 'utf8')) as KubernetesObject;
      const [, , name = ''] = file.split('/');
      const team = publisherOf(name);
      expect(metadata).toMatchObject({ name, namespace: `team-${team}`, labels: { 'datamesh/team': team } });
    }
  });

  it('a team’s own repository cannot say which team it is', () => {
    const { template, generators } = setOf(environment, 'team-repositories').spec;
    expect(template.spec.project).toBe('team-{{ .team }}');
    expect(JSON.stringify(template)).not.toContain('metadata.labels');
    expect(generators[0]?.matrix?.generators[0]?.git?.files?.[0]?.path).toBe('k8s/teams/*/repositories/*.yaml');
  });

  it('stores and teams are never pruned', () => {
    for (const name of ['teams', 'platform']) expect(setOf(environment, name).spec.template.spec.syncPolicy.automated?.prune).toBe(false);
  });

  it('what others stand on comes first', () => {
    const wave = (object: { metadata: KubernetesObject['metadata'] }) =>
      Number(object.metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
    const projects = ofKind(environment, 'AppProject').map(wave);
    const sets = ['teams', 'platform', 'services', 'remotes'].map((name) => wave(setOf(environment, name)));
    expect(Math.max(...projects)).toBeLessThan(Math.min(...sets));
    expect(sets).toEqual([...sets].sort((a, b) => a - b));
  });
});

describe('rights', () => {
  const projects = () => ofKind<AppProject>('production', 'AppProject');
  /** As Argo CD's enforcer reads policies: the first that fits; nothing fits, nothing is allowed. */
  function may(group: string, action: string, object: string): boolean {
    const policies = projects().flatMap(({ spec }) =>
      (spec.roles ?? []).filter(({ groups }) => groups.includes(group)).flatMap((role) => role.policies),
    );
    return policies.some((policy) => {
      const [, , resource, allowed = '', pattern = '', effect] = policy.split(',').map((part) => part.trim());
      return resource === 'applications' && effect === 'allow' && glob(allowed).test(action) && glob(pattern).test(object);
    });
  }
  const glob = (pattern: string) => new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);

  it('every team has a project for its namespace alone, without anything of the cluster', () => {
    const own = projects().filter(({ metadata }) => metadata.name.startsWith('team-'));
    expect(own.map(({ metadata }) => metadata.name).sort()).toEqual(teams.map((team) => `team-${team}`).sort());
    for (const { metadata, spec } of own) {
      expect(spec.destinations.map(({ namespace }) => namespace)).toEqual([metadata.name]);
      expect(spec.clusterResourceWhitelist).toEqual([]);
    }
    expect(teams).toEqual(expect.arrayContaining(readdirSync(join(repository, 'remotes')).map(publisherOf)));
  });

  it.each(teams.flatMap((team) => teams.map((other) => [team, other] as const)))(
    '%s rolls back what %s runs only if it is theirs',
    (team, other) => {
      for (const action of ['get', 'sync', 'update'])
        expect(may(`datamesh-team-${team}`, action, `team-${other}/remote-x`)).toBe(team === other);
      for (const action of ['create', 'delete', 'override', 'action/apps/Deployment/scale'])
        expect(may(`datamesh-team-${team}`, action, `team-${other}/remote-x`)).toBe(false);
      for (const project of ['services', 'platform', 'default']) expect(may(`datamesh-team-${team}`, 'get', `${project}/host`)).toBe(false);
    },
  );

  it('policies speak of their own role and project', () => {
    for (const { metadata, spec } of projects())
      for (const { name, policies } of spec.roles ?? [])
        for (const policy of policies) {
          const [p, subject, , , object] = policy.split(',').map((part) => part.trim());
          expect([p, subject, object]).toEqual(['p', `proj:${metadata.name}:${name}`, `${metadata.name}/*`]);
        }
  });

  it('nobody has rights by default', () => {
    const rbac = ofKind('production', 'ConfigMap').find(({ metadata }) => metadata.name === 'argocd-rbac-cm');
    expect(rbac?.data?.['policy.default']).toBe('');
    expect(rbac?.data?.['policy.csv']?.trim().split('\n')).toEqual(['g, datamesh-platform, role:admin']);
  });
});

it('a team changes which version of its remotes runs, and nothing else of them', () => {
  const lines = readFileSync(join(repository, '.github/CODEOWNERS'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('/'))
    .map((line) => line.split(/\s+/) as [string, ...string[]]);
  // As the provider reads it: the last line that fits.
  const owners = (file: string) =>
    lines.findLast(([path]) => (path.endsWith('/') ? `/${file}`.startsWith(path) : matchesGlob(`/${file}`, path)))?.slice(1) ?? [];
  for (const file of globSync('{k8s,argocd,images,.github}/**/*.*', { cwd: repository })) {
    const [, name] = /^k8s\/remotes\/([^/]+)\/envs\/[^/]+\/version\.yaml$/.exec(file) ?? [];
    const teams = owners(file).filter((owner) => owner.startsWith('@datamesh/team-'));
    expect([file, teams]).toEqual([file, name ? [`@datamesh/team-${publisherOf(name)}`] : []]);
    expect([file, owners(file).length]).not.toEqual([file, 0]);
  }
});
