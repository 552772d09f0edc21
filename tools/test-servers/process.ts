/** Programs that tests start: waiting for what they say, ending them, and ports for them. */
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';

/** The first output that matches; an error with the output when the program ends before, or says nothing of the kind in time. */
export async function line(child: ChildProcess, name: string, wanted: RegExp, milliseconds = 120_000): Promise<RegExpMatchArray> {
  return new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(() => reject(new Error(`${name} is not ready after ${milliseconds / 1000} s: ${said.trim()}`)), milliseconds);
    const listen = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-8000);
      const match = said.match(wanted);
      if (!match) return;
      clearTimeout(late);
      resolve(match);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(late);
      reject(new Error(`${name} ended with code ${code}: ${said.trim()}`));
    });
  });
}

export async function ended(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill(signal);
  await closed;
}

/** All at once, so that they differ. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  return Promise.all(
    servers.map(async (server) => {
      const address = server.address();
      await new Promise((resolve) => server.close(resolve));
      if (address === null || typeof address === 'string') throw new Error('no port');
      return address.port;
    }),
  );
}
