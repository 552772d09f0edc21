/** The one database of this process, embedded or MongoDB. Rooms build their store on it. */
import { dirname, join } from 'node:path';
import type { Connection } from 'mongoose';
import { connectMongo } from './mongo/connection';
import { watchServers } from './mongo/reachable';
import { migrateMongo } from './mongo/schema';
import { type Database, openDatabase } from './sqlite/database';

export type Storage = Opened &
  ({ kind: 'sqlite'; database: Database /** Where the file is. */; folder: string } | { kind: 'mongo'; connection: Connection });

interface Opened {
  /** Whether it is known, without asking, that nobody would answer. */
  isAway(): boolean;
  ping(): Promise<void>;
  close(): Promise<void>;
}

export function openSqlite(file: string): Storage {
  const database = openDatabase(file);
  return {
    kind: 'sqlite',
    database,
    folder: dirname(file),
    isAway: () => false,
    ping: async () => {
      database.prepare('SELECT count(*) AS steps FROM migrations').get();
    },
    close: async () => {
      database.close();
    },
  };
}

export async function openMongo(url: string): Promise<Storage> {
  const connection = await connectMongo(url);
  try {
    await migrateMongo(connection);
  } catch (error) {
    await connection.close();
    throw error;
  }
  return {
    kind: 'mongo',
    connection,
    isAway: watchServers(connection),
    ping: async () => {
      await connection.db?.command({ ping: 1 });
    },
    close: () => connection.close(),
  };
}

export const openStorage = async (config: { mongoUrl: string | null; dataDir: string }): Promise<Storage> =>
  config.mongoUrl ? openMongo(config.mongoUrl) : openSqlite(join(config.dataDir, 'registry.db'));
