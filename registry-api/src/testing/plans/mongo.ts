import type { Connection, mongo } from 'mongoose';
import { askedIn, type MongoQuery } from './mongo-command';
import { reach } from './mongo-index';
import type { Plan, Plans } from './plan';

/** Every command that is sent: held against the collection's indexes, and against the server's own plan where it tells one. */
export function watchMongo(connection: Connection): Plans {
  const asked = new Map<string, MongoQuery>();
  connection.getClient().on('commandStarted', ({ command, databaseName }: mongo.CommandStartedEvent) => {
    if (databaseName !== connection.name) return;
    for (const one of askedIn(command)) asked.set(one.query, one);
  });
  const database = connection.db;
  if (!database) throw new Error('plans need an open connection');

  async function planOf({ query, collection, filter, sort, command }: MongoQuery): Promise<Plan> {
    const indexes = await database?.collection(collection).indexes();
    const keys = (indexes ?? []).map(({ key, sparse }) => ({ fields: Object.keys(key), sparse: sparse === true }));
    if (!reach(filter, sort, keys)) return { query, scans: `no index of ${collection} leads to it` };
    return { query, scans: await scanOf(command) };
  }

  /** What the server says; null also where it does not explain, as TestMongo. */
  async function scanOf(command: mongo.Document): Promise<string | null> {
    try {
      const explained = await database?.command({ explain: command, verbosity: 'queryPlanner' });
      return winningPlans(explained).some((plan) => JSON.stringify(plan).includes('"COLLSCAN"')) ? 'COLLSCAN' : null;
    } catch (error) {
      if (commandUnknown.has((error as { code?: number }).code ?? 0)) return null;
      throw error;
    }
  }

  return { all: async () => Promise.all([...asked.values()].map(planOf)) };
}

/** Wherever they stand: an aggregation has its own inside a stage. */
function winningPlans(explained: unknown): unknown[] {
  if (explained === null || typeof explained !== 'object') return [];
  return Object.entries(explained).flatMap(([key, value]) => (key === 'winningPlan' ? [value] : winningPlans(value)));
}

/** CommandNotFound. */
const commandUnknown = new Set([59]);
