import { type Connection, Schema } from 'mongoose';
import { pendingField, pendingIn, type Waiting, waiting } from '../../storage/mongo/pending';
import type { SessionRecord } from './session';
import type { SessionStore, SignInRecord } from './store';

/** `removed`: signed out; it stays until the relay has what waits in it. */
type SessionDocument = Omit<SessionRecord, 'hash'> & { _id: string; expires: Date; removed: boolean; pending: Waiting[] };
type SignInDocument = Omit<SignInRecord, 'hash'> & { _id: string; expires: Date };

const sessionSchema = new Schema<SessionDocument>(
  {
    _id: { type: String, required: true },
    sid: { type: String, required: true },
    user: { type: Schema.Types.Mixed, required: true },
    authTime: { type: Number, required: true },
    issuer: { type: Schema.Types.Mixed },
    createdAt: { type: Number, required: true },
    lastSeenAt: { type: Number, required: true },
    idleUntil: { type: Number, required: true },
    until: { type: Number, required: true },
    // Only for the index that cleans up; every read asks for what is alive now.
    expires: { type: Date, required: true },
    removed: { type: Boolean, required: true },
    pending: pendingField,
  },
  { collection: 'sessions', versionKey: false },
);
sessionSchema.index({ sid: 1 }, { unique: true });
sessionSchema.index({ 'issuer.sid': 1 }, { sparse: true });
sessionSchema.index({ 'user.id': 1 });
sessionSchema.index({ expires: 1 }, { expireAfterSeconds: 0 });
sessionSchema.index({ idleUntil: 1 });
sessionSchema.index({ until: 1 });
sessionSchema.index({ 'pending.id': 1 }, { sparse: true });

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
signInSchema.index({ until: 1 });

export async function mongoSessions(connection: Connection): Promise<SessionStore> {
  const sessions = connection.model('Session', sessionSchema);
  const signIns = connection.model('SignIn', signInSchema);
  await Promise.all([sessions.createIndexes(), signIns.createIndexes()]);
  // Sessions of the schema's version 1 say nothing of `removed`.
  const alive = (now: number) => ({ removed: { $ne: true }, idleUntil: { $gt: now }, until: { $gt: now } });
  return {
    async add({ hash, ...rest }, about) {
      await sessions.create({ _id: hash, ...rest, expires: new Date(rest.until), removed: false, pending: waiting(about) });
    },
    async find(hash, now) {
      return sessionOf(await sessions.findOne({ _id: hash, ...alive(now) }).lean());
    },
    async findBySid(sid, now) {
      return sessionOf(await sessions.findOne({ sid, ...alive(now) }).lean());
    },
    async ofIssuerSession(issuerSid, now) {
      return (await sessions.find({ 'issuer.sid': issuerSid, ...alive(now) }).lean()).flatMap((found) => sessionOf(found) ?? []);
    },
    async ofPerson(user, now) {
      return (await sessions.find({ 'user.id': user, ...alive(now) }).lean()).flatMap((found) => sessionOf(found) ?? []);
    },
    async touch(hash, { lastSeenAt, idleUntil }) {
      await sessions.updateOne({ _id: hash, idleUntil: { $lt: idleUntil } }, { $set: { lastSeenAt, idleUntil } });
    },
    async remove(hash, about) {
      const there = { _id: hash, removed: { $ne: true } };
      const found = sessionOf(await sessions.findOne(there).lean());
      if (!found) return undefined;
      const change = { $set: { removed: true }, $push: { pending: { $each: waiting(about(found)) } } };
      return (await sessions.updateOne(there, change)).matchedCount === 1 ? found : undefined;
    },
    async beginSignIn({ hash, ...rest }, most) {
      if ((await signIns.estimatedDocumentCount()) >= most) {
        const past = await signIns
          .find({}, { _id: 1 })
          .sort({ until: -1 })
          .skip(most - 1)
          .lean();
        await signIns.deleteMany({ _id: { $in: past.map(({ _id }) => _id) } });
      }
      await signIns.create({ _id: hash, ...rest, expires: new Date(rest.until) });
    },
    async takeSignIn(hash, now) {
      const found = await signIns.findOneAndDelete({ _id: hash }).lean();
      if (!found || found.until <= now) return undefined;
      const { _id, expires: _, ...rest } = found;
      return { hash: _id, ...rest };
    },
    async sweep(now) {
      // What waits is the relay's first; the next sweep takes its session.
      await sessions.deleteMany({ 'pending.0': { $exists: false }, $or: [{ idleUntil: { $lte: now } }, { until: { $lte: now } }] });
      await signIns.deleteMany({ until: { $lte: now } });
    },
    ...pendingIn(connection, 'sessions', async (hash) => {
      await sessions.deleteOne({ _id: hash, removed: true, pending: { $size: 0 } });
    }),
  };
}

function sessionOf(found: SessionDocument | null): SessionRecord | undefined {
  if (!found) return undefined;
  const { _id, expires: _, removed: __, pending: ___, ...rest } = found;
  return { hash: _id, ...rest };
}
