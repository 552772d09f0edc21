import type { Account } from '@datamesh/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { person, startTestApi, type TestApi } from '../../testing/api';
import { stores } from '../../testing/stores';

const dana = person('dana', ['admin'], []);

describe.each(stores())('accounts, on $name', ({ open }) => {
  let api: TestApi;
  beforeEach(async () => {
    api = await startTestApi(open);
  });
  afterEach(() => api.stop());

  const listed = async (query = '') =>
    (await (await api.call(`/api/v1/accounts${query}`, { as: dana })).json()) as { items: Account[]; next: string | null };

  it('are everybody who has signed in, as what they were then, page by page', async () => {
    for (const one of [person('casey', ['viewer'], ['sales']), person('alex', ['power-user', 'publisher'], ['risk'])])
      expect((await api.call('/api/v1/session', { as: one })).status).toBe(200);
    const first = await listed('?limit=2');
    expect(first.items).toMatchObject([
      { id: 'alex', roles: ['power-user', 'publisher'], departments: ['risk'], teams: [] },
      { id: 'casey', roles: ['viewer'], departments: ['sales'] },
    ]);
    expect(await listed(`?limit=2&cursor=${first.next}`)).toMatchObject({ items: [{ id: 'dana', roles: ['admin'] }], next: null });
    expect(await listed('?q=CAS')).toMatchObject({ items: [{ id: 'casey' }], next: null });
    expect((await api.call('/api/v1/accounts?cursor=OTk', { as: dana })).status).toBe(400);
  });
});
