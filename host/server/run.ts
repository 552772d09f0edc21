import { createServer, type RequestListener } from 'node:http';
import { HttpService } from '@datamesh/service';
import { serveMetrics } from '@datamesh/service/metrics';
import { createLogger, portRefused, startOrExit, stopOnSignal } from '@datamesh/service/process';
import type { EdgeOptions } from './app';
import { type Config, readConfig } from './config';
import { refuse } from './gates';
import { createMetrics, type Metrics } from './metrics';

/** Everything but the page's files. */
export type EdgeBase = Omit<EdgeOptions, 'assets'>;

/** The edge as a process: from its settings to a signal. */
export const runEdge = (env: NodeJS.ProcessEnv, prepare: (base: EdgeBase, config: Config) => Promise<RequestListener>): Promise<void> =>
  startOrExit('host', async () => {
    const config = readConfig(env);
    const log = createLogger('host', config.logLevel);
    const metrics = createMetrics(Date.now);
    const handle = await prepare({ ...config, metrics, log, now: Date.now }, config);
    const service = new HttpService({ handle, refuse });

    if (config.metricsPort !== null) await listenForMetrics(metrics, config.metricsPort, config.host);
    const address = await service.listen(config.port, config.host);
    log.info({ origin: config.publicUrl.origin, address }, 'listening');
    // Event streams never end by themselves; their readers come back.
    const endStreams = (): void => service.streams().forEach((response) => void response.end());
    stopOnSignal({ logger: log, grace: config.grace, stop: () => service.stop({ grace: config.grace, last: endStreams }) });
  });

function listenForMetrics({ registry }: Metrics, port: number, host: string): Promise<void> {
  const answer = serveMetrics(registry);
  return new Promise((resolve, reject) => {
    const server = createServer((request, response) => {
      if (request.url === '/metrics') answer(request, response).catch(() => response.writeHead(500).end());
      else response.writeHead(404).end();
    });
    server.once('error', (error) => reject(new Error(portRefused(error, 'METRICS_PORT') ?? error.message)));
    server.listen(port, host, resolve);
  });
}
