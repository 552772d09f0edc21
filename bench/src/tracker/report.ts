/** docs/figures-tracker.md */
import { cpus, totalmem } from 'node:os';
import type { Pixels } from '../pixels';
import type { Questioned } from './duckdb';
import type { Freshness } from './freshness';
import type { Grown, Memory } from './memory';
import type { OnPinot } from './pinot';
import type { Timings } from './questions';
import type { Timing } from './timing';

export interface Figures {
  pixels?: Pixels;
  rounds: number;
  memory?: Memory;
  duckdb?: Questioned;
  freshness?: Freshness;
  pinot?: Partial<OnPinot> | undefined;
}

const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
const mb = (value: number): string => `${Math.round(value)} MB`;
const many = (value: number): string => new Intl.NumberFormat('en').format(Math.round(value));
const percent = (value: number): string => `${Math.round(value * 100)} %`;
const goal = (met: boolean): string => (met ? 'met' : '**missed**');
const timing = ({ p50, p95 }: Timing): string => `${ms(p50)} / ${ms(p95)}`;

export function report(figures: Figures): string {
  const rows = [...pixelRows(figures), ...memoryRows(figures), ...duckdbRows(figures), ...pinotRows(figures), ...freshnessRows(figures)];
  return `# Figures of the tracker

From \`npm run bench -- --tracker\` on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, everything
(tracker, stores, load generator) on the one machine. The ratio is of two servers measured in turns in the same run; absolute times
depend on the machine and on what else runs on it. Two times are p50 / p95.

| what | figure | goal | |
|---|---|---|---|
${rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}
${[bounds(figures), notMeasured(figures)].filter(Boolean).join('\n')}`;
}

type Row = [what: string, figure: string, goal: string, note: string];

function pixelRows({ pixels, rounds }: Figures): Row[] {
  if (!pixels) return [];
  const { ratio, ofPlain, durable, unspooled, plain, p99, plainP99, failed } = pixels;
  return [
    [
      'pixels acknowledged durably, against the spool off',
      `${ratio.toFixed(2)}x (${many(durable)} / ${many(unspooled)} per second)`,
      'at least 0.9x',
      `${goal(ratio >= 0.9)}; medians of ${rounds} rounds, 64 connections, failed: ${failed}`,
    ],
    [
      'the same against plain Node with the same group commit',
      `${ofPlain.toFixed(2)}x (${many(durable)} / ${many(plain)} per second)`,
      'at least 0.5x, 10,000 per second',
      `${goal(ofPlain >= 0.5 && durable >= 10_000)}; with the sink running`,
    ],
    ['the slowest of a hundred of them', `${ms(p99)} (plain Node: ${ms(plainP99)})`, 'p99 under 20 ms', goal(p99 < 20)],
  ];
}

/** MB per minute: half a gigabyte in a day under full load would be more. */
const FLAT = 0.3;

function memoryRows({ memory }: Figures): Row[] {
  if (!memory) return [];
  const { minutes, tracker, heap, sink, events, failed, duckdb, lag } = memory;
  const row = (what: string, { thirds, most, perMinute }: Grown, note: string): Row => [
    `${what}, over ${minutes} minutes of load`,
    `${thirds.map((least) => mb(least)).join(', ')} at least in each third, ${mb(most)} at most: ${perMinute.toFixed(1)} MB per minute`,
    `at most ${FLAT.toFixed(1)} MB per minute`,
    `${goal(perMinute <= FLAT)}; ${note}`,
  ];
  return [
    row('memory of the tracker', tracker, `${many(events)} pixels, failed: ${failed}; not yet in the store at the end: ${mb(lag / 1e6)}`),
    row('its JavaScript heap', heap, 'sampled every 5 s; from the second third to the last'),
    row("memory of its sink's process", sink, `DUCKDB_MEMORY=${duckdb}`),
  ];
}

const NAMES: Record<keyof Timings, string> = {
  series: 'hourly series (views and distinct visitors)',
  top: 'top ten pages (with distinct visitors and dwell)',
  visitors: 'distinct visitors',
  summary: 'whole summary (visitors, views, sessions, median dwell)',
  sessions: 'sessions (bounces, median, entry and exit pages)',
};

type Limits = Partial<Record<keyof Timings, number>>;
/** Milliseconds. */
const LONG: Limits = { series: 60, top: 60, visitors: 60, summary: 60 };
const WEEK: Limits = { ...LONG, summary: 15 };

const questionRows = (where: string, asked: Timings, limits: Limits): Row[] =>
  (Object.keys(NAMES) as (keyof Timings)[]).map((kind) => {
    const limit = limits[kind];
    return [
      `${NAMES[kind]}, ${where}`,
      timing(asked[kind]),
      limit === undefined ? '–' : `p95 under ${limit} ms`,
      [limit === undefined ? '' : goal(asked[kind].p95 < limit), `${asked[kind].count} times`].filter(Boolean).join('; '),
    ];
  });

/** Medians, as all of it ran in turns. */
const comparisonRows = (where: string, ours: Timings, theirs: Timings, name: string): Row[] =>
  (Object.keys(NAMES) as (keyof Timings)[]).map((kind) => [
    `${NAMES[kind]}, ${where}, against ${name} on the same events`,
    `${(ours[kind].p50 / theirs[kind].p50).toFixed(2)}x (${ms(ours[kind].p50)} / ${ms(theirs[kind].p50)})`,
    '–',
    `medians of ${theirs[kind].count}, in turns; it counts events one by one, as it comes`,
  ]);

function duckdbRows({ duckdb }: Figures): Row[] {
  if (!duckdb) return [];
  const where = `DuckDB, ${many(duckdb.events)} events`;
  return [
    ...questionRows(`${where}, all 90 days`, duckdb.all, LONG),
    ...questionRows(`${where}, the last 7 days`, duckdb.week, WEEK),
    ...(duckdb.other ? comparisonRows('all 90 days', duckdb.all, duckdb.other.all, duckdb.other.name) : []),
    ...(duckdb.other ? comparisonRows('the last 7 days', duckdb.week, duckdb.other.week, duckdb.other.name) : []),
    ...questionRows(`${where}, all 90 days, while 200 a second arrive, one in 100 of them days late`, duckdb.arriving.asked, LONG),
    [
      'events that were in no sums yet, at most',
      many(duckdb.arriving.behind),
      '–',
      `of ${many(duckdb.arriving.events)} that arrived, ${many(duckdb.arriving.late)} of them late; counted one by one`,
    ],
    [
      'events into DuckDB through the sink',
      `${many(duckdb.filledPerSecond)} per second`,
      '–',
      `made in the same process; ${mb(duckdb.megabytes)} on disk`,
    ],
  ];
}

function pinotRows({ pinot }: Figures): Row[] {
  if (!pinot?.all || !pinot.week) return [];
  const where = `${pinot.version}, ${many(pinot.events ?? 0)} events`;
  return [...questionRows(`${where}, all 14 days`, pinot.all, {}), ...questionRows(`${where}, the last 7 days`, pinot.week, {})];
}

function freshnessRows({ freshness, pinot }: Figures): Row[] {
  const rows = (fresh: Freshness | undefined, where: string, limit: number): Row[] =>
    fresh
      ? (['live', 'summary'] as const).map(
          (what): Row => [
            `from a pixel to \`/${what}\` with it, ${where}`,
            timing(fresh[what]),
            `p95 under ${limit / 1000} s`,
            `${goal(fresh[what].p95 < limit)}; ${fresh[what].count} pixels, asked every 50 ms`,
          ],
        )
      : [];
  return [...rows(freshness, 'DuckDB', 1000), ...rows(pinot?.freshness, `Kafka and ${pinot?.version ?? 'Pinot'}`, 3000)];
}

/** What keeps it from being faster, by what the server said of itself. */
function bounds({ pixels }: Figures): string {
  if (!pixels) return '';
  const { processors, sinkProcessors, group, commit, writing } = pixels.durably;
  return `
What bounds the pixels: the collector used ${processors.toFixed(2)} processors and its sink ${sinkProcessors.toFixed(2)}, beside the load generator on ${cpus().length} cores.
The disk was written to ${percent(writing)} of the time, ${group.toFixed(1)} pixels sharing a write of ${ms(commit)}: ${
    writing < 0.9
      ? 'requests wait for JavaScript rather than for the disk, and with more connections more of them share a write.'
      : 'requests wait for the disk, and with more connections more of them share a write.'
  }
`;
}

function notMeasured({ pinot }: Figures): string {
  return pinot ? '' : '\nPinot was not measured in this run: `npm run bench -- --tracker --pinot` starts one.\n';
}
