/**
 * A real server speaking MongoDB's wire protocol, for test suites and the journey on MongoDB.
 * In this order: MONGO_URL (someone else's server), mongod on the PATH, TestMongo built from this folder.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onPath } from '../java/build';
import { ended, freePort, line } from '../process';
import { buildTestMongo } from './build';

export interface MongoServer {
  /** `mongodb://host:port`, without a database name. */
  url: string;
  stop(): Promise<void>;
}

/** Throws where no server can be found or built: whoever calls decides whether that is a skip or a failure. */
export async function startMongo(): Promise<MongoServer> {
  const given = process.env['MONGO_URL'];
  if (given) return { url: given, stop: async () => {} };
  return (await onPath('mongod')) ? startMongod() : startTestMongo();
}

async function startMongod(): Promise<MongoServer> {
  const folder = await mkdtemp(join(tmpdir(), 'datamesh-mongod-'));
  const port = await freePort();
  const child = spawn('mongod', ['--dbpath', folder, '--bind_ip', '127.0.0.1', '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await line(child, 'mongod', /waiting for connections/i);
  return {
    url: `mongodb://127.0.0.1:${port}`,
    stop: async () => {
      await ended(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startTestMongo(): Promise<MongoServer> {
  const classPath = await buildTestMongo();
  // Its standard input is a pipe from here: it ends with this process, whatever ends that.
  const child = spawn('java', ['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', classPath, 'TestMongo', '0'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const [, url = ''] = await line(child, 'TestMongo', /waiting for connections (mongodb:\/\/\S+)/);
  return { url, stop: () => ended(child) };
}
