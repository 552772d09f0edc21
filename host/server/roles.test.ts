/** What the edge itself answers to whom. The services say the rest, each in a table of its own. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, signedIn, startEdge, startRegistry, temporaryFolder } from './edge.harness';

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
  '/deployments': [200, 200, 200, 200],
  '/deployments/notes': [200, 200, 200, 200],
  '/assets/main.1.mjs': [200, 200, 200, 200],
  '/healthz': [200, 200, 200, 200],
  // By the public name these do not exist, whoever asks.
  '/metrics': [404, 404, 404, 404],
  '/internal/v1/service-token': [404, 404, 404, 404],
  '/internal/v1/viewer': [404, 404, 404, 404],
  '/.well-known/jwks.json': [404, 404, 404, 404],
  '/data/': [401, 200, 200, 200],
  '/data/everybodys/file.json': [401, 200, 200, 200],
  '/data/payroll/file.json': [401, 200, 403, 200],
  '/data/nowhere/file.json': [401, 404, 404, 404],
};

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
    const answer = await ask(edge, path, { headers: caller ? signedIn : {} });
    expect(answer.status).toBe(wanted);
  });
});
