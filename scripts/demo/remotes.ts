/** Publishes what was built, through the call that every team uses, and lets `stable` point at it. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Token } from '@datamesh/contracts';
import { type BrokenRemote, findRemotes, type Remote } from '../build/remotes.ts';
import { readStamp } from '../build/stamp.ts';
import type { BuiltAt } from '../build/steps.ts';
import { codeOf, Failure } from '../setup/failure.ts';
import { at } from '../setup/repository.ts';
import type { Call } from './registry.ts';

/**
 * -> how many versions are new, and a line for each remote that could not be had. A version is promoted once, when it is new here: later
 * promotes are people's.
 */
export async function publishRemotes(
  call: Call,
  { registryUrl, data }: { registryUrl: string; data: string },
  builtAt: BuiltAt = (path) => path,
): Promise<{ published: number; skipped: string[] }> {
  const known = await readKnown(data);
  const found = await Promise.all((await findRemotes()).map((remote) => built({ ...remote, folder: builtAt(remote.folder) })));
  const remotes = found.filter((remote) => remote.fault === undefined);
  const broken = found.filter((remote) => remote.fault !== undefined);
  const skipped = broken.map(({ name, fault }) => `${name} is left out: ${fault}`);
  const isFresh = await Promise.all(remotes.map(async (remote) => known[remote.name] !== remote.version || !(await isThere(call, remote))));
  const fresh = remotes.filter((_, i) => isFresh[i]);
  if (fresh.length === 0) return { published: 0, skipped };
  // Only now: loading and packing take a second that most starts need not spend.
  const { CliError, pack, promote, publish }: typeof import('@datamesh/cli') = await import(at(builtAt('packages/cli/dist'), 'index.mjs'));
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (team: string): Promise<string> => {
    const token = tokens.get(team) ?? tokenFor(call, team);
    tokens.set(team, token);
    return token;
  };
  await Promise.all(
    fresh.map(async (remote) => {
      try {
        const target = { url: registryUrl, token: await tokenOf(remote.publisher) };
        const packed = await pack(at(remote.folder));
        await publish(target, packed);
        await promote(target, remote.name, 'stable', packed.version);
        known[remote.name] = packed.version;
      } catch (error) {
        if (!(error instanceof CliError || error instanceof Failure)) throw error;
        skipped.push(`${remote.name} is left out: ${error.message}`);
      }
    }),
  );
  await writeFile(join(data, 'published.json'), `${JSON.stringify(known, null, 2)}\n`);
  return { published: fresh.filter(({ name, version }) => known[name] === version).length, skipped };
}

/** With the version that the build was stamped with, which is what pack() takes too. */
async function built(remote: Remote | BrokenRemote): Promise<Remote | BrokenRemote> {
  if (remote.fault !== undefined) return remote;
  const { version } = await readStamp(at(remote.folder, 'dist'));
  return version ? { ...remote, version } : { ...remote, fault: `${remote.folder}/dist holds no finished build.` };
}

/** The data folder may be older than the database: MONGO_URL can name another one today. */
async function isThere(call: Call, { name, version }: Remote): Promise<boolean> {
  return (await call('GET', `/widgets/${name}/versions/${version}`, undefined, [404])).status !== 404;
}

/** A day is enough: it is used within this minute. */
async function tokenFor(call: Call, team: string): Promise<string> {
  const { body } = await call<Token & { secret: string }>('POST', '/tokens', { team, name: 'npm start', days: 1 });
  return body.secret;
}

/** What was published into this data folder before: { name: version }. */
async function readKnown(data: string): Promise<Record<string, string>> {
  try {
    return JSON.parse(await readFile(join(data, 'published.json'), 'utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError) return {};
    throw error;
  }
}
