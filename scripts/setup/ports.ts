import { createServer } from 'node:net';
import { Failure } from './failure.ts';

/** A port that is wanted: for what, and the setting that chooses another. */
export interface WantedPort {
  port: number;
  name: string;
  variable: string;
}

/** Throws with the first port that something else listens on. */
export async function requireFreePorts(wanted: readonly WantedPort[]): Promise<void> {
  for (const { port, name, variable } of wanted) {
    if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Failure(`${variable} must be a port (1 to 65535).`);
    if (!(await isFree(port))) throw new Failure(`Port ${port} (${name}) is taken: stop what uses it, or choose another with ${variable}.`);
  }
}

/** Whether a server could listen on 127.0.0.1:port now. */
export const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
