import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig as readRegistry } from '../../registry-api/src/config';
import { readConfig as readTracker } from '../../tracker/src/config';

const services = [
  { tables: ['README.md'], read: readRegistry({ DATAMESH_DEV_ISSUER: '1' }).settings },
  {
    tables: ['README.md', 'docs/tracker.md'],
    read: readTracker({ SINKS: 'duckdb,kafka', QUERY_ENGINE: 'pinot', KAFKA_BROKERS: 'kafka:9092', PINOT_BROKERS: 'pinot:8099' }).settings,
  },
];
/** Where a document says it in words that people like better. */
const IN_WORDS: Readonly<Record<string, RegExp>> = {
  BOOTSTRAP_FILE: /`bootstrap\.json` beside `DATA_DIR`/,
  DATAMESH_DEV_ISSUER: /^– /,
  REGISTRY_URL: /:4100/,
  TRACKER_URL: /:4200/,
  SHARE_WITH_COMPANY: /`admin`/,
  SPOOL_MAX_BYTES: /1 GiB/,
  TRUSTED_PROXIES: /loopback.*private networks/,
};

/** What the last column but one of each row with this variable says. */
function described(path: string, name: string): string[] {
  const rows = readFileSync(join(import.meta.dirname, '../..', path), 'utf8').matchAll(
    /^\|(?<names> `[A-Z][A-Z0-9_]+`[^|]*)\|(?:.*\|)? (?<cell>[^|]*) \|[^|]*\|$/gm,
  );
  return [...rows].filter(({ groups }) => groups?.['names']?.includes(`\`${name}\``)).map(({ groups }) => groups?.['cell'] ?? '');
}

describe('what holds where a variable is not set', () => {
  const read = services.flatMap(({ tables, read }) =>
    read.flatMap(({ name, default: value }) => (value === null ? [] : [{ name, value, tables }])),
  );

  it.each(read)('is said as it is in each table: $name=$value', ({ name, value, tables }) => {
    const cells = tables.flatMap((path) => described(path, name));
    expect(cells.length).toBeGreaterThan(0);
    expect(cells.filter((cell) => !cell.includes(value) && !IN_WORDS[name]?.test(cell))).toEqual([]);
  });
});
