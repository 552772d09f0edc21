import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadOverview, type OverviewQuery } from './overview';

const now = Date.parse('2026-03-10T14:20:31.500Z');
const query: OverviewQuery = {
  site: 'shop',
  range: { preset: '30d' },
  brush: null,
  filters: [],
  clock: { zone: 'UTC', weekStart: 'monday' },
  bucket: 'day',
  comparison: 'previous',
  narrow: false,
};

/** A tracker that answers everything with one bar, and what it was asked. */
async function load(patch: Partial<OverviewQuery>) {
  const asked: URL[] = [];
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(new URL(url, 'http://tracker'));
    return Response.json({ points: [{ t: '2026-02-09T00:00:00.000Z', views: 1, visitors: 1 }] });
  });
  const overview = await loadOverview({ ...query, ...patch }, new AbortController().signal, now);
  const of = (call: string) => asked.filter(({ pathname }) => pathname.endsWith(`/${call}`));
  return { overview, series: of('series'), compareFrom: of('summary')[0]?.searchParams.get('compareFrom') ?? null };
}
afterEach(() => vi.unstubAllGlobals());

describe('the overview', () => {
  it('is compared in the chart and in the figures', async () => {
    const { overview, series, compareFrom } = await load({});
    expect(overview).toMatchObject({ comparison: 'previous', before: [{ views: 1 }] });
    expect(series).toHaveLength(2);
    expect(compareFrom).toBe('2026-01-09T14:21:00.000Z');
  });

  it('compares only the figures where the bars are weeks that do not stand over each other', async () => {
    const { overview, series, compareFrom } = await load({ bucket: 'week' });
    expect(overview).toMatchObject({ comparison: 'previous', before: [] });
    expect(series).toHaveLength(1);
    expect(compareFrom).toBe('2026-01-09T14:21:00.000Z');
  });

  it('names no comparison that the tracker was not asked for', async () => {
    const { overview, compareFrom } = await load({ comparison: 'none' });
    expect(overview).toMatchObject({ comparison: 'none', before: [] });
    expect(compareFrom).toBeNull();
  });
});
