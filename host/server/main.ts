import { createServer, type ServerResponse } from 'node:http';
import { ConfigError } from '@datamesh/service';
import { pino } from 'pino';
import { createApp } from './app';
import { compressBest, readAssets } from './assets';
import { type Config, readConfig } from './config';
import { createMetrics, serveMetrics } from './metrics';

/** A tracking pixel may carry 100 KB of query, and the tracker has the say about it. */
const MAX_HEADER_BYTES = 256 * 1024;
const GRACE = 4_000;

function configuration(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (error instanceof ConfigError) refuse(error.message);
    throw error;
  }
}

/** One clear line, and out. */
function refuse(reason: string): never {
  process.stderr.write(`host: ${reason}\n`);
  process.exit(1);
}

const config = configuration();
const log = pino({ name: 'host', level: config.logLevel });
const assets = await readAssets(config.assets).catch((error: Error) => refuse(error.message));
const metrics = createMetrics(log, Date.now);
const server = createServer(
  { maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: 65_000 },
  createApp({ ...config, assets, metrics, log, now: Date.now }),
);

const refusePort = (variable: string, port: number) => (error: NodeJS.ErrnoException) => {
  if (error.code === 'EADDRINUSE') refuse(`port ${port} on ${config.host} is taken by another program. Stop it, or set ${variable}.`);
  if (error.code === 'EACCES') refuse(`port ${port} may not be opened by this user. Set ${variable} to one above 1023.`);
  refuse(String(error));
};
server.on('error', refusePort('PORT', config.port));
server.listen(config.port, config.host, () => {
  log.info({ origin: config.publicUrl.origin, address: server.address() }, 'listening');
  compressBest(assets).catch((error: unknown) => log.warn({ err: error }, 'files stay compressed as they are'));
});

if (config.metricsPort !== null) {
  const answer = serveMetrics(metrics);
  const figures = createServer((request, response) => {
    if (request.url === '/metrics') void answer(request, response);
    else response.writeHead(404).end();
  });
  figures.on('error', refusePort('METRICS_PORT', config.metricsPort));
  figures.listen(config.metricsPort, config.host);
}

const underWay = new Set<ServerResponse>();
server.on('request', (_request, response) => {
  underWay.add(response);
  response.on('close', () => underWay.delete(response));
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop(signal));

/** Answers under way may end; event streams never would, and their readers come back by themselves. */
function stop(signal: string): void {
  log.info({ signal }, 'stopping');
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  for (const response of underWay) if (String(response.getHeader('content-type')).startsWith('text/event-stream')) response.destroy();
  setTimeout(() => server.closeAllConnections(), GRACE).unref();
}
