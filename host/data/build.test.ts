import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Table {
  caption: string;
  columns: { id: string }[];
  rows: Record<string, unknown>[];
}

/** Expected figures are read off the package's CSV files by eye, not computed by the code under test. */
describe('demo data', () => {
  const folder = mkdtempSync(join(tmpdir(), 'data-'));
  const out = join(folder, 'out');
  const read = <T>(path: string): T => JSON.parse(readFileSync(join(out, path), 'utf8')) as T;
  beforeAll(() => {
    execFileSync(process.execPath, [join(import.meta.dirname, 'build.ts'), out]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has the five stocks and the index, with the last month and its change', () => {
    const { rows, columns, caption } = read<Table>('markets/instruments.json');
    expect(rows.map(({ symbol }) => symbol)).toEqual(['AAPL', 'AMZN', 'GOOG', 'IBM', 'MSFT', 'SP500']);
    expect(rows[0]).toMatchObject({ name: 'Apple', last: 223.02, change: 18.4, percent: 8.99, unit: 'USD', asOf: '2010-03-01' });
    expect(rows[5]).toMatchObject({ last: 1140.45, unit: 'points' });
    for (const row of rows) {
      expect(row['spark']).toHaveLength(24);
      for (const { id } of columns) expect(row).toHaveProperty(id);
    }
    expect(caption).toContain('January 2000 – March 2010');
  });

  it('has a series per instrument, in order of time', () => {
    const apple = read<{ points: [string, number][] }>('markets/series/AAPL.json').points;
    expect(apple).toHaveLength(123);
    expect(apple[0]).toEqual(['2000-01-01', 25.94]);
    expect(apple.at(-1)).toEqual(['2010-03-01', 223.02]);
    expect(apple.map(([date]) => date)).toEqual(apple.map(([date]) => date).sort());
    const google = read<{ caption: string; points: unknown[] }>('markets/series/GOOG.json');
    expect(google.points).toHaveLength(68);
    expect(google.caption).toBe('Monthly price in USD, August 2004 – March 2010, from the vega-datasets package (stocks.csv)');
  });

  it('has every airport, names with commas and quotes included', () => {
    const { rows } = read<Table>('operations/airports.json');
    expect(rows).toHaveLength(3376);
    const named = (iata: string): unknown => rows.find((row) => row['iata'] === iata);
    expect(named('35A')).toMatchObject({ name: 'Union County, Troy Shelton', city: 'Union', destinations: 0, flights: 0 });
    expect(named('DBN')).toMatchObject({ name: 'W. H. "Bud" Barron' });
    expect(rows.filter((row) => row['city'] === 'NA')).toEqual([]);
  });

  it('has the routes of every airport, busiest first, and they add up', () => {
    const { rows } = read<Table>('operations/airports.json');
    const { routes, name } = read<{ name: string; routes: { destination: string; flights: number }[] }>('operations/routes/ABE.json');
    expect(name).toBe('Lehigh Valley International');
    expect(routes[0]?.destination).toBe('ORD');
    expect(routes.find(({ destination }) => destination === 'ATL')?.flights).toBe(853);
    const row = rows.find(({ iata }) => iata === 'ABE');
    expect(row).toMatchObject({ destinations: routes.length, flights: routes.reduce((sum, { flights }) => sum + flights, 0) });
    expect(read<{ routes: unknown[] }>('operations/routes/35A.json').routes).toEqual([]);
    expect(rows.filter((one) => one['flights'] !== 0)).toHaveLength(304 - 1);
  });
});
