/** MongoDB through mongoose. One document is the unit of atomicity: no transactions, no change streams. */
import mongoose from 'mongoose';
import { mendDriver } from './driver-mend';

/** All in milliseconds. Together: whoever asks while a server falls silent is told so after 5 s, or 7 where a second connection is tried as well. */
const timing = {
  /**
   * How long a request looks for a server that takes it, before it fails: nobody waits longer for an answer where a server has ended. Long enough
   * for a primary that steps down and hands over; an election after a crash takes longer than anybody would wait anyway.
   */
  serverSelectionTimeoutMS: 2000,
  /** How often each server is looked at: after so long an outage is known, and its end. As often as the driver does it. */
  heartbeatFrequencyMS: 500,
  /**
   * A server that takes longer to be connected to, or to answer its monitor, fails what waits for it; what may be asked again is, of the server
   * that is found next. A busy machine can take this long once: only a second time in a row makes a server count as away (`watchServers`).
   */
  connectTimeoutMS: 2500,
};

/** The first connection is made while the process is busiest, and nobody waits for an answer yet: so often, before a start fails. */
const STARTS = 5;

export async function connectMongo(url: string): Promise<mongoose.Connection> {
  mendDriver();
  for (let tried = 1; ; tried++) {
    try {
      return await connect(url);
    } catch (error) {
      if (tried === STARTS || !(error instanceof mongoose.Error.MongooseServerSelectionError)) throw error;
    }
  }
}

async function connect(url: string): Promise<mongoose.Connection> {
  return mongoose
    .createConnection(url, {
      ...timing,
      autoIndex: false,
      autoCreate: false,
      // While it is away mongoose would keep what is asked for ten seconds, and then fail with an error that does not say why.
      bufferCommands: false,
      writeConcern: { w: 'majority' },
    })
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
