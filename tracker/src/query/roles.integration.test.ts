/**
 * Every operation of the contract, asked by everybody: what each gets. An operation that is not in this table fails the test, so that nobody adds
 * one without saying whom it is for.
 */
import type { ServiceClaims } from '@datamesh/contracts';
import { trackerDocument } from '@datamesh/contracts/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRegistry, startTestTracker, type TestRegistry, type TestTracker } from '../testing/tracker';

const callers = {
  nobody: null,
  /** Of a department of the site `shop`. */
  member: { departments: ['sales'] },
  stranger: { departments: ['operations'] },
  /** Of a team that owns the site. */
  owner: { departments: ['sales'], teams: ['storefront'] },
  admin: { departments: [], roles: ['admin'] },
  /** Whose session is over. */
  signedOut: { departments: [], roles: ['admin'], sid: 'over' },
  /** Who has just signed in to have their visits forgotten. */
  fresh: { departments: [] },
} as const satisfies Record<string, unknown>;
type Role = keyof typeof callers;
const roles = Object.keys(callers) as Role[];

const range = { from: new Date(Date.now() - 3_600_000).toISOString(), to: new Date(Date.now() + 3_600_000).toISOString() };

interface Row {
  path: string;
  query?: Record<string, string | string[]>;
  body?: unknown;
  answers: readonly number[];
}

// In the order of `callers`: nobody, member, stranger, owner, admin, signedOut, fresh.
const figures = [401, 200, 404, 200, 200, 401, 401];
/** The dashboard's site is everybody's; what of it is said is in visibility.integration.test.ts. */
const everybodys = [401, 200, 200, 200, 200, 401, 401];
const shop = { site: 'shop', ...range };
const dashboard = { site: 'dashboard', ...range };

const table: Record<string, Row[]> = {
  listSites: [{ path: '/sites', answers: everybodys }],
  getSummary: [
    { path: '/summary', query: shop, answers: figures },
    { path: '/summary', query: dashboard, answers: everybodys },
  ],
  getSeries: [{ path: '/series', query: shop, answers: figures }],
  getTop: [{ path: '/top', query: { ...shop, dimension: 'path' }, answers: figures }],
  listProps: [{ path: '/props', query: shop, answers: figures }],
  getSessions: [{ path: '/sessions', query: shop, answers: figures }],
  getDwell: [{ path: '/dwell', query: shop, answers: figures }],
  getFunnel: [{ path: '/funnel', query: { ...dashboard, step: ['path:/a', 'path:/b'] }, answers: everybodys }],
  getRetention: [{ path: '/retention', query: dashboard, answers: everybodys }],
  getLive: [{ path: '/live', query: { site: 'shop' }, answers: figures }],
  getDrops: [{ path: '/drops', query: shop, answers: figures }],
  getWidgetUsage: [{ path: '/widgets', query: shop, answers: figures }],
  export: [
    { path: '/export', query: { ...shop, what: 'series' }, answers: figures },
    { path: '/export', query: { ...shop, what: 'top', dimension: 'path' }, answers: figures },
    { path: '/export', query: { ...shop, what: 'events' }, answers: [401, 403, 404, 200, 200, 401, 401] },
    { path: '/export', query: { ...dashboard, what: 'events' }, answers: [401, 403, 403, 403, 200, 401, 401] },
  ],
  readTrackerSettings: [{ path: '/settings', answers: [401, 403, 403, 403, 200, 401, 401] }],
  // Erases by its own token alone, which no session has.
  eraseVisitor: [{ path: '/erasures', body: { site: 'dashboard' }, answers: [401, 403, 403, 403, 403, 403, 202] }],
};

const operations = Object.values(trackerDocument.paths).flatMap((item) =>
  Object.values(item as Record<string, { operationId?: string }>).flatMap(({ operationId }) => operationId ?? []),
);

describe('who may ask what', () => {
  let registry: TestRegistry;
  let tracker: TestTracker;
  beforeAll(async () => {
    registry = await startRegistry();
    registry.ended.add('over');
    tracker = await startTestTracker(registry.url);
  });
  afterAll(async () => {
    await tracker.remove();
    registry.close();
  });

  it('is said of every operation of the contract, and of no other', () => {
    expect(Object.keys(table).sort()).toEqual([...operations].sort());
  });

  const rows = Object.entries(table).flatMap(([operation, asked]) => asked.map((row) => ({ operation, ...row })));
  describe.each(rows)('$operation', ({ path, query = {}, body, answers }) => {
    it.each(roles.map((role, index) => [role, answers[index]] as const))('%s %i', async (role, wanted) => {
      const parameters = new URLSearchParams();
      for (const [key, value] of Object.entries(query)) for (const each of [value].flat()) parameters.append(key, each);
      const claims = callers[role] as Partial<ServiceClaims> | null;
      const token = claims && (await registry.token(claims, role === 'fresh' ? { audience: 'tracker/erasures' } : {}));
      const response = await fetch(`${tracker.url}/api/tracker/v1${path}?${parameters}`, {
        method: body ? 'POST' : 'GET',
        headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      await response.arrayBuffer();
      expect(response.status).toBe(wanted);
    });
  });
});
