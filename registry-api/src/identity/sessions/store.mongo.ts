import { type Connection, Schema } from 'mongoose';
import type { SessionRecord } from './session';
import type { SessionStore, SignInRecord } from './store';

type SessionDocument = Omit<SessionRecord, 'hash'> & { _id: string; expires: Date };
type SignInDocument = Omit<SignInRecord, 'hash'> & { _id: string; expires: Date };

const sessionSchema = new Schema<SessionDocument>(
  {
    _id: { type: String, required: true },
    sid: { type: String, required: true },
    user: { type: Schema.Types.Mixed, required: true },
    authTime: { type: Number, required: true },
    createdAt: { type: Number, required: true },
    lastSeenAt: { type: Number, required: true },
    idleUntil: { type: Number, required: true },
    until: { type: Number, required: true },
    // Only for the index that cleans up; every read asks for what is alive now.
    expires: { type: Date, required: true },
  },
  { collection: 'sessions', versionKey: false },
);
sessionSchema.index({ sid: 1 }, { unique: true });
sessionSchema.index({ expires: 1 }, { expireAfterSeconds: 0 });

const signInSchema = new Schema<SignInDocument>(
  {
    _id: { type: String, required: true },
    nonce: { type: String, required: true },
    verifier: { type: String, required: true },
    returnTo: { type: String, required: true },
    fresh: { type: Boolean, required: true },
    purpose: { type: Schema.Types.Mixed },
    startedAt: { type: Number, required: true },
    until: { type: Number, required: true },
    expires: { type: Date, required: true },
  },
  { collection: 'sign_ins', versionKey: false },
);
signInSchema.index({ expires: 1 }, { expireAfterSeconds: 0 });

export async function mongoSessions(connection: Connection): Promise<SessionStore> {
  const sessions = connection.model('Session', sessionSchema);
  const signIns = connection.model('SignIn', signInSchema);
  await Promise.all([sessions.createIndexes(), signIns.createIndexes()]);
  return {
    async add({ hash, ...rest }) {
      await sessions.create({ _id: hash, ...rest, expires: new Date(rest.until) });
    },
    async find(hash, now) {
      return sessionOf(await sessions.findOne({ _id: hash, idleUntil: { $gt: now }, until: { $gt: now } }).lean());
    },
    async findBySid(sid, now) {
      return sessionOf(await sessions.findOne({ sid, idleUntil: { $gt: now }, until: { $gt: now } }).lean());
    },
    async touch(hash, { lastSeenAt, idleUntil }) {
      await sessions.updateOne({ _id: hash, idleUntil: { $lt: idleUntil } }, { $set: { lastSeenAt, idleUntil } });
    },
    async remove(hash) {
      return sessionOf(await sessions.findOneAndDelete({ _id: hash }).lean());
    },
    async beginSignIn({ hash, ...rest }) {
      await signIns.create({ _id: hash, ...rest, expires: new Date(rest.until) });
    },
    async takeSignIn(hash, now) {
      const found = await signIns.findOneAndDelete({ _id: hash }).lean();
      if (!found || found.until <= now) return undefined;
      const { _id, expires: _, ...rest } = found;
      return { hash: _id, ...rest };
    },
    async sweep(now) {
      await sessions.deleteMany({ $or: [{ idleUntil: { $lte: now } }, { until: { $lte: now } }] });
      await signIns.deleteMany({ until: { $lte: now } });
    },
  };
}

function sessionOf(found: SessionDocument | null): SessionRecord | undefined {
  if (!found) return undefined;
  const { _id, expires: _, ...rest } = found;
  return { hash: _id, ...rest };
}
