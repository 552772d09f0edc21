/** The last 30 minutes of a site. However many look on, a store is asked once in a while: viewers of the same share an answer. */
import { createHash } from 'node:crypto';
import type { Live } from '@datamesh/contracts';
import { SINGLE_EVENTS } from './missing';
import type { Filter, QueryContext, QueryEngine } from './port';
import { pointsOf } from './series';
import { refuseFew, topWithoutFew, type Visibility, visibleScope, withhold } from './visibility';

export interface Snapshot {
  /** Of everything but the moment of the answer. */
  etag: string;
  body: Live;
}

const MINUTE = 60_000;
const MINUTES = 30;
/** Milliseconds for which an answer is shared. */
const FRESH = 250;
/** How far ahead the clock of a client may be for its `ts` to be believed (collect). */
const AHEAD = MINUTE;

/** Who is here now: visitors of the last five minutes. */
export const LIVE = 5 * MINUTE;

export async function liveNow(
  engine: QueryEngine,
  site: string,
  filters: readonly Filter[],
  visibility: Visibility,
  now: number,
  context: QueryContext,
): Promise<Live> {
  const starts = Array.from({ length: MINUTES }, (_, index) => (Math.floor(now / MINUTE) - MINUTES + 1 + index) * MINUTE);
  const scope = visibleScope(visibility, { site, from: starts[0] ?? now, to: now + AHEAD, filters });
  await refuseFew(engine, visibility, scope, context);
  const [visitors, counted, pages, recent] = await Promise.all([
    engine.visitors({ ...scope, from: now - LIVE, to: Number.MAX_SAFE_INTEGER }, context),
    engine.series(scope, starts, context),
    engine.top(scope, 'path', 10, context),
    engine.recent(scope, 20, context),
  ]);
  return {
    at: new Date(now).toISOString(),
    visitors,
    minutes: pointsOf(counted, starts),
    pages: topWithoutFew(pages, visibility, context, 'path').map(({ value, views, visitors: seen }) => ({ value, views, visitors: seen })),
    recent: [...withhold(recent, visibility, context, SINGLE_EVENTS)],
  };
}

interface Shared {
  answer: Promise<Snapshot>;
  viewers: number;
  stop: AbortController;
  /** null while the store is being asked. */
  since: number | null;
}

export class LiveSnapshots {
  private readonly shared = new Map<string, Shared>();

  /** `ask` is told when nobody waits for its answer any more. */
  constructor(
    private readonly ask: (site: string, filters: readonly Filter[], visibility: Visibility, signal: AbortSignal) => Promise<Live>,
    private readonly now: () => number,
  ) {}

  async get(site: string, filters: readonly Filter[], visibility: Visibility, signal: AbortSignal): Promise<Snapshot> {
    signal.throwIfAborted();
    this.forgetOld();
    // Only those share an answer who see the same.
    const key = JSON.stringify([
      site,
      visibility.only,
      visibility.least,
      ...filters.map(({ dimension, value }) => `${dimension}:${value}`).sort(),
    ]);
    const shared = this.shared.get(key) ?? this.start(key, site, filters, visibility);
    shared.viewers++;
    let leave: () => void = () => undefined;
    const left = new Promise<never>((_, reject) => {
      leave = () => {
        // Only the last one to leave ends the question of all.
        if (--shared.viewers === 0 && shared.since === null) {
          this.shared.delete(key);
          shared.stop.abort(signal.reason);
        }
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
    });
    try {
      return await Promise.race([shared.answer, left]);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  private start(key: string, site: string, filters: readonly Filter[], visibility: Visibility): Shared {
    const stop = new AbortController();
    const shared: Shared = { answer: this.ask(site, filters, visibility, stop.signal).then(snapshotOf), viewers: 0, stop, since: null };
    this.shared.set(key, shared);
    shared.answer.then(
      () => {
        shared.since = this.now();
      },
      () => {
        // An error is for those who waited for it; the next one asks again.
        if (this.shared.get(key) === shared) this.shared.delete(key);
      },
    );
    return shared;
  }

  private forgetOld(): void {
    const now = this.now();
    for (const [key, { since }] of this.shared) if (since !== null && now - since >= FRESH) this.shared.delete(key);
  }
}

function snapshotOf(body: Live): Snapshot {
  const { at: _, ...rest } = body;
  return { etag: `"${createHash('sha256').update(JSON.stringify(rest)).digest('base64url').slice(0, 22)}"`, body };
}
