/** Configuration to a listening service, and back. */
import { HttpService } from '@datamesh/service';
import type { Logger } from 'pino';
import { createApp } from './app';
import { type Clock, systemClock } from './clock';
import type { Config } from './config';
import { createMetrics } from './http/metrics';
import { refuse } from './http/problem-answers';
import { createModules } from './modules';
import { openStorage } from './storage/storage';
import { createThreads } from './workers/threads';

export interface RunningServer {
  /** The port that was given, or the free one that was found for 0. */
  port: number;
  /** Lets running requests finish for at most the grace of the configuration, ends streams, closes the store. */
  stop(): Promise<void>;
}

export async function startServer(config: Config, logger: Logger, clock: Clock = systemClock): Promise<RunningServer> {
  const storage = await openStorage(config);
  const metrics = createMetrics();
  const threads = createThreads({ logger, metrics });
  const modules = await createModules({ config, storage, threads, clock, logger, metrics });
  const service = new HttpService({ handle: createApp({ modules, metrics, logger, config }), refuse });
  try {
    const { port } = await service.listen(config.port, config.host);
    return {
      port,
      stop: async () => {
        await service.stop({ grace: config.grace, last: modules.stop });
        await threads.stop();
        await storage.close();
      },
    };
  } catch (error) {
    await modules.stop();
    await threads.stop();
    await storage.close();
    throw error;
  }
}
