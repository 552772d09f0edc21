/** Who is told which layouts hold something, over HTTP. */
import type { HoldingLayout, Layout, LayoutContentInput, Problem } from '@datamesh/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../http/caller';
import { person, publisherOf, startTestApi, type TestApi } from '../../testing/api';
import { stores } from '../../testing/stores';
import { widgetTarball } from '../../testing/tarball';

const alex = person('alex', ['power-user'], ['sales']);
const casey = person('casey', ['viewer'], ['sales']);
const mika = person('mika', ['publisher'], ['operations'], ['markets-data']);
const dana = person('dana', ['admin'], []);
const content = (title: string, more: Partial<LayoutContentInput> = {}): LayoutContentInput => ({
  title,
  tree: { type: 'stack', active: 0, panels: ['p1', 'p2'] },
  panels: {
    p1: { widget: 'series-chart@^1', settings: { symbol: 'A&B + é', source: 'markets' } },
    p2: { widget: 'series-chart@latest', settings: { symbol: 'IBM' } },
  },
  ...more,
});

interface Found {
  total: number;
  items: HoldingLayout[];
  next: string | null;
}

describe.each(stores())('which layouts hold something, on $name', ({ open }) => {
  let api: TestApi;
  let shared: string;
  beforeAll(async () => {
    api = await startTestApi(open);
    expect((await api.publish('series-chart', '1.0.0', widgetTarball())).status).toBe(201);
    const create = async (as: Caller, body: LayoutContentInput): Promise<string> => {
      const answer = await api.call('/api/v1/layouts', { as, method: 'POST', body });
      expect(answer.status).toBe(201);
      return ((await answer.json()) as Layout).id;
    };
    await create(casey, content('Of Casey alone'));
    shared = await create(dana, content('For all', { visibility: 'company' }));
    await create(alex, content('For Mika', { grants: [{ to: 'user:mika', may: 'view' }] }));
  });
  afterAll(() => api.stop());

  async function ask(as: Caller, question: Record<string, string>): Promise<{ status: number; found: Found; problem: Problem }> {
    const answer = await api.call(`/api/v1/holding-layouts?${new URLSearchParams(question)}`, { as });
    const body: unknown = await answer.json();
    return { status: answer.status, found: body as Found, problem: body as Problem };
  }
  const titles = ({ items }: Found): string[] => items.map(({ title }) => title);

  it('counts all for the widget’s team, and names those that the asker may see', async () => {
    const { found } = await ask(mika, { widget: 'series-chart' });
    expect([found.total, titles(found)]).toEqual([3, ['For Mika', 'For all']]);
    expect(found.items[1]).toMatchObject({ id: shared, owner: 'user:dana', ownerName: 'dana', department: null, panels: ['p1', 'p2'] });
    expect((await ask(mika, { widget: 'series-chart', setting: 'symbol', value: 'A&B + é' })).found.items[0]?.panels).toEqual(['p1']);
  });

  it('counts for the team’s token, which sees no layout', async () => {
    expect((await ask(publisherOf('markets-data'), { widget: 'series-chart', source: 'markets' })).found).toEqual({
      total: 3,
      items: [],
      next: null,
    });
  });

  it('tells admins of everything, page by page', async () => {
    const first = (await ask(dana, { source: 'markets', limit: '2' })).found;
    expect([first.total, titles(first)]).toEqual([3, ['For Mika', 'For all']]);
    const second = (await ask(dana, { source: 'markets', limit: '2', cursor: first.next ?? '' })).found;
    expect([titles(second), second.next]).toEqual([['Of Casey alone'], null]);
  });

  it.each([
    ['somebody of no team', casey, { widget: 'series-chart' }, 403, 'team_mismatch'],
    ['another team', publisherOf('platform'), { widget: 'series-chart' }, 403, 'team_mismatch'],
    ['a team about more than its widget', mika, { setting: 'symbol' }, 403, 'role_required'],
    ['a token about more than its widget', publisherOf('markets-data'), { setting: 'symbol' }, 403, 'session_required'],
    ['whoever asks nothing', dana, {}, 400, 'nothing_asked'],
    ['a value of no setting', dana, { widget: 'series-chart', value: 'IBM' }, 400, 'nothing_asked'],
    ['a widget that there is none of', dana, { widget: 'no-such' }, 404, 'widget_unknown'],
  ] as const)('refuses %s', async (_who, as, question, status, code) => {
    const answer = await ask(as, question);
    expect([answer.status, answer.problem.code]).toEqual([status, code]);
  });
});
