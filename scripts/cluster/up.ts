import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from '../build/build.ts';
import { claim, holderOf } from '../run/claim.ts';
import { clusterObstacle, clusterTools } from '../setup/cluster-tools.ts';
import { codeOf, Failure } from '../setup/failure.ts';
import { install } from '../setup/install.ts';
import { at, ROOT } from '../setup/repository.ts';
import { door } from './door.ts';
import { inNamespaces } from './namespaces.ts';

/** The dashboard, Argo CD, and the repository that it follows: the same ports inside as here. */
const PORTS = [4000, 8080, 9419];
const HOME = at('.cache/cluster');

/** Ends with a signal, or when the cluster does. */
export async function up(): Promise<void> {
  const obstacle = await clusterObstacle();
  if (obstacle) throw new Failure(obstacle);
  const holder = await holderOf(HOME);
  if (holder) throw new Failure(`It runs already (process ${holder.pid}); npm run cluster:down ends it.`);
  await install();
  await build();
  const tools = await clusterTools();
  const release = await claim(HOME);
  // Nothing of a network of its own can be reached from here, but for these files.
  const doors = await mkdtemp(join(tmpdir(), 'datamesh-cluster-doors-'));
  const servers: Server[] = [];
  try {
    for (const port of PORTS)
      servers.push(
        await door({ port, host: '127.0.0.1' }, { path: join(doors, String(port)) }).catch((error: unknown) => {
          throw codeOf(error) === 'EADDRINUSE' ? new Failure(`Port ${port} of this machine is taken.`) : error;
        }),
      );
    await inNamespaces(tools, ({ under, env }) => run(under, { ...env, DATAMESH_CLUSTER_DOORS: doors }));
  } finally {
    for (const server of servers) server.close();
    await rm(doors, { recursive: true, force: true });
    await release();
  }
}

export async function down(): Promise<void> {
  const holder = await holderOf(HOME);
  if (!holder) return console.log('No cluster of this checkout runs.');
  process.kill(holder.pid, 'SIGTERM');
  while (await holderOf(HOME)) await pause(100);
  console.log('The cluster has ended, and its data with it.');
}

function run(under: readonly string[], env: Record<string, string>): Promise<void> {
  const [program = process.execPath, ...args] = [...under, process.execPath, '--import', 'tsx', at('e2e/cluster/up.ts')];
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] });
    let ending = false;
    const end = () => {
      ending = true;
      child.kill('SIGKILL');
    };
    process.once('SIGINT', end);
    process.once('SIGTERM', end);
    child.once('error', reject);
    child.once('close', (code) =>
      ending || code === 0 ? resolve() : reject(new Failure('The cluster did not start; what it said is above.')),
    );
  });
}
