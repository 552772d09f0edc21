/** MongoDB through mongoose. One document is the unit of atomicity: no transactions, no change streams. */
import mongoose from 'mongoose';

export async function connectMongo(url: string): Promise<mongoose.Connection> {
  return mongoose
    .createConnection(url, { autoIndex: false, autoCreate: false, serverSelectionTimeoutMS: 5000, writeConcern: { w: 'majority' } })
    .asPromise();
}

/** A duplicate is code 11000, nothing finer: which index refused is not the same on every Mongo-compatible server. */
export function isDuplicate(error: unknown): boolean {
  return typeof error === 'object' && error !== null && (error as { code?: unknown }).code === 11000;
}

/** The server's clock, by which `$currentDate` dates: milliseconds since the epoch. */
export async function serverTime(connection: mongoose.Connection): Promise<number> {
  const answer = (await connection.db?.command({ hello: 1 })) as { localTime: Date };
  return answer.localTime.getTime();
}
