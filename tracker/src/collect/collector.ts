/** From what a client sent to what is on disk: the ordered steps, each timed, each with its typed reasons to drop. */
import { type Detail, Dropped, type DropReason, type RequestContext, type StoredEvent } from '../events/event';
import type { Caller } from '../identity/callers';
import type { EventLog } from '../spool/log';
import type { DropHistory } from './drop-history';
import type { StepTimes } from './step-times';
import { EventInProgress, STEPS, type StepDeps } from './steps';
import { storedEvent } from './stored-event';

export interface CollectorDeps extends StepDeps {
  drops: DropHistory;
  log: EventLog;
  times: StepTimes;
  count(outcome: 'stored' | DropReason, events: number): void;
  countLost(detail: Detail, events: number): void;
}

export interface Outcome {
  stored: number;
  dropped: Partial<Record<DropReason, number>>;
  /** Of the stored ones: fields that were cut or left out, each with its events. */
  details: Partial<Record<Detail, number>>;
  /** Set when the log refused: nothing of this request was stored, and the client may come again. */
  refused: { reason: DropReason; retryAfterSeconds: number } | null;
}

export class Collector {
  constructor(private readonly deps: CollectorDeps) {}

  /** Resolves when every event that passed the steps is acknowledged by the log, or refused by it. */
  async collect(raws: readonly unknown[], request: RequestContext, caller: Caller, defaultName = 'view'): Promise<Outcome> {
    const dropped: Outcome['dropped'] = {};
    const details: Outcome['details'] = {};
    const events: StoredEvent[] = [];
    const lost: { site: string; field: Detail }[] = [];
    const repeatable: StoredEvent[] = [];
    const payloads: Buffer[] = [];
    // Of a batch, all are acknowledged or none: so the first of two equal ids stands for both.
    const inBatch = raws.length > 1 ? new Set<string>() : null;
    for (const raw of raws) {
      const inProgress = new EventInProgress(raw, request, caller, defaultName, inBatch);
      const event = this.take(inProgress);
      if (event instanceof Dropped) {
        dropped[event.reason] = (dropped[event.reason] ?? 0) + 1;
        continue;
      }
      for (const field of inProgress.parsed.lost) lost.push({ site: event.site_id, field });
      if (!inProgress.parsed.isIdNew) repeatable.push(event);
      events.push(event);
      payloads.push(Buffer.from(JSON.stringify(event)));
    }
    let refused: Outcome['refused'] = null;
    if (payloads.length > 0) {
      // Nothing is waited for between the steps and this call: an erasure in between would miss what comes after it in the log.
      const result = await this.deps.log.append(payloads);
      if (result.ok) for (const { site_id: site, event_id: id } of repeatable) this.deps.recentIds.add(site, id);
      else {
        refused = { reason: result.reason, retryAfterSeconds: result.retryAfterSeconds };
        dropped[result.reason] = events.length;
        for (const { site_id: site } of events) this.deps.drops.add(site, result.reason, 1);
      }
    }
    const stored = refused ? 0 : events.length;
    if (stored > 0) {
      this.deps.count('stored', stored);
      for (const { site, field } of lost) {
        details[field] = (details[field] ?? 0) + 1;
        this.deps.countLost(field, 1);
        this.deps.drops.addLost(site, field, 1);
      }
    }
    for (const [reason, count] of Object.entries(dropped)) this.deps.count(reason as DropReason, count);
    return { stored, dropped, details, refused };
  }

  /** A request that never got as far as an event; of a site, as far as anybody can tell. */
  refuse(reason: DropReason, site: unknown = null, events = 1): Outcome {
    this.deps.count(reason, events);
    this.remember(site, new Dropped(reason), events);
    return { stored: 0, dropped: { [reason]: events }, details: {}, refused: null };
  }

  private take(event: EventInProgress): StoredEvent | Dropped {
    const { times, sessions } = this.deps;
    times.begin();
    for (const [name, step] of STEPS) {
      const dropped = step(event, this.deps);
      times.end(name);
      if (dropped) return this.remember(event.parsed?.site ?? siteNamedBy(event.raw), dropped);
    }
    sessions.keep(event.session, event.at, event.request.receivedAt);
    return storedEvent(event);
  }

  private remember(site: unknown, dropped: Dropped, events = 1): Dropped {
    if (typeof site === 'string' && this.deps.sites.has(site)) this.deps.drops.add(site, dropped.reason, events);
    return dropped;
  }
}

/** What a client says that its event is of, known or not. */
export const siteNamedBy = (raw: unknown): unknown => (typeof raw === 'object' && raw !== null && 'site' in raw ? raw.site : null);
