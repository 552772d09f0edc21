/** The audit room, put together: the log, its end kept apart, and its verification. */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Clock } from '../clock';
import type { Audience, PendingEvent } from '../events/pending';
import type { Metrics } from '../http/metrics';
import type { Storage } from '../storage/storage';
import { readEntry } from './audit';
import { createHeadKeeper } from './heads';
import { type AuditLog, createAuditLog } from './log';
import { openAuditStore, openHeads } from './open-store';
import type { AuditStore } from './store';
import { createVerifier, type Verifier } from './verification';

export interface AuditOptions {
  storage: Storage;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
  /** For admins whose pages are open. */
  announce(event: PendingEvent): Promise<void>;
}

export interface Audit {
  store: AuditStore;
  log: AuditLog;
  verifier: Verifier;
  /** Verifies in the background: now, and every six hours. A log that is broken is logged as an error and counted, and nothing else stops. */
  watch(): void;
  stop(): Promise<void>;
}

const everyMs = 6 * 3_600_000;

export async function openAudit({ storage, clock, logger, metrics, announce }: AuditOptions): Promise<Audit> {
  const store = await openAuditStore(storage);
  const heads = await openHeads(storage);
  const failed = (task: string) => (error: unknown) => {
    metrics.backgroundErrors.inc({ task });
    logger.error({ err: error, task }, 'background work failed; it will be tried again');
  };
  const holds = async ({ seq, hash }: { seq: number; hash: string }) => {
    const [row] = await store.after(seq - 1, 1);
    return row?.seq === seq && readEntry(row)?.hash === hash;
  };
  const keeper = createHeadKeeper(heads, holds, failed('keep the audit log’s end'));
  const verifier = createVerifier({
    store,
    heads,
    settle: keeper.settle,
    clock,
    onVerified: ({ entries, head, broken }) => {
      metrics.auditBroken.set(broken ? 1 : 0);
      metrics.auditEntries.set(entries);
      if (broken) logger.error({ audit: { entries, head, broken } }, 'the audit log is broken; see docs/operations.md');
      else logger.info({ audit: { entries, head } }, 'the audit log is whole');
    },
    onChanged: ({ ok, at }) => {
      const audience: Audience = { kind: 'users', users: [], departments: [], admins: true };
      const announced = announce({ id: randomUUID(), type: 'audit.verified', at, data: { ok }, audience });
      announced.catch(failed('tell admins about the audit log'));
    },
    onError: failed('verify the audit log'),
  });
  let timer: NodeJS.Timeout | undefined;
  let reading: Promise<unknown> = Promise.resolve();
  const verify = () => {
    reading = verifier.verify().catch(failed('verify the audit log'));
  };
  return {
    store,
    log: createAuditLog(store, keeper.appended),
    verifier,
    watch: () => {
      verify();
      timer = setInterval(verify, everyMs);
      timer.unref();
    },
    stop: async () => {
      clearInterval(timer);
      await reading;
      await keeper.settle();
    },
  };
}
