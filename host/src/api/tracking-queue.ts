import type { TrackerEvent } from '@datamesh/contracts';
import { uuidv7 } from './uuidv7';

export type ReportName = 'view' | 'dwell' | 'widget_view' | 'widget_dwell' | 'widget_error';
export type ReportFields = Pick<
  TrackerEvent,
  'path' | 'layout_id' | 'panel_id' | 'widget' | 'widget_version' | 'dwell_ms' | 'load_ms' | 'props'
>;

export type Sent =
  /** Acknowledged; `lost` of them were dropped for good. */
  | { outcome: 'stored'; lost: number }
  /** None was taken, and none would be. */
  | { outcome: 'refused' }
  /** None was taken for now; at the soonest after so many milliseconds. */
  | { outcome: 'again'; after: number };

export interface QueuePorts {
  now(): number;
  /** Calls once after so many milliseconds; answers with how to call it off. */
  schedule(milliseconds: number, run: () => void): () => void;
  send(events: TrackerEvent[]): Promise<Sent>;
  /** For a page that goes away: nobody waits for the answer. False when the browser would not take it. */
  beacon(events: TrackerEvent[]): boolean;
}

const BATCH = 50;
const KEPT = 500;
const DELAY = 2_000;
const LONGEST_DELAY = 60_000;

/** Events wait for company, survive an outage (up to 500), and carry the id under which a second delivery is recognised. */
export class TrackingQueue {
  #waiting: TrackerEvent[] = [];
  #sending = false;
  #failures = 0;
  /** What the tracker asked for: milliseconds to leave it alone. */
  #asked = 0;
  #cancel: (() => void) | undefined;
  /** Given up on, because the queue was full or the tracker refused them. */
  lost = 0;

  constructor(
    private readonly site: string,
    private readonly ports: QueuePorts,
  ) {}

  add(name: ReportName, fields: ReportFields): void {
    const now = this.ports.now();
    this.#waiting.push({ site: this.site, id: uuidv7(now), name, ts: new Date(now).toISOString(), ...fields });
    this.#keepNewest();
    if (this.#waiting.length >= BATCH && this.#failures === 0) void this.flush();
    else this.#plan();
  }

  async flush(): Promise<void> {
    if (this.#sending || this.#waiting.length === 0) return;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#sending = true;
    const batch = this.#waiting.splice(0, BATCH);
    const sent = await this.ports.send(batch);
    this.#sending = false;
    if (sent.outcome === 'again') {
      this.#waiting = [...batch, ...this.#waiting];
      this.#keepNewest();
      this.#failures++;
      this.#asked = sent.after;
    } else {
      this.#failures = 0;
      this.#asked = 0;
      this.lost += sent.outcome === 'refused' ? batch.length : sent.lost;
    }
    if (this.#waiting.length > 0) this.#plan();
  }

  /** The way to the tracker is open again, as far as anybody knows: what the tracker itself asked for still holds. */
  hurry(): void {
    if (this.#asked > 0) return;
    this.#failures = 0;
    void this.flush();
  }

  /** The page goes away, perhaps only for a while. What is under way already may arrive twice: the ids say so. */
  depart(): void {
    if (this.#waiting.length === 0) return;
    for (let at = 0; at < this.#waiting.length; at += BATCH) if (!this.ports.beacon(this.#waiting.slice(at, at + BATCH))) return;
    // Nobody hears whether a beacon arrived. While the tracker is away they are kept for the case that the page comes back.
    if (this.#failures === 0) this.#waiting = [];
  }

  #keepNewest(): void {
    const over = this.#waiting.length - KEPT;
    if (over <= 0) return;
    this.lost += over;
    this.#waiting = this.#waiting.slice(over);
  }

  #plan(): void {
    if (this.#cancel || this.#sending) return;
    const wait = Math.max(this.#asked, Math.min(LONGEST_DELAY, DELAY * 2 ** this.#failures));
    this.#cancel = this.ports.schedule(wait, () => {
      this.#cancel = undefined;
      void this.flush();
    });
  }
}
