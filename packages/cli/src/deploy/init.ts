/** `datamesh deploy init`: a remote's folder for Argo CD, in the repository of its team. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { CliError } from '../problem';
import { type Target, trusts, widget } from '../registry';
import { filesOf } from './files';

export interface DeployInit {
  /** A remote's folder, with widget.json, or the name of a widget that the registry knows. */
  widget: string;
  /** null: its publisher. */
  team: string | null;
  image: string;
  environments: readonly string[];
  /** Where the platform's k8s/ is: a git address with ?ref=, or a checkout in the repository that `out` is in. */
  platform: string;
  /** Below which remotes/<name>/ is written. */
  out: string;
  /** Overwrites what is there and different. */
  force: boolean;
  /** Who is asked about a name; null without a token. */
  target: Target | null;
}

export interface Written {
  widget: string;
  team: string;
  /** Paths, of new and changed files. */
  files: string[];
}

/**
 * Writes all files or none. Throws CliError: `widget_unknown` (no such folder and, where one could be asked, no such widget in the
 * registry), `team_not_owner`, `team_unknown` (the platform's checkout has no such team), `deploy_exists` (would overwrite).
 */
export async function initDeployment(wish: DeployInit): Promise<Written> {
  const { name, publisher, version } = await whatOf(wish);
  const team = wish.team ?? publisher;
  if (team !== publisher) throw new CliError('team_not_owner', `${name} belongs to ${publisher}, not to ${team}: its publisher deploys it`);
  // A publish token speaks for its own team: the registry refuses to talk of another's.
  if (wish.target) await trusts(wish.target, team);
  const root = join(wish.out, 'remotes', name);
  const files = filesOf({
    widget: name,
    team,
    version,
    image: wish.image,
    environments: wish.environments,
    platform: platformFrom(wish.platform, team, resolve(root, 'base')),
  });
  const changed: [string, string][] = [];
  const different: string[] = [];
  for (const [path, text] of files) {
    const file = join(root, path);
    const there = await readFile(file, 'utf8').catch(() => undefined);
    if (there !== text) changed.push([file, text]);
    if (there !== undefined && there !== text) different.push(file);
  }
  if (different.length > 0 && !wish.force)
    throw new CliError(
      'deploy_exists',
      [`these files are there and say something else; --force overwrites them`, ...different.map((file) => `  ${file}`)].join('\n'),
    );
  for (const [file, text] of changed) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return { widget: name, team, files: changed.map(([file]) => file) };
}

interface Known {
  name: string;
  publisher: string;
  version: string;
}

async function whatOf({ widget: named, target }: DeployInit): Promise<Known> {
  if (existsSync(join(named, 'widget.json'))) return inFolder(named);
  if (!/^[a-z][a-z0-9-]{2,49}$/.test(named))
    throw new CliError('widget_unknown', `${named} is neither a folder with a widget.json nor the name of a widget`);
  if (!target)
    throw new CliError(
      'widget_unknown',
      `${named} is no folder with a widget.json; to have the registry asked for a widget of that name, give --token`,
    );
  const { publisher, channels } = await widget(target, named);
  return { name: named, publisher, version: channels['stable'] ?? Object.values(channels)[0] ?? '0.0.0' };
}

async function inFolder(folder: string): Promise<Known> {
  const read = async (file: string) => {
    try {
      return JSON.parse(await readFile(join(folder, file), 'utf8')) as Record<string, unknown>;
    } catch (error) {
      throw new CliError('widget_invalid', `${join(folder, file)}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const [{ name, publisher }, { version }] = await Promise.all([read('widget.json'), read('package.json')]);
  const slug = /^[a-z][a-z0-9-]{0,49}$/;
  if (typeof name !== 'string' || !slug.test(name) || typeof publisher !== 'string' || !slug.test(publisher))
    throw new CliError('widget_invalid', `${join(folder, 'widget.json')} names no widget and publisher, such as "notes" and "platform"`);
  if (typeof version !== 'string') throw new CliError('version_missing', `${join(folder, 'package.json')} names no version`);
  return { name, publisher, version };
}

/** The nearest folder above with a .git, which a submodule has as well. */
function repositoryOf(path: string): string | null {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (folder === dirname(folder)) return null;
  }
}

function platformFrom(platform: string, team: string, from: string): (folder: string) => string {
  if (/^(https:\/\/|ssh:\/\/|git@)/.test(platform)) {
    const [address, query] = platform.split('?');
    return (folder) => `${address}//k8s/${folder}${query ? `?${query}` : ''}`;
  }
  if (!existsSync(join(platform, 'k8s/base/remote')))
    throw new CliError(
      'platform_unknown',
      `${resolve(platform)} holds no k8s/base/remote: --platform is a checkout of the platform, or its git address`,
    );
  if (!existsSync(join(platform, 'k8s/teams', team)))
    throw new CliError(
      'team_unknown',
      `the platform knows no team ${team}: ${resolve(platform)} has no k8s/teams/${team}; whoever runs the platform adds it`,
    );
  const repository = repositoryOf(from);
  if (repository !== null && relative(repository, resolve(platform)).startsWith('..'))
    throw new CliError(
      'platform_unknown',
      `${resolve(platform)} is outside of this repository, where Argo CD would not find it: give its git address, such as https://git.example.com/datamesh.git?ref=v1.2.3`,
    );
  return (folder) =>
    relative(from, join(platform, 'k8s', folder))
      .split(sep)
      .join('/');
}
