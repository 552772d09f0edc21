/**
 * One system for one data folder. Who runs writes a port and a word into it and says the word to whoever asks there: unlike a
 * process id, that cannot be mistaken for something else after a crash or in a new container.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { codeOf } from '../setup/failure.ts';

const NAME = 'running.json';

interface Claim {
  pid: number;
  port: number;
  word: string;
}

/** The system that runs on this data folder, if there is one. */
export async function holderOf(data: string): Promise<{ pid: number } | undefined> {
  let claim: Claim;
  try {
    claim = JSON.parse(await readFile(join(data, NAME), 'utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
  return (await wordAt(claim.port)) === claim.word ? { pid: claim.pid } : undefined;
}

/** Claims the folder for this process; resolves to what gives it back. */
export async function claim(data: string): Promise<() => Promise<void>> {
  const word = randomUUID();
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.end(word);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  server.unref();
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It listens on no port.');
  const claim: Claim = { pid: process.pid, port: address.port, word };
  await mkdir(data, { recursive: true });
  await writeFile(join(data, NAME), JSON.stringify(claim));
  return async () => {
    server.close();
    await rm(join(data, NAME), { force: true });
  };
}

const wordAt = (port: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    let said = '';
    const socket = connect({ port, host: '127.0.0.1', timeout: 2000 });
    socket.on('data', (chunk) => {
      said += chunk;
    });
    socket.on('timeout', () => socket.destroy());
    socket.on('error', () => resolve(undefined));
    socket.on('close', () => resolve(said));
  });
