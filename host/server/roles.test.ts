/**
 * What the edge itself gives to whom. The services say the rest, each in a table of its own, and e2e/edge/roles.e2e.ts tries all of it together: here
 * it is what the edge tells them of who asks, for every operation of the contracts, and its own routes.
 */
import { registryDocument, trackerDocument } from '@datamesh/contracts/node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from './app';
import { ask, edgeOptions, fromPage, startEdge, startRegistry, temporaryFolder } from './testing/edge';

const callers = {
  nobody: null,
  member: { roles: ['viewer'], departments: ['hr'] },
  stranger: { roles: ['power-user', 'publisher'], departments: ['sales'] },
  admin: { roles: ['admin'], departments: [] },
} as const;
const roles = Object.keys(callers) as (keyof typeof callers)[];

const table: Record<string, [number, number, number, number]> = {
  '/': [200, 200, 200, 200],
  '/d/sales': [200, 200, 200, 200],
  '/l/some-layout': [200, 200, 200, 200],
  '/layouts': [200, 200, 200, 200],
  '/preferences': [200, 200, 200, 200],
  '/admin': [200, 200, 200, 200],
  '/admin/audit': [200, 200, 200, 200],
  '/departments/sales': [200, 200, 200, 200],
  '/deployments': [200, 200, 200, 200],
  '/deployments/notes': [200, 200, 200, 200],
  '/marketplace': [200, 200, 200, 200],
  '/marketplace/notes': [200, 200, 200, 200],
  '/assets/main.1.mjs': [200, 200, 200, 200],
  '/worker': [200, 200, 200, 200],
  '/outage-worker': [200, 200, 200, 200],
  '/last-seen-key': [401, 200, 200, 200],
  '/healthz': [200, 200, 200, 200],
  '/readyz': [200, 200, 200, 200],
  // By the public name these do not exist, whoever asks.
  '/metrics': [404, 404, 404, 404],
  '/internal/v1/service-token': [404, 404, 404, 404],
  '/internal/v1/viewer': [404, 404, 404, 404],
  '/.well-known/jwks.json': [404, 404, 404, 404],
  '/data/': [401, 200, 200, 200],
  '/data/everybodys/file.json': [401, 200, 200, 200],
  '/data/payroll/file.json': [401, 200, 403, 200],
  '/data/nowhere/file.json': [401, 404, 404, 404],
  // Passed on, with whom it is for (below): these services answer everything.
  '/api/v1/widgets': [200, 200, 200, 200],
  '/api/tracker/v1/sites': [200, 200, 200, 200],
  '/remotes/notes/1.0.0/remoteEntry.mjs': [200, 200, 200, 200],
  '/oidc/auth': [200, 200, 200, 200],
  '/t/tracker.js': [200, 200, 200, 200],
};

it('every route of the edge is in the table', async () => {
  const { stack } = createApp(await edgeOptions()).router;
  const routes = stack.flatMap(({ route }) => (route ? [route.path as string | RegExp] : []));
  expect(routes.length).toBeGreaterThan(10);
  const leadsTo = (route: string | RegExp, path: string): boolean => (typeof route === 'string' ? route === path : route.test(path));
  expect(routes.filter((route) => !Object.keys(table).some((path) => leadsTo(route, path)))).toEqual([]);
});

describe.each(roles)('the edge, asked by %s', (role) => {
  let registry: Awaited<ReturnType<typeof startRegistry>>;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let edge: Awaited<ReturnType<typeof startEdge>>;
  const caller = callers[role];
  beforeAll(async () => {
    registry = await startRegistry();
    if (caller) Object.assign(registry.state, caller);
    folder = await temporaryFolder({ 'file.json': '{}' });
    const source = { kind: 'folder', folder: folder.path } as const;
    edge = await startEdge({
      registry: registry.url,
      sources: { everybodys: { ...source, departments: ['*'] }, payroll: { ...source, departments: ['hr'] } },
    });
  });
  afterAll(async () => {
    await edge.close();
    await registry.close();
    await folder.remove();
  });

  it.each(Object.entries(table).map(([path, answers]) => [path, answers[roles.indexOf(role)]] as const))('%s %i', async (path, wanted) => {
    const answer = await ask(edge, path, { headers: caller ? fromPage : {} });
    expect(answer.status).toBe(wanted);
  });
});

interface Operation {
  method: string;
  path: string;
  /** Sign-in itself, which sees the cookie and decides by it. */
  session: boolean;
}
const METHODS = ['get', 'put', 'post', 'patch', 'delete'];
const operationsOf = (document: { servers: readonly { url: string }[]; paths: object }): Operation[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => method in item).map((method) => ({
      method: method.toUpperCase(),
      path: `${document.servers[0]?.url}${path.replaceAll(/\{[^}]+\}/g, 'some')}`,
      session: path === '/session' || path.startsWith('/session/'),
    })),
  );
const operations = {
  'registry-api': operationsOf(registryDocument),
  tracker: operationsOf(trackerDocument),
};

const FORGED = {
  authorization: 'Bearer e30.e30.',
  'x-user': 'dana',
  'x-roles': 'admin',
  'x-forwarded-user': 'dana',
  'x-auth-request-user': 'dana',
};
const OWN = ['dmp_a-publish-token', 'dml_a-layout-token', 'dmb_the-set-up', 'dmk_a-sender'] as const;

/** By who asks: what they send, and what each service is told in its place. `cookie`: sign-in alone is told that. */
const identities: Record<
  string,
  { sends: Record<string, string>; told: Record<keyof typeof operations, string | undefined>; cookie: boolean }
> = {
  nobody: { sends: {}, told: { 'registry-api': undefined, tracker: undefined }, cookie: false },
  'somebody who claims to be another': { sends: FORGED, told: { 'registry-api': undefined, tracker: undefined }, cookie: false },
  'whoever has a session': {
    sends: fromPage,
    told: { 'registry-api': 'Bearer jwt-for-registry-api', tracker: 'Bearer jwt-for-tracker' },
    cookie: true,
  },
  'whoever has a session and claims to be another': {
    sends: { ...fromPage, ...FORGED },
    told: { 'registry-api': 'Bearer jwt-for-registry-api', tracker: 'Bearer jwt-for-tracker' },
    cookie: true,
  },
  ...Object.fromEntries(
    OWN.map((secret) => [
      `whoever brings ${secret}`,
      {
        sends: { authorization: `Bearer ${secret}` },
        told: { 'registry-api': secret.startsWith('dmk_') ? undefined : `Bearer ${secret}`, tracker: undefined },
        cookie: false,
      },
    ]),
  ),
};

describe.each(Object.entries(identities))('%s', (_who, { sends, told, cookie }) => {
  let registry: Awaited<ReturnType<typeof startRegistry>>;
  let edge: Awaited<ReturnType<typeof startEdge>>;
  beforeAll(async () => {
    registry = await startRegistry();
    edge = await startEdge({ registry: registry.url });
  });
  beforeEach(() => registry.received.splice(0));
  afterAll(async () => {
    await edge.close();
    await registry.close();
  });

  it.each(['registry-api', 'tracker'] as const)('is that to %s, whatever they ask for, and nothing else', async (service) => {
    const wrong: string[] = [];
    for (const { method, path, session } of operations[service]) {
      const { status } = await ask(edge, path, { method, headers: { ...sends, ...(method === 'GET' ? {} : { 'content-length': '0' }) } });
      const [seen, ...more] = registry.received.splice(0);
      const claims = Object.keys(seen?.headers ?? {}).filter((name) => /^x-(user|roles|auth|forwarded-user)/.test(name));
      // Sign-in finds out by the cookie who it is; no token is fetched for it.
      const identity = session && cookie ? undefined : told[service];
      const right =
        status === 200 &&
        more.length === 0 &&
        seen?.url === path &&
        seen.method === method &&
        seen.headers.authorization === identity &&
        (seen.headers.cookie !== undefined) === (session && cookie) &&
        claims.length === 0;
      if (!right) wrong.push(`${method} ${path}: ${status} ${JSON.stringify(seen)}`);
    }
    expect(wrong).toEqual([]);
  });
});
