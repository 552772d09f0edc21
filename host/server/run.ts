import { createServer, type RequestListener } from 'node:http';
import { ConfigError, HttpService } from '@datamesh/service';
import { pino } from 'pino';
import type { EdgeOptions } from './app';
import { type Config, readConfig } from './config';
import { refuse } from './gates';
import { createMetrics, serveMetrics } from './metrics';

/** Everything but the page's files. */
export type EdgeBase = Omit<EdgeOptions, 'assets'>;

/** The edge as a process: from its settings to a signal. Whatever keeps it from starting is one line on stderr and exit code 1. */
export async function runEdge(
  env: NodeJS.ProcessEnv,
  prepare: (base: EdgeBase, config: Config) => Promise<RequestListener>,
): Promise<void> {
  const config = configuration(env);
  const log = pino({ name: 'host', level: config.logLevel });
  const metrics = createMetrics(log, Date.now);
  const handle = await prepare({ ...config, metrics, log, now: Date.now }, config).catch((error: Error) => leave(error.message));
  const service = new HttpService({ handle, refuse });

  await service.listen(config.port, config.host).catch(refusePort('PORT', config));
  log.info({ origin: config.publicUrl.origin, address: service.server.address() }, 'listening');

  if (config.metricsPort !== null) {
    const answer = serveMetrics(metrics);
    const figures = createServer((request, response) => {
      if (request.url === '/metrics') void answer(request, response);
      else response.writeHead(404).end();
    });
    figures.on('error', refusePort('METRICS_PORT', { ...config, port: config.metricsPort }));
    figures.listen(config.metricsPort, config.host);
  }

  async function stop(signal: string): Promise<void> {
    log.info({ signal }, 'stopping');
    // Event streams never end by themselves; their readers come back.
    await service.stop({ grace: config.grace, last: () => service.streams().forEach((response) => void response.end()) });
    process.exit(0);
  }

  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal));
}

function configuration(env: NodeJS.ProcessEnv): Config {
  try {
    return readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) leave(error.message);
    throw error;
  }
}

/** One clear line, and out. */
function leave(reason: string): never {
  process.stderr.write(`host: ${reason}\n`);
  process.exit(1);
}

function refusePort(variable: string, { port, host }: { port: number; host: string }): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    if (error.code === 'EADDRINUSE') leave(`port ${port} on ${host} is taken by another program. Stop it, or set ${variable}.`);
    if (error.code === 'EACCES') leave(`port ${port} may not be opened by this user. Set ${variable} to one above 1023.`);
    leave(String(error));
  };
}
