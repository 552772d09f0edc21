/** DuckDB agrees with counting one by one. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { StoredEvent } from '../../events/event';
import { DuckDbSink, SCHEMA } from '../../sinks/duckdb';
import { Database } from '../../storage/database';
import { CHECKS, drawnSites, siteOf } from '../../testing/golden/counting';
import { DuckDbQueries } from './queries';

let folder: string;
let database: Database;
let engine: DuckDbQueries;
let write: (events: readonly StoredEvent[]) => Promise<unknown>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'visits-'));
  database = await Database.open({ file: join(folder, 'events.duckdb'), memoryLimit: '500MB', schema: SCHEMA });
  engine = new DuckDbQueries(database);
  const sink = new DuckDbSink(database, 'spool', () => undefined);
  let next = 0;
  write = (events) =>
    sink.write(
      events.map((event) => Buffer.from(JSON.stringify(event))),
      ++next,
    );
});
afterAll(async () => {
  database.close();
  await rm(folder, { recursive: true });
});

describe('DuckDB agrees with counting one by one', () => {
  let site = 0;
  for (const [what, check] of Object.entries(CHECKS))
    it(what, async () => {
      const agrees = fc.asyncProperty(drawnSites, async (drawn) => {
        const { events, inside, scope } = siteOf(drawn, `s${site++}`);
        await write(events);
        await check(engine, inside, scope);
      });
      await fc.assert(agrees, { numRuns: 25 });
    }, 60_000);
});
