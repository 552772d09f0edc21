/** Configuration to a listening service, and back. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { createApp } from './app';
import { type Clock, systemClock } from './clock';
import type { Config } from './config';
import { createMetrics } from './http/metrics';
import { createRooms } from './rooms';
import { openStorage } from './storage/storage';
import { createThreads } from './workers/threads';

export interface RunningServer {
  /** The port that was given, or the free one that was found for 0. */
  port: number;
  /** Ends streams, lets running requests finish for at most `graceMs`, closes the store. */
  stop(): Promise<void>;
}

/**
 * Milliseconds that an idle connection stays open. Node's five seconds are so short that the edge now and then sends a POST
 * down a connection which is just being closed; it may not send that twice, and somebody's sign-in fails.
 */
const KEEP_ALIVE = 65_000;

export async function startServer(config: Config, logger: Logger, clock: Clock = systemClock, graceMs = 4000): Promise<RunningServer> {
  const storage = await openStorage(config);
  const metrics = createMetrics();
  const threads = createThreads({ logger, metrics });
  const rooms = await createRooms({ config, storage, threads, clock, logger, metrics });
  const server = createServer(
    { keepAliveTimeout: KEEP_ALIVE },
    createApp({ rooms, metrics, logger, responseContract: config.responseContract, trustedProxies: config.trustedProxies }),
  );
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(config.port, config.host, resolve);
    });
  } catch (error) {
    await rooms.stop();
    await threads.stop();
    await storage.close();
    throw error;
  }
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await rooms.stop();
      server.closeIdleConnections();
      const impatience = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(impatience);
      await threads.stop();
      await storage.close();
    },
  };
}
