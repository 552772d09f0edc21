/** Reads the whole log and says whether it is what was written: every entry follows from the one before, and the end is where it was. */
import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { AuditVerification } from '@datamesh/contracts';
import { type Clock, isoTime } from '../clock';
import { follows, type Head, readEntry } from './audit';
import type { HeadStore } from './heads';
import type { AuditRow, AuditStore } from './store';

type Finding = Pick<AuditVerification, 'entries' | 'head' | 'broken'>;

/** Whoever changed these beside the entry would hide it from who looks for it. */
const foundBy = ['at', 'actor', 'action', 'subject'] as const satisfies readonly (keyof AuditRow)[];

/** `page`: entries that are read at once; `onPage` hears how many are whole after each. */
export async function verifyLog(
  store: AuditStore,
  heads: HeadStore,
  page = 500,
  onPage: (entries: number) => void = () => {},
): Promise<Finding> {
  // Before the log: what is appended while it is read is behind this head.
  const kept = await heads.read();
  let last: Head | null = null;
  for (;;) {
    const rows = await store.after(last?.seq ?? 0, page);
    for (const row of rows) {
      const { seq } = row;
      const expected: number = (last?.seq ?? 0) + 1;
      if (seq !== expected) return found(last, 'missing', expected, `Entry ${expected} is missing`);
      const entry = readEntry(row);
      if (!entry) return found(last, 'changed', seq, `Entry ${seq} cannot be read`);
      if (!follows(entry, last)) return found(last, 'changed', seq, `Entry ${seq} is not what was written, or the one before it is not`);
      if (foundBy.some((name) => row[name] !== entry[name]))
        return found(last, 'changed', seq, `Entry ${seq} is listed as something else than it says`);
      if (kept?.seq === seq && kept.hash !== entry.hash)
        return found(last, 'replaced', seq, `Entry ${seq} is another one than was here when the end of the log was noted`);
      last = { seq, hash: entry.hash };
    }
    if (rows.length < page) break;
    onPage(last?.seq ?? 0);
    // The embedded store answers at once: others want their turn.
    await setImmediate();
  }
  const end = last?.seq ?? 0;
  if (kept && kept.seq > end) return found(last, 'cut', end + 1, `The log ends with entry ${end}, and had ${kept.seq} before`);
  return { entries: end, head: last, broken: null };
}

const found = (last: Head | null, kind: NonNullable<Finding['broken']>['kind'], seq: number, detail: string): Finding => ({
  entries: last?.seq ?? 0,
  head: last,
  broken: { seq, kind, detail },
});

export interface Verifier {
  /** Reads the log now, or as part of a reading that is under way. */
  verify(): Promise<AuditVerification>;
  /** The same, without waiting for it: what was found before, and how far the reading is; null where nothing was found before. */
  begin(): AuditVerification | null;
  /** The last answer; older than a minute, the log is read again behind it. The first time, as verify. */
  recent(): Promise<AuditVerification>;
}

const recentMs = 60_000;

export interface VerifierOptions {
  store: AuditStore;
  heads: HeadStore;
  /** What was appended before is kept as the log's end when this returns. */
  settle(): Promise<void>;
  clock: Clock;
  onVerified(verification: AuditVerification): void;
  /** The log was found broken, or broken in another way than before, or whole again. */
  onChanged(verification: AuditVerification): void;
  /** A reading that nobody waits for failed. */
  onError(error: unknown): void;
}

export function createVerifier({ store, heads, settle, clock, onVerified, onChanged, onError }: VerifierOptions): Verifier {
  let last: { at: number; verification: AuditVerification } | null = null;
  let running: Promise<AuditVerification> | null = null;
  let reading: AuditVerification['reading'] = null;

  async function run(): Promise<AuditVerification> {
    await settle();
    reading = { entries: 0, of: (await store.last())?.seq ?? 0 };
    const finding = await verifyLog(store, heads, 500, (entries) => {
      reading = { entries, of: Math.max(entries, reading?.of ?? 0) };
    });
    const verification = { ok: finding.broken === null, at: isoTime(clock), reading: null, ...finding };
    const before = last?.verification.broken ?? null;
    last = { at: clock(), verification };
    onVerified(verification);
    if (!isDeepStrictEqual(before, verification.broken)) onChanged(verification);
    return verification;
  }

  const verify = () => {
    running ??= run().finally(() => {
      running = null;
      reading = null;
    });
    return running;
  };
  return {
    verify,
    begin: () => {
      void verify().catch(onError);
      return last && { ...last.verification, reading };
    },
    recent: async () => {
      if (!last) return verify();
      if (Math.abs(clock() - last.at) >= recentMs) void verify().catch(onError);
      return { ...last.verification, reading };
    },
  };
}
