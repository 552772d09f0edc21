import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { storedEvent } from '../../testing/golden';
import { BROWSER, startRegistry, startTestTracker, type TestRegistry, type TestTracker } from '../../testing/tracker';
import { Calendar } from '../calendar';
import { csvOf } from './csv';
import { parquetOf } from './parquet';
import { eventsTable, seriesTable, topTable } from './table';

async function whole(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

const inZone = (zone: string) => ({ zone, calendar: new Calendar(zone) });
const UTC = inZone('UTC');

const arrayBuffer = (bytes: Buffer): ArrayBuffer => new Uint8Array(bytes).buffer;

describe('tables', () => {
  const START = Date.parse('2026-03-02T10:00:00Z');
  const events = Array.from({ length: 25_001 }, (_, index) =>
    storedEvent({ ts: START + index, path: `/${index}`, dwell_ms: index % 3 === 0 ? null : index }),
  );
  const pages = () => {
    const asked: number[] = [];
    const page = async (after: { event_id: string } | null, limit: number) => {
      const start = after ? events.findIndex(({ event_id }) => event_id === after.event_id) + 1 : 0;
      asked.push(start);
      return events.slice(start, start + limit);
    };
    return { asked, page };
  };

  it('of events are read page by page, as fast as they are taken', async () => {
    const { asked, page } = pages();
    const { portions, columns } = await eventsTable(page);
    expect(asked).toEqual([0]);
    const paths: unknown[] = [];
    const path = columns.findIndex(({ name }) => name === 'path');
    for await (const rows of portions) {
      // Never further ahead than the page at hand.
      expect(asked.at(-1)).toBeLessThanOrEqual(paths.length);
      paths.push(...rows.map((row) => row[path]));
    }
    expect(paths).toEqual(events.map((event) => event.path));
  });

  it('are Parquet of several row groups that reads back as it was', async () => {
    const { page } = pages();
    const file = arrayBuffer(await whole(parquetOf(await eventsTable(page), UTC)));
    const metadata = await parquetMetadataAsync(file);
    expect(metadata.row_groups.length).toBeGreaterThan(5);
    const rows = await parquetReadObjects({ file });
    expect(rows).toHaveLength(events.length);
    expect(rows[0]).toMatchObject({ ts: new Date(START), path: '/0', dwell_ms: null, site_id: 'shop', host: null });
    expect(rows.at(-1)).toMatchObject({ ts: new Date(START + 25_000), path: '/25000', dwell_ms: 25_000n });
    const types = metadata.schema.map(({ name, logical_type, type }) => [name, logical_type?.type ?? type]);
    expect(types).toContainEqual(['ts', 'TIMESTAMP']);
    expect(types).toContainEqual(['path', 'STRING']);
    expect(types).toContainEqual(['dwell_ms', 'INT64']);
  });

  it('say in which zone their times are', async () => {
    const points = [{ t: '2026-11-10T18:30:00.000Z', views: 7, visitors: 2 }];
    expect((await whole(csvOf(seriesTable(points), inZone('Asia/Kolkata')))).toString('utf8')).toContain(
      '\r\n2026-11-11T00:00:00.000+05:30,7,2\r\n',
    );
    expect((await whole(csvOf(seriesTable(points), UTC))).toString('utf8')).toContain('\r\n2026-11-10T18:30:00.000Z,7,2\r\n');
    const file = arrayBuffer(await whole(parquetOf(seriesTable(points), inZone('Asia/Kolkata'))));
    expect((await parquetMetadataAsync(file)).key_value_metadata).toEqual([{ key: 'zone', value: 'Asia/Kolkata' }]);
    expect(await parquetReadObjects({ file })).toEqual([{ start: new Date('2026-11-10T18:30:00.000Z'), views: 7n, visitors: 2n }]);
  });

  it('without rows are files all the same', async () => {
    const empty = () => topTable('path', []);
    expect((await whole(csvOf(empty(), UTC))).toString('utf8')).toBe('\ufeffpath,views,visitors,dwell_ms\r\n');
    const file = arrayBuffer(await whole(parquetOf(empty(), UTC)));
    expect(await parquetReadObjects({ file })).toEqual([]);
    expect((await parquetMetadataAsync(file)).schema.map(({ name }) => name)).toEqual(['root', 'path', 'views', 'visitors', 'dwell_ms']);
  });

  it('as CSV hold any text, and nothing that a spreadsheet would run', async () => {
    const texts = [
      'plain',
      'a,b',
      'say "hi"',
      'two\nlines',
      "it's",
      '=1+1',
      '+1',
      '-1',
      '@SUM(A1)',
      '\tx',
      '＝1',
      '=HYPERLINK("http://x","y")',
      '🙂',
    ];
    const items = texts.map((value) => ({ value, views: 1, visitors: 1, dwellMs: 0 }));
    const [, ...lines] = (await whole(csvOf(topTable('path', items), UTC))).toString('utf8').split('\r\n');
    expect(lines.slice(0, -1)).toEqual(
      ['plain', '"a,b"', '"say ""hi"""', '"two\nlines"', "it's", "'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\tx", "'＝1"]
        .concat(['"\'=HYPERLINK(""http://x"",""y"")"', '🙂'])
        .map((cell) => `${cell},1,1,0`),
    );
    const file = arrayBuffer(await whole(parquetOf(topTable('path', items), UTC)));
    expect((await parquetReadObjects({ file })).map(({ path }) => path as string)).toEqual(texts);
  });
});

describe('export', () => {
  let registry: TestRegistry;
  let tracker: TestTracker;
  const from = new Date(Date.now() - 3_600_000).toISOString();
  const to = new Date(Date.now() + 3_600_000).toISOString();

  const download = async (query: Record<string, string>, teams = ['storefront']) =>
    fetch(`${tracker.url}/api/tracker/v1/export?${new URLSearchParams({ site: 'shop', from, to, ...query })}`, {
      headers: { authorization: `Bearer ${await registry.token({ teams })}` },
    });

  beforeAll(async () => {
    registry = await startRegistry();
    tracker = await startTestTracker(registry.url);
    const events = [
      { site: 'shop', url: 'https://shop.test/pricing?utm_source==cmd', props: { note: 'a "b", c' } },
      { site: 'shop', name: 'dwell', path: '/pricing', dwell_ms: 1200 },
      { site: 'shop', path: '/ünï' },
    ];
    await fetch(`${tracker.url}/t/events`, {
      method: 'POST',
      body: JSON.stringify(events),
      headers: { 'content-type': 'application/json', 'user-agent': BROWSER },
    });
    const lines = async () => (await (await download({ what: 'events' })).text()).split('\r\n').length;
    await vi.waitFor(async () => expect(await lines()).toBe(5), { interval: 20, timeout: 60_000 });
  });
  afterAll(async () => {
    await tracker.remove();
    registry.close();
  });

  it('events as CSV, with a name that says what it is', async () => {
    const response = await download({ what: 'events', zone: 'Europe/Berlin' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const date = (instant: number) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(instant);
    const name = `shop-events-${date(Date.parse(from))}-to-${date(Date.parse(to) - 1)}.csv`;
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${name}"`);
    const text = Buffer.from(await response.arrayBuffer()).toString('utf8');
    expect(text).toMatch(/^\ufeffevent_id,site_id,ts,received_ts,event_name,path,/);
    expect(text).toContain(",'=cmd,");
    expect(text).toContain('"{""note"":""a \\""b\\"", c""}"');
    expect(text).toMatch(/,view,\/ünï,/);
    expect(text).not.toContain('dropped');
  });

  it('events as Parquet', async () => {
    const response = await download({ what: 'events', format: 'parquet' });
    expect(response.headers.get('content-type')).toBe('application/vnd.apache.parquet');
    expect(response.headers.get('content-disposition')).toMatch(/\.parquet"$/);
    const rows = await parquetReadObjects({ file: await response.arrayBuffer() });
    expect(rows.map(({ event_name }) => event_name as string).sort()).toEqual(['dwell', 'view', 'view']);
    expect(rows.find(({ event_name }) => event_name === 'dwell')).toMatchObject({ dwell_ms: 1200n, ts: expect.any(Date) });
    expect(rows.map(({ utm_source }) => utm_source as string | null)).toContain('=cmd');
  });

  it('only of the events that all filters fit', async () => {
    const response = await download({ what: 'events', format: 'parquet', filter: 'path:/ünï' });
    expect(await parquetReadObjects({ file: await response.arrayBuffer() })).toMatchObject([{ path: '/ünï' }]);
  });

  it('series and top lists for whoever may see them', async () => {
    const series = await download({ what: 'series', bucket: 'hour' }, []);
    expect(series.headers.get('content-disposition')).toContain('shop-series-by-hour-');
    expect((await series.text()).trim().split('\r\n')).toHaveLength(4);
    const days = await download({ what: 'series', bucket: 'day', zone: 'Asia/Kathmandu' }, []);
    expect(await days.text()).toMatch(/\r\n\d{4}-\d\d-\d\dT00:00:00\.000\+05:45,/);
    const top = await download({ what: 'top', dimension: 'path', format: 'parquet' }, []);
    expect(top.headers.get('content-disposition')).toContain('shop-top-path-');
    expect(await parquetReadObjects({ file: await top.arrayBuffer() })).toEqual([
      { path: '/pricing', views: 1n, visitors: 1n, dwell_ms: 1200n },
      { path: '/ünï', views: 1n, visitors: 1n, dwell_ms: 0n },
    ]);
  });
});
