/** A sender as a good client is one: it keeps a batch until the tracker says that every event of it is stored, and sends it again with the same ids. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { TrackerEvent } from '@datamesh/contracts';

const BATCH = 500;
/** One event in twenty is sent a second time, in a later batch or in the same one. */
const DUPLICATE_EVERY = 20;
const SENDERS = 4;

export class Sender {
  /** Ids of which the tracker said that they are stored. */
  readonly acknowledged = new Set<string>();
  /** Requests that met a closed port, a cut line or a 503, and were repeated. */
  repeated = 0;
  sent = 0;
  /** Events taken from the source so far, and how many may be: a quick machine must not be through before the next server is killed. */
  private taken = 0;
  private allowed = 0;
  private readonly batches: Iterator<TrackerEvent[]>;

  constructor(
    private readonly url: string,
    private readonly key: string,
    events: Iterator<TrackerEvent>,
    private readonly count: number,
  ) {
    this.batches = batchesOf(events, count);
  }

  /** Resolves when everything is acknowledged. */
  async run(): Promise<void> {
    await Promise.all(Array.from({ length: SENDERS }, () => this.work()));
  }

  /** Lets this share of the events be sent. */
  allow(share: number): void {
    this.allowed = this.count * share;
  }

  /** Resolves when this share of the events is acknowledged. */
  async reached(share: number): Promise<void> {
    while (this.acknowledged.size < this.count * share) await sleep(5);
  }

  private async work(): Promise<void> {
    for (;;) {
      while (this.taken >= this.allowed && this.allowed < this.count) await sleep(5);
      const next = this.batches.next();
      if (next.done) return;
      this.taken += next.value.length;
      await this.deliver(next.value);
    }
  }

  private async deliver(batch: readonly TrackerEvent[]): Promise<void> {
    const body = JSON.stringify(batch);
    for (;;) {
      const answer = await this.post(body);
      if (answer) {
        const dropped = Object.entries(answer.dropped);
        const unexpected = dropped.filter(([reason]) => reason !== 'duplicate');
        if (unexpected.length > 0) throw new Error(`the tracker dropped what it should take: ${JSON.stringify(answer)}`);
        const duplicates = dropped.reduce((sum, [, events]) => sum + events, 0);
        if (answer.stored + duplicates !== batch.length) throw new Error(`${batch.length} events sent, told of ${JSON.stringify(answer)}`);
        for (const { id } of batch) if (id) this.acknowledged.add(id);
        this.sent += batch.length;
        return;
      }
      this.repeated++;
      await sleep(50);
    }
  }

  /** null when it is worth another try. */
  private async post(body: string): Promise<{ stored: number; dropped: Record<string, number> } | null> {
    let response: Response;
    try {
      response = await fetch(`${this.url}/t/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${this.key}` },
        body,
        signal: AbortSignal.timeout(20_000),
      });
      if (response.ok) return (await response.json()) as { stored: number; dropped: Record<string, number> };
    } catch {
      return null; // the tracker was killed under this request
    }
    if (response.status === 503) return null;
    throw new Error(`the batch was refused: ${response.status} ${await response.text()}`);
  }
}

function* batchesOf(events: Iterator<TrackerEvent>, count: number): Generator<TrackerEvent[]> {
  let batch: TrackerEvent[] = [];
  let again: TrackerEvent[] = [];
  for (let index = 0; index < count; index++) {
    const { value } = events.next();
    batch.push(value);
    if (index % DUPLICATE_EVERY === 0) again.push(value);
    if (batch.length + again.length < BATCH) continue;
    yield index % 2 === 0 ? [...batch, ...again] : batch;
    if (index % 2 === 0) again = [];
    batch = [];
  }
  if (batch.length + again.length > 0) yield [...batch, ...again];
}
