/**
 * Probes over HTTP, and the wish to drain. `startup`: the process runs, which lets the widget's own container start after it; `ready`:
 * registered once; `live`: the loop goes on.
 */
import { createServer, type Server } from 'node:http';
import type { Sidecar } from './sidecar';

export const probes = ['startup', 'ready', 'live'] as const;
export type Probe = (typeof probes)[number];

export function startHealth(sidecar: Pick<Sidecar, 'registered' | 'alive' | 'drain'>, port: number, host: string): Promise<Server> {
  const answers: Record<Probe, () => boolean> = {
    startup: () => true,
    ready: () => sidecar.registered,
    live: () => sidecar.alive,
  };
  const server = createServer((request, response) => {
    const path = (request.url ?? '').slice(1);
    const probe = probes.find((name) => name === path);
    if (request.method === 'GET' && probe) return void response.writeHead(answers[probe]() ? 200 : 503).end();
    // From this pod alone: draining is not the neighbours' business.
    if (request.method === 'POST' && path === 'drain' && isLoopback(request.socket.remoteAddress))
      return void sidecar.drain().then(() => response.writeHead(204).end());
    response.writeHead(404).end();
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

const isLoopback = (address = ''): boolean => /^(::ffff:)?127\.|^::1$/.test(address);
