import { createConnection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MongoServer, startMongo } from './server';

describe.skipIf(!process.env['TEST_MONGO_URL'] && process.env['CI'] !== 'true')('the MongoDB server for tests', () => {
  let server: MongoServer;
  beforeAll(async () => {
    server = await startMongo();
  }, 120_000);
  afterAll(() => server.stop());

  it('keeps unique indexes and compare-and-set under concurrency', async () => {
    const connection = await createConnection(server.url, { dbName: `server-test-${process.pid}` }).asPromise();
    try {
      const things = connection.collection<{ key: string; revision: number }>('things');
      await things.createIndex({ key: 1 }, { unique: true });
      await things.insertOne({ key: 'a', revision: 1 });
      await expect(things.insertOne({ key: 'a', revision: 1 })).rejects.toMatchObject({ code: 11000 });
      const attempts = await Promise.all(
        Array.from({ length: 20 }, () =>
          things.findOneAndUpdate({ key: 'a', revision: 1 }, { $inc: { revision: 1 } }, { returnDocument: 'after' }),
        ),
      );
      expect(attempts.filter((won) => won !== null)).toMatchObject([{ key: 'a', revision: 2 }]);
    } finally {
      await connection.dropDatabase();
      await connection.close();
    }
  });
});
