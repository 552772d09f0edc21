/** The same questions to the same events in chDB, which is ClickHouse's engine without a server: in turns with ours. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Scope } from '../../../tracker/src/query/port';
import { cached, installOnce } from '../install-once';
import { ROOT } from '../service';
import type { Kind } from './questions';

/** Of the package. */
const VERSION = '4.4.0';
const HOME = cached(`chdb-${VERSION}`);
/** As the report names it. */
export const CHDB = `chDB ${VERSION}`;

/** What keeps it from being there, in one line; undefined when it is. Installed once, with Python's own tools. */
export const chDbObstacle = (): Promise<string | undefined> =>
  installOnce(HOME, async (unfinished) => {
    for (const [program, ...args] of [
      ['python3', '-m', 'venv', unfinished],
      [join(unfinished, 'bin/python'), '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `chdb==${VERSION}`],
    ] as const) {
      const { status, error, stderr } = spawnSync(program, args, { encoding: 'utf8' });
      if (status !== 0) return `it needs Python 3 with venv and pip (${error?.message ?? stderr.trim().split('\n').at(-1)})`;
    }
    return undefined;
  });

export class ChDb {
  private constructor(
    private readonly process: ChildProcess,
    private readonly lines: AsyncIterator<string>,
  ) {}

  /** On a Parquet file of the tracker's events; until it has taken them into a table of its own. `folder`: for that table. */
  static async open(folder: string, events: string): Promise<ChDb> {
    const program = spawn(join(HOME, 'bin/python'), [join(ROOT, 'bench/src/tracker/ask_chdb.py'), folder, events], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const chDb = new ChDb(program, createInterface(program.stdout)[Symbol.asyncIterator]());
    await chDb.line();
    return chDb;
  }

  /** Milliseconds that it took by its own clock. */
  async ask(kind: Kind, scope: Scope): Promise<number> {
    this.process.stdin?.write(`${JSON.stringify(QUESTIONS[kind](scope))}\n`);
    return Number(await this.line());
  }

  async close(): Promise<void> {
    this.process.stdin?.end();
    if (this.process.exitCode === null) await once(this.process, 'exit');
  }

  private async line(): Promise<string> {
    const { value, done } = await this.lines.next();
    if (done) throw new Error('chDB ended; what it said is above');
    return value;
  }
}

const VIEW = "countIf(event_name = 'view')";
const of = ({ site, from, to }: Scope): string => `FROM bench.events WHERE site_id = '${site}' AND ts >= ${from} AND ts < ${to}`;

const QUESTIONS: Record<Kind, (scope: Scope) => string> = {
  series: (scope) =>
    `SELECT intDiv(ts, 3600000) AS hour, ${VIEW} AS views, uniqExact(visitor_id) AS visitors ${of(scope)} GROUP BY hour ORDER BY hour`,
  top: (scope) =>
    `SELECT path, ${VIEW} AS views, uniqExact(visitor_id) AS visitors, sum(dwell_ms) AS dwell ${of(scope)} AND path IS NOT NULL
    GROUP BY path ORDER BY views DESC LIMIT 10`,
  visitors: (scope) => `SELECT uniqExact(visitor_id) AS visitors ${of(scope)}`,
  summary: (scope) =>
    `SELECT uniqExact(visitor_id) AS visitors, ${VIEW} AS views, uniqExact(session_id) AS sessions, quantileExact(0.5)(dwell_ms) AS dwell ${of(scope)}`,
  sessions: (scope) =>
    `WITH sessions AS (SELECT session_id, max(ts) - min(ts) AS stay, ${VIEW} AS views, argMin(path, ts) AS entry, argMax(path, ts) AS exit
      ${of(scope)} GROUP BY session_id)
    SELECT (SELECT count() FROM sessions) AS sessions, (SELECT countIf(views <= 1) FROM sessions) AS bounces,
      (SELECT quantileExact(0.5)(stay) FROM sessions) AS stay,
      (SELECT topK(10)(entry) FROM sessions) AS entries, (SELECT topK(10)(exit) FROM sessions) AS exits`,
};
