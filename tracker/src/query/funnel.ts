/**
 * How far visitors got through steps. A chain takes one event for each step, every next one later in the order of (ts, event id), and its last
 * no more than the window after its first. An engine finds the events that match any step and feeds them in.
 */
import { ProblemError } from '../http/problem';
import { percentile } from './percentiles';
import { countedEvents, type Filter, type FunnelStep } from './port';

export interface FunnelEvent {
  visitor: string;
  /** Milliseconds since the epoch. */
  ts: number;
  /** Bit i is set when the event matches step i. */
  matched: number;
}

/** What an engine reads for one funnel at most: rows come to this process, whose event loop is the collector's. */
export const MAX_FUNNEL_EVENTS = 2_000_000;

export const tooManyEvents = (): ProblemError =>
  new ProblemError(
    422,
    'too_many_events',
    `More than ${MAX_FUNNEL_EVENTS.toLocaleString('en-US')} events match the steps; take a shorter range, or a filter.`,
  );

/** The name of the events that count as views of a step, which is one more filter; null: any name. */
export const viewOfStep = (filters: readonly Filter[], step: Filter): string | null => countedEvents([...filters, step]).view;

interface Progress {
  /** By step: the latest first event of any chain that got here; no other chain can get further than that one, or faster. */
  began: (number | undefined)[];
  /** By step: the shortest time from a chain's first event. */
  fastest: (number | undefined)[];
}

export class FunnelCount {
  private readonly visitors = new Map<string, Progress>();

  constructor(
    private readonly steps: number,
    private readonly windowMs: number,
  ) {}

  /** Events of one visitor must come in the order of (ts, event id); visitors may be mixed. */
  add({ visitor, ts, matched }: FunnelEvent): void {
    let progress = this.visitors.get(visitor);
    if (!progress) {
      if ((matched & 1) === 0) return; // before the first step nothing counts
      progress = { began: [], fastest: [] };
      this.visitors.set(visitor, progress);
    }
    // From the last step to the first, so that one event never serves two steps of one chain.
    for (let step = this.steps - 1; step > 0; step--) {
      const began = (matched >> step) & 1 ? progress.began[step - 1] : undefined;
      if (began === undefined || ts - began > this.windowMs) continue;
      progress.began[step] = began;
      progress.fastest[step] = Math.min(progress.fastest[step] ?? Number.POSITIVE_INFINITY, ts - began);
    }
    if ((matched & 1) === 0) return;
    progress.began[0] = ts;
    progress.fastest[0] = 0;
  }

  result(): FunnelStep[] {
    const all = [...this.visitors.values()];
    return Array.from({ length: this.steps }, (_, step) => {
      const times = all.flatMap(({ fastest }) => fastest[step] ?? []);
      times.sort((a, b) => a - b);
      return { visitors: times.length, medianMs: percentile(times, 50) };
    });
  }
}
