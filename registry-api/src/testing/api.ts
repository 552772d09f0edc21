/** The whole service on a free port, with callers of the test's choice: who somebody is belongs to the identity room's own tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpService } from '@datamesh/service';
import { pino } from 'pino';
import { createApp } from '../app';
import { systemClock } from '../clock';
import { type Config, readConfig } from '../config';
import type { Caller } from '../http/caller';
import { createMetrics } from '../http/metrics';
import { refuse } from '../http/problem-answers';
import { identityStores } from '../identity/stores';
import { createModules } from '../modules';
import { createThreads } from '../workers/threads';
import { watchListedCodes } from './listed-codes';
import type { StoreUnderTest } from './stores';

export const publisherOf = (team: string): Caller => ({ kind: 'token', id: `t-${team}`, team, createdBy: 'user:robin' });

export const person = (
  sub: string,
  roles: ('viewer' | 'power-user' | 'publisher' | 'admin')[] = ['viewer'],
  departments = ['sales'],
  teams: string[] = [],
): Caller => ({
  kind: 'user',
  claims: { sub, name: sub, roles, departments, teams, sid: `sid-${sub}`, auth_time: 0 },
});

export interface CallOptions {
  as?: Caller;
  method?: string;
  /** An object is sent as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Instead of a body: sent as it comes. */
  stream?: ReadableStream;
  signal?: AbortSignal;
}

export interface ApiCall extends CallOptions {
  /** Below the address that the API has for its version. */
  path: string;
}

export interface TestApi {
  url: string;
  call(path: string, options?: CallOptions): Promise<Response>;
  publish(name: string, version: string, body: Uint8Array, as?: Caller): Promise<Response>;
  /** Stops, and throws where it has answered with a code that the contract does not list for the operation. */
  stop(): Promise<void>;
}

const none = { quota: null, window: 60 };
const unlimited = { signIns: none, writes: none, reads: none, people: none };
const silent = pino({ level: process.env['TEST_LOG'] ?? 'silent' });

/** One set for all services of a test file: from the sources a thread needs a second to start. */
const threads = createThreads({ logger: silent, metrics: createMetrics() });

export async function startTestApi(open: StoreUnderTest['open'], settings: Partial<Config> = {}): Promise<TestApi> {
  const storage = await open();
  const folder = mkdtempSync(join(tmpdir(), 'registry-api-'));
  const config: Config = {
    ...readConfig({ DATAMESH_DEV_ISSUER: '1', DATA_DIR: join(folder, 'registry') }),
    blobs: storage.kind === 'mongo' ? 'gridfs' : 'fs',
    rateLimits: unlimited,
    ...settings,
  };
  const refuseUnlistedCodes = watchListedCodes();
  const metrics = createMetrics();
  // Before the modules begin their work in the background: a start that fails here leaves nothing running.
  const { sessions, people } = await identityStores(storage);
  const modules = await createModules({ config, storage, threads, clock: systemClock, logger: silent, metrics });
  const callers = new Map<string, Caller>();
  const app = createApp({
    modules: {
      ...modules,
      authenticate: (req, _res, next) => {
        req.caller = callers.get(req.get('x-test-caller') ?? '') ?? { kind: 'nobody' };
        next();
      },
    },
    metrics,
    logger: silent,
    config: { ...config, responseContract: 'strict' },
  });
  const service = new HttpService({ handle: app, refuse });
  const url = `http://127.0.0.1:${(await service.listen(0, '127.0.0.1')).port}`;

  /** Streams ask whether the session of whom they serve still lives: people of the test have one. */
  const signedIn = new Map<string, Promise<void>>();
  function signIn({ claims: { sid, sub: id, name, roles, departments, teams } }: Caller & { kind: 'user' }): Promise<void> {
    const now = systemClock();
    const until = now + 3_600_000;
    const record = {
      hash: sid,
      sid,
      user: { id, name, roles, departments, teams },
      authTime: 0,
      createdAt: now,
      lastSeenAt: now,
      idleUntil: until,
      until,
    };
    const begin = async (): Promise<void> => {
      await people.signedIn({ id, name, roles, departments, teams, signedInAt: now });
      // A database that is opened again knows them already.
      if (!(await sessions.findBySid(sid, now))) await sessions.add(record, []);
    };
    const known = signedIn.get(sid) ?? begin();
    signedIn.set(sid, known);
    return known;
  }

  async function call(path: string, { as, method = 'GET', body, headers = {}, stream, signal }: CallOptions = {}): Promise<Response> {
    const raw = body instanceof Uint8Array || typeof body === 'string';
    const key = JSON.stringify(as ?? null);
    if (as) callers.set(key, as);
    if (as?.kind === 'user') await signIn(as);
    return fetch(url + path, {
      method,
      headers: {
        ...(as ? { 'x-test-caller': key } : {}),
        ...(body !== undefined && !raw ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: raw ? (body as BodyInit) : JSON.stringify(body) }),
      ...(stream ? { body: stream, duplex: 'half' } : {}),
      ...(signal ? { signal } : {}),
    });
  }

  return {
    url,
    call,
    publish: (name, version, body, as = publisherOf('markets-data')) =>
      call(`/api/v1/widgets/${name}/versions/${version}`, { as, method: 'PUT', body, headers: { 'content-type': 'application/gzip' } }),
    stop: async () => {
      await modules.stop();
      await service.stop({ grace: 0 });
      await storage.close();
      rmSync(folder, { recursive: true, force: true });
      refuseUnlistedCodes();
    },
  };
}

/** Asks again until the answer is not undefined; tests wait for conditions, never for time. */
export async function eventually<T>(ask: () => Promise<T | undefined> | T | undefined, what: string): Promise<T> {
  const until = performance.now() + 10_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > until) throw new Error(`it did not come to pass: ${what}`);
    await new Promise((soon) => setTimeout(soon, 10));
  }
}
