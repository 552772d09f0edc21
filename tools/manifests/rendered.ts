/** All kustomizations of the repository, as kustomize renders them. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { render } from '../kustomize/render';
import type { KubernetesObject } from './objects';

export const repository = join(import.meta.dirname, '../..');
export const environments = ['local', 'staging', 'production'] as const;
export type EnvironmentName = (typeof environments)[number];

/** Folders below `root`, without components, which are rendered by those that use them. */
export function kustomizationsIn(root: string, below: readonly string[]): string[] {
  return below
    .flatMap((folder) => globSync(`${folder}/**/kustomization.yaml`, { cwd: root }))
    .filter((file) => !/^kind: Component$/m.test(readFileSync(join(root, file), 'utf8')))
    .map((file) => dirname(file).split('\\').join('/'))
    .sort();
}

export type Rendered = ReadonlyMap<string, { objects: KubernetesObject[] } | { error: string }>;

export const renderAll = async (root: string, folders: readonly string[]): Promise<Rendered> => (await render(root, folders)) as Rendered;

export function objectsOf(rendered: Rendered, folder: string): KubernetesObject[] {
  const found = rendered.get(folder);
  if (!found || 'error' in found) throw new Error(`${folder} was not rendered${found ? `: ${found.error}` : ''}`);
  return found.objects;
}

/** Which folders make one environment: what the ApplicationSets of argocd/ deploy there. */
export const foldersOf = (folders: Iterable<string>, environment: EnvironmentName): string[] => {
  const pattern = new RegExp(`^k8s/(teams/[^/]+|envs/${environment}/(platform|services)/[^/]+|remotes/[^/]+/envs/${environment})$`);
  return [...folders].filter((folder) => pattern.test(folder));
};
