/** For tests: a whole tracker on a free port and a folder of its own, with a registry that publishes real keys and signs real tokens. */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ServiceClaims } from '@datamesh/contracts';
import { trackerProblems } from '@datamesh/contracts/tracker-problems';
import { watchCodes } from '@datamesh/service/testing/listed-codes';
import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { pino } from 'pino';
import { buildSink } from '../../build';
import { readConfig } from '../config';
import type { Erasure, StoredEvent } from '../events/event';
import { inspectSpool } from '../spool/inspect';
import { startTracker, type Tracker } from '../tracker';

export const PUBLIC_URL = 'http://dashboard.test';
export const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36';
/** Of a sender whom `dashboard` and `shop` trust; nobody trusts the other one. */
export const KEY = 'dmk_ofATrustedSender';
export const FOREIGN_KEY = 'dmk_ofSomebodyElse';
const keys = [createHash('sha256').update(KEY).digest('hex')];
export const SITES = JSON.stringify([
  { id: 'dashboard', title: 'Dashboard', identity: 'account', origins: [PUBLIC_URL], departments: ['*'], keys },
  { id: 'shop', title: 'Shop', identity: 'daily', origins: ['https://shop.test'], departments: ['sales'], owners: ['storefront'], keys },
  { id: 'plant', identity: 'daily', origins: ['https://plant.test'], departments: ['operations'] },
]);

export interface TestRegistry {
  url: string;
  /** What people may see, by `sub`; nothing of their own otherwise. */
  viewers: Map<string, { layouts?: string[]; own?: string[]; widgets?: string[] }>;
  /** `sid` of sessions that are over. */
  ended: Set<string>;
  token(claims?: Partial<ServiceClaims>, more?: { audience?: string; issuer?: string; expires?: string }): Promise<string>;
  close(): void;
}

export async function startRegistry(): Promise<TestRegistry> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' };
  const viewers: TestRegistry['viewers'] = new Map();
  const ended: TestRegistry['ended'] = new Set();
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url === '/internal/v1/session') {
      const { sid } = decodeJwt<{ sid: string }>(request.headers.authorization?.slice('Bearer '.length) ?? '');
      response.writeHead(ended.has(sid) ? 401 : 204).end();
      return;
    }
    if (request.url === '/internal/v1/viewer') {
      const { sub = '', sid } = decodeJwt<{ sid: string }>(request.headers.authorization?.slice('Bearer '.length) ?? '');
      response.writeHead(ended.has(sid) ? 401 : 200).end(JSON.stringify({ layouts: [], own: [], widgets: [], ...viewers.get(sub) }));
      return;
    }
    response.writeHead(request.url === '/.well-known/jwks.json' ? 200 : 404).end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    viewers,
    ended,
    token: (claims = {}, { audience = 'tracker', issuer = PUBLIC_URL, expires = '5m' } = {}) =>
      new SignJWT({ name: 'Alex', roles: ['viewer'], departments: ['sales'], teams: [], sid: 's', auth_time: 0, sub: 'alex', ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: 'one' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setExpirationTime(expires)
        .sign(privateKey),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

let sinkProgram: Promise<URL> | null = null;

/** The program of a sink's process, built from these sources once for each suite, and removed with it. */
export function builtSink(): Promise<URL> {
  sinkProgram ??= (async () => {
    const file = new URL(`../../dist/test-sink/${process.pid}.mjs`, import.meta.url);

    await buildSink(fileURLToPath(file));
    process.once('exit', () => rmSync(file, { force: true }));
    return file;
  })();
  return sinkProgram;
}

export interface TestTracker extends Tracker {
  folder: string;
  /** Stops and starts again on the same folder. */
  restart(): Promise<void>;
  /** Stops, and throws where it has answered with a code that the contract does not list for the operation. */
  remove(): Promise<void>;
}

export async function startTestTracker(
  registryUrl: string,
  options: { env?: Record<string, string>; now?(): number } = {},
): Promise<TestTracker> {
  const folder = await mkdtemp(join(tmpdir(), 'tracker-'));
  const config = readConfig({
    PORT: '0',
    PUBLIC_URL,
    REGISTRY_URL: registryUrl,
    DATA_DIR: folder,
    SITES,
    LOG_LEVEL: 'silent',
    ...options.env,
  });
  const sinkProgram = await builtSink();
  const start = (): Promise<Tracker> =>
    startTracker({
      config,
      logger: pino({ level: config.logLevel }),
      script: new URL('../client/tracker.ts', import.meta.url),
      sinkProgram,
      ...(options.now ? { now: options.now } : {}),
    });
  const unlisted = watchCodes('/api/tracker/v1', trackerProblems);
  let tracker = await start();
  return {
    folder,
    get url() {
      return tracker.url;
    },
    stop: () => tracker.stop(),
    async restart() {
      await tracker.stop();
      tracker = await start();
    },
    async remove() {
      await tracker.stop();
      await rm(folder, { recursive: true });
      const codes = unlisted();
      if (codes.length > 0) throw new Error(`Not listed in x-problem-codes of tracker.openapi.yaml: ${codes.join(', ')}`);
    },
  };
}

/** What is in the spool on disk: everything acknowledged that no sink has let go of. */
export async function recordsIn(dataDir: string): Promise<(StoredEvent | Erasure)[]> {
  const lines: string[] = [];
  await inspectSpool(join(dataDir, 'spool'), true, (line) => lines.push(line));
  return lines.flatMap((line) => {
    const [position, json] = line.split('\t');
    return json && /^\d+$/.test(position ?? '') ? [JSON.parse(json) as StoredEvent | Erasure] : [];
  });
}

export async function eventsIn(dataDir: string): Promise<StoredEvent[]> {
  return (await recordsIn(dataDir)).filter((record): record is StoredEvent => !('kind' in record));
}
