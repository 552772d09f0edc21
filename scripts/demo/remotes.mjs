/** Publishes what was built, through the call that every team uses, and lets `stable` point at it. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findRemotes } from '../build/remotes.mjs';
import { Failure } from '../setup/failure.mjs';
import { at } from '../setup/repository.mjs';

/** -> how many versions are new. A version is promoted once, when it is new here: later promotes are people's. */
export async function publishRemotes(call, { registryUrl, data }) {
  const { CliError, pack, promote, publish } = await import(at('packages/cli/dist/index.mjs'));
  const told = (remote, work) =>
    work.catch((error) => {
      throw error instanceof CliError ? new Failure(`${remote.name} cannot be published: ${error.message}`) : error;
    });
  const remotes = await findRemotes();
  const known = await readKnown(data);
  const packed = await Promise.all(remotes.map(async (remote) => ({ ...remote, packed: await told(remote, pack(at(remote.folder))) })));
  const fresh = packed.filter((remote) => known[remote.name] !== remote.packed.version);
  const tokens = new Map();
  for (const { publisher } of fresh) if (!tokens.has(publisher)) tokens.set(publisher, await tokenFor(call, publisher));
  await Promise.all(
    fresh.map(async (remote) => {
      const target = { url: registryUrl, token: tokens.get(remote.publisher) };
      await told(remote, publish(target, remote.packed));
      await told(remote, promote(target, remote.name, 'stable', remote.packed.version));
      known[remote.name] = remote.packed.version;
    }),
  );
  if (fresh.length > 0) await writeFile(join(data, 'published.json'), `${JSON.stringify(known, null, 2)}\n`);
  return fresh.length;
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
