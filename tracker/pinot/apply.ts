/**
 * `datamesh-tracker pinot apply`: topic, schema and table as this version of the tracker wants them. Run again, it changes nothing; what an
 * operator has set beyond that stays.
 */
import type { PinotSetup } from '../src/config';
import { createTopic, topicExists } from '../src/sinks/kafka/cluster';
import { Controller } from './controller';
import { canSeal, schemaFor, tableFor } from './definition';
import { type Difference, differences, type JsonObject, merged } from './json';

export interface Applied {
  /** Something was, or with a dry run would be, made or changed. */
  changed: boolean;
}

/** Pinot keeps these for as long as the table lives. */
const FIXED =
  /^primaryKeyColumns|\]\.(dataType|singleValueField)$|^dedupConfig\.(dedupEnabled|hashFunction|dedupTimeColumn)$|timeColumnName$/;
const SECRET = /jaas|password/i;

export async function applyPinot(setup: PinotSetup, dryRun: boolean, say: (line: string) => void): Promise<Applied> {
  const controller = new Controller(setup.controller, setup.token);
  const { version, text } = await controller.version();
  say(`Pinot ${text} at ${setup.controller}`);
  const schema = { what: `schema ${setup.table}`, wanted: schemaFor(setup), is: await controller.schema(setup.table) };
  const table = { what: `table ${setup.table}`, wanted: tableFor(setup, version), is: await controller.table(setup.table) };
  const schemaChanges = changes(schema.wanted, schema.is);
  const tableChanges = changes(table.wanted, table.is);

  const fixed = [...schemaChanges, ...tableChanges].filter(({ path, is }) => is !== undefined && FIXED.test(path));
  if (fixed.length > 0 && schema.is) {
    for (const difference of fixed) say(`  ${shown(difference)}`);
    throw new Error(
      `Pinot cannot change this in a table that is there: set PINOT_TABLE to another name, and let it read the topic from its start`,
    );
  }

  // The topic first: without it Pinot takes a table and answers 500.
  const topicThere = await topicExists(setup.kafka, setup.kafka.topic);
  const verb = dryRun ? 'would be ' : '';
  if (!topicThere && !dryRun) await createTopic(setup.kafka, setup.kafka.topic);
  say(`topic ${setup.kafka.topic}: ${topicThere ? 'as wanted' : `${verb}made`}`);

  tell(schema.what, schema.is, schemaChanges, verb, say);
  if (!dryRun) {
    if (!schema.is) await controller.createSchema(schema.wanted);
    else if (schemaChanges.length > 0) await controller.changeSchema(setup.table, merged(schema.is, schema.wanted) as JsonObject);
  }
  tell(table.what, table.is, tableChanges, verb, say);
  if (!dryRun) {
    let unknown: string[] = [];
    if (!table.is) unknown = await controller.createTable(table.wanted);
    else if (tableChanges.length > 0) unknown = await controller.changeTable(setup.table, merged(table.is, table.wanted) as JsonObject);
    for (const field of unknown) say(`  this version of Pinot does not know ${field}`);
    if (table.is && schemaChanges.length + tableChanges.length > 0) {
      const sealed = canSeal(version) && (await controller.sealSegments(setup.table));
      await controller.reload(setup.table);
      say(`  new rows have it ${sealed ? 'from now on' : 'once the segments that are being filled are complete'}`);
      say('  rows that are there get it while their segments are loaded again');
    }
  }
  return { changed: !topicThere || !schema.is || !table.is || schemaChanges.length + tableChanges.length > 0 };
}

const changes = (wanted: JsonObject, is: JsonObject | null): Difference[] => (is ? differences(wanted, is) : []);

function tell(what: string, is: JsonObject | null, found: readonly Difference[], verb: string, say: (line: string) => void): void {
  say(`${what}: ${!is ? `${verb}made` : found.length > 0 ? `${verb}changed` : 'as wanted'}`);
  for (const difference of found) say(`  ${shown(difference)}`);
}

function shown({ path, is, wanted }: Difference): string {
  if (SECRET.test(path)) return `${path}: changed, not shown`;
  const text = (value: Difference['is']): string => (value === undefined ? 'nothing' : JSON.stringify(value));
  return `${path}: ${text(is)} -> ${text(wanted)}`;
}
