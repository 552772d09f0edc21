import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { HttpService, TrustedProxies } from '@datamesh/service';
import { pino } from 'pino';
import { createApp, type EdgeOptions } from '../app';
import { type Assets, readAssets } from '../assets';
import { refuse } from '../gates';
import { createMetrics } from '../metrics';
import type { SourceConfig } from '../sources/config';

export const SESSION = 'session-of-casey-0123456789abcdef';
/** The edge's canonical origin in tests: not where it listens, as behind a load balancer. */
export const ORIGIN = 'http://dashboard.test';

export interface Running {
  url: URL;
  close(): Promise<void>;
}

export async function listen(server: Server): Promise<Running> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

export interface Received {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
}

/** Stands for registry-api: it knows one session, records what reaches it, and answers the rest as `handle` says. */
export async function startRegistry(handle: RequestListener = (_request, response) => void response.end('{}')) {
  const received: Received[] = [];
  const exchanges: string[] = [];
  const state = { expiresIn: 60_000, known: true, user: 'casey', roles: ['viewer'], departments: ['sales'], cookie: 'dm_session' };
  const running = await listen(
    createServer({ maxHeaderSize: 256 * 1024 }, (incoming, response) => {
      const { url = '', method = '', headers } = incoming;
      if (url !== '/internal/v1/service-token') {
        received.push({ method, url, headers });
        return handle(incoming, response);
      }
      let body = '';
      incoming.on('data', (part) => {
        body += String(part);
      });
      incoming.on('end', () => {
        const { audience } = JSON.parse(body) as { audience: string };
        exchanges.push(audience);
        const known = state.known && headers.cookie === `${state.cookie}=${SESSION}`;
        response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' });
        const expiresAt = new Date(Date.now() + state.expiresIn).toISOString();
        const { user, roles, departments } = state;
        response.end(
          JSON.stringify(known ? { token: `jwt-for-${audience}`, expiresAt, user, roles, departments } : { code: 'session_unknown' }),
        );
      });
    }),
  );
  return { ...running, received, exchanges, state };
}

export async function startService(handle: RequestListener) {
  const received: Received[] = [];
  const running = await listen(
    createServer({ maxHeaderSize: 256 * 1024 }, (incoming, response) => {
      received.push({ method: incoming.method ?? '', url: incoming.url ?? '', headers: incoming.headers });
      handle(incoming, response);
    }),
  );
  return { ...running, received };
}

export interface EdgeSetting {
  registry: URL;
  tracker?: URL;
  sources?: Record<string, SourceConfig>;
  trustedProxies?: string[];
  files?: Record<string, string | Buffer>;
}

/** Of an edge that is not started, and whose services need not be there. */
export async function edgeOptions(): Promise<EdgeOptions> {
  const folder = await temporaryFolder({ 'entry.json': '["main.1.mjs"]', 'main.1.mjs': '', 'worker.3.mjs': '' });
  try {
    const nowhere = new URL('http://127.0.0.1:1');
    return optionsOf({ registry: nowhere }, await readAssets(folder.path));
  } finally {
    await folder.remove();
  }
}

function optionsOf({ registry, tracker = registry, sources = {}, trustedProxies = [] }: EdgeSetting, assets: Assets): EdgeOptions {
  const log = pino({ level: 'silent' });
  return {
    publicUrl: new URL(ORIGIN),
    trustedProxies: new TrustedProxies(trustedProxies),
    registryUrl: registry,
    trackerUrl: tracker,
    assets,
    sources: new Map(Object.entries(sources)),
    dataReads: { quota: null, window: 60 },
    metrics: createMetrics(Date.now),
    log,
    now: Date.now,
  };
}

export async function startEdge(setting: EdgeSetting) {
  const folder = await temporaryFolder({
    'entry.json': '["main.1.mjs","main.1.css"]',
    'main.1.mjs': 'console.log(1);'.repeat(100),
    'main.1.css': 'body{margin:0}'.repeat(100),
    'lazy.2.mjs': 'export default 2;',
    'worker.3.mjs': 'postMessage(3);',
    'outage-worker.4.mjs': 'onfetch = answer(KEPT_PAGE);',
    ...setting.files,
  });
  const assets = await readAssets(folder.path);
  const app = createApp(optionsOf(setting, assets));
  const running = await listen(new HttpService({ handle: app, refuse }).server);
  return {
    ...running,
    assets,
    close: async () => {
      await running.close();
      await folder.remove();
    },
  };
}

export async function temporaryFolder(files: Record<string, string | Buffer>) {
  const path = await mkdtemp(join(tmpdir(), 'edge-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), content);
  }
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
  bytes: Buffer;
}

/** A request with exactly these headers: fetch would set and refuse some of its own. */
export function ask(
  edge: Running,
  path: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
) {
  return new Promise<Answer>((done, fail) => {
    const outgoing = request(
      { host: edge.url.hostname, port: edge.url.port, path, method, headers: { host: new URL(ORIGIN).host, ...headers }, agent: false },
      (incoming) => {
        const parts: Buffer[] = [];
        incoming.on('data', (part: Buffer) => parts.push(part));
        incoming.on('error', fail);
        incoming.on('end', () => {
          const bytes = Buffer.concat(parts);
          done({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: bytes.toString(), bytes });
        });
      },
    );
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}

export const codeOf = (answer: Answer): unknown => (JSON.parse(answer.body) as { code?: unknown }).code;
export const signedIn = { cookie: `other=1; dm_session=${SESSION}` };
export const fromPage = { ...signedIn, origin: ORIGIN, 'sec-fetch-site': 'same-origin' };
