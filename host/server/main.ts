import { createServer } from 'node:http';
import { ConfigError, HttpService } from '@datamesh/service';
import { pino } from 'pino';
import { createApp } from './app';
import { compressBest, readAssets } from './assets';
import { type Config, readConfig } from './config';
import { refuse } from './gates';
import { createMetrics, serveMetrics } from './metrics';

function configuration(): Config {
  try {
    return readConfig(process.env);
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

const config = configuration();
const log = pino({ name: 'host', level: config.logLevel });
const assets = await readAssets(config.assets).catch((error: Error) => leave(error.message));
const metrics = createMetrics(log, Date.now);
const service = new HttpService({ handle: createApp({ ...config, assets, metrics, log, now: Date.now }), refuse });

await service.listen(config.port, config.host).catch(refusePort('PORT', config.port));
log.info({ origin: config.publicUrl.origin, address: service.server.address() }, 'listening');
compressBest(assets).catch((error: unknown) => log.warn({ err: error }, 'files stay compressed as they are'));

if (config.metricsPort !== null) {
  const answer = serveMetrics(metrics);
  const figures = createServer((request, response) => {
    if (request.url === '/metrics') void answer(request, response);
    else response.writeHead(404).end();
  });
  figures.on('error', refusePort('METRICS_PORT', config.metricsPort));
  figures.listen(config.metricsPort, config.host);
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal));

async function stop(signal: string): Promise<void> {
  log.info({ signal }, 'stopping');
  // Event streams never end by themselves; their readers come back.
  await service.stop({ grace: config.grace, last: () => service.streams().forEach((response) => void response.end()) });
  process.exit(0);
}

function refusePort(variable: string, port: number): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    if (error.code === 'EADDRINUSE') leave(`port ${port} on ${config.host} is taken by another program. Stop it, or set ${variable}.`);
    if (error.code === 'EACCES') leave(`port ${port} may not be opened by this user. Set ${variable} to one above 1023.`);
    leave(String(error));
  };
}
