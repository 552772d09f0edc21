/**
 * How many events of each site were dropped, and why, over time. Added up and appended now and then as one record per site and reason, of the site
 * `<site>/dropped`, so that every sink and engine holds them like events. At most the last few seconds are lost in a crash.
 */

import { ABSENT, type Detail, type DropReason, detailsOf, type StoredEvent } from '../events/event';
import type { EventLog } from '../spool/log';
import { uuidv7 } from './uuid';

export class DropHistory {
  /** Bounded: configured sites, known reasons and known fields only. */
  private readonly counts = new Map<string, Map<string, number>>();
  private flushing: Promise<void> = Promise.resolve();

  constructor(
    private readonly log: Pick<EventLog, 'append'>,
    private readonly now: () => number,
  ) {}

  add(site: string, reason: DropReason, events: number): void {
    this.increase(site, reason, events);
  }

  /** Of events that were stored: a field that was cut or left out. Kept as if it were a reason, of the site's own `<site>/details`. */
  addLost(site: string, field: Detail, events: number): void {
    this.increase(detailsOf(site), field, events);
  }

  private increase(site: string, reason: string, events: number): void {
    let reasons = this.counts.get(site);
    if (!reasons) {
      reasons = new Map();
      this.counts.set(site, reasons);
    }
    reasons.set(reason, (reasons.get(reason) ?? 0) + events);
  }

  /** What the log refuses is kept for the next time. */
  flush(): Promise<void> {
    this.flushing = this.flushing.then(() => this.write());
    return this.flushing;
  }

  private async write(): Promise<void> {
    const due = [...this.counts].flatMap(([site, reasons]) => [...reasons].map(([reason, events]) => ({ site, reason, events })));
    if (due.length === 0) return;
    const now = this.now();
    const payloads = due.map(({ site, reason, events }) => Buffer.from(JSON.stringify(record(site, reason, events, now))));
    if (!(await this.log.append(payloads)).ok) return;
    for (const { site, reason, events } of due) this.remove(site, reason, events);
  }

  /** Others may have come meanwhile. */
  private remove(site: string, reason: string, events: number): void {
    const reasons = this.counts.get(site);
    const left = (reasons?.get(reason) ?? 0) - events;
    if (left > 0) reasons?.set(reason, left);
    else reasons?.delete(reason);
    if (reasons?.size === 0) this.counts.delete(site);
  }
}

function record(site: string, reason: string, events: number, now: number): StoredEvent {
  return {
    event_id: uuidv7(now),
    site_id: `${site}/dropped`,
    received_ts: now,
    ts: now,
    event_name: reason,
    ...ABSENT,
    visitor_id: '',
    session_id: '',
    dropped: events,
  };
}
