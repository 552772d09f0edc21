import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig as readRegistry } from '../../registry-api/src/config';
import { readConfig as readTracker } from '../../tracker/src/config';

interface Row {
  /** The variables that it is about. */
  names: string;
  default: string;
}

/** Of all tables of a document: the last column but one says what holds where nothing is set. */
const rowsOf = (path: string): Row[] =>
  [
    ...readFileSync(join(import.meta.dirname, '../..', path), 'utf8').matchAll(
      /^\|(?<names> `[A-Z][A-Z0-9_]+`[^|]*)\|(?:.*\|)? (?<default>[^|]*) \|[^|]*\|$/gm,
    ),
  ].map(({ groups }) => groups as unknown as Row);

const readme = rowsOf('README.md');
const services = [
  { rows: readme, read: readRegistry({ DATAMESH_DEV_ISSUER: '1' }).settings },
  {
    rows: [...readme, ...rowsOf('docs/tracker.md')],
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

describe('what holds where a variable is not set', () => {
  const read = services.flatMap(({ rows, read }) =>
    read.flatMap(({ name, default: value }) => (value === null ? [] : [{ name, value, rows }])),
  );

  it.each(read)('is said as it is in each table: $name=$value', ({ name, value, rows }) => {
    const cells = rows.filter(({ names }) => names.includes(`\`${name}\``)).map((row) => row.default);
    expect(cells.length).toBeGreaterThan(0);
    expect(cells.filter((cell) => !cell.includes(value) && !IN_WORDS[name]?.test(cell))).toEqual([]);
  });
});
