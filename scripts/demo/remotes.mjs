/** Publishes what was built, through the call that every team uses, and lets `stable` point at it. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findRemotes } from '../build/remotes.mjs';
import { readStamp } from '../build/stamp.mjs';
import { Failure } from '../setup/failure.mjs';
import { at } from '../setup/repository.mjs';

/** -> how many versions are new. A version is promoted once, when it is new here: later promotes are people's. */
export async function publishRemotes(call, { registryUrl, data }) {
  const known = await readKnown(data);
  const remotes = await Promise.all((await findRemotes()).map(built));
  const isFresh = await Promise.all(remotes.map(async (remote) => known[remote.name] !== remote.version || !(await isThere(call, remote))));
  const fresh = remotes.filter((_, i) => isFresh[i]);
  if (fresh.length === 0) return 0;
  // Only now: loading and packing take a second that most starts need not spend.
  const { CliError, pack, promote, publish } = await import(at('packages/cli/dist/index.mjs'));
  const told = (remote, work) =>
    work.catch((error) => {
      throw error instanceof CliError ? new Failure(`${remote.name} cannot be published: ${error.message}`) : error;
    });
  const tokens = new Map();
  for (const { publisher } of fresh) if (!tokens.has(publisher)) tokens.set(publisher, await tokenFor(call, publisher));
  await Promise.all(
    fresh.map(async (remote) => {
      const target = { url: registryUrl, token: tokens.get(remote.publisher) };
      const packed = await told(remote, pack(at(remote.folder)));
      await told(remote, publish(target, packed));
      await told(remote, promote(target, remote.name, 'stable', packed.version));
      known[remote.name] = packed.version;
    }),
  );
  await writeFile(join(data, 'published.json'), `${JSON.stringify(known, null, 2)}\n`);
  return fresh.length;
}

/** With the version that the build was stamped with, which is what pack() takes too. */
const built = async (remote) => ({ ...remote, version: (await readStamp(at(remote.folder, 'dist'))).version ?? remote.version });

/** The data folder may be older than the database: MONGO_URL can name another one today. */
async function isThere(call, { name, version }) {
  return (await call('GET', `/widgets/${name}/versions/${version}`, undefined, [404])).status !== 404;
}

/** A day is enough: it is used within this minute. */
async function tokenFor(call, team) {
  const { body } = await call('POST', '/tokens', { team, name: 'npm start', days: 1 });
  return body.secret;
}

/** What was published into this data folder before: { name: version }. */
async function readKnown(data) {
  try {
    return JSON.parse(await readFile(join(data, 'published.json'), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return {};
    throw error;
  }
}
