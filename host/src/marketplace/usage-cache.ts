import type { Missing, WidgetFigures, WidgetUsage } from '@datamesh/contracts';
import { ask } from '../api/client';
import { figures, lastDays } from '../api/figures';

/** How one widget did over the last 30 days, whole and by version. */
export type Usage = WidgetUsage['items'][number];
export type Figures = WidgetFigures;

export interface UsageAnswer {
  items: ReadonlyMap<string, Usage>;
  /** What the tracker could not count; empty when the figures are whole. */
  partial: Missing[];
}

export interface UsagePorts {
  /** Most opened first; only the named widget. */
  ask(widget?: string): Promise<WidgetUsage>;
  now(): number;
}

/** What the tracker answers at most. */
export const MAX_ITEMS = 100;
const FRESH = 300_000;

/** One question for all widgets, kept for five minutes: cards, details and the publisher's list share it. */
export class UsageCache {
  #all: { asked: number; answer: Promise<UsageAnswer> } | undefined;

  constructor(private readonly ports: UsagePorts) {}

  all(): Promise<UsageAnswer> {
    const now = this.ports.now();
    if (this.#all && now - this.#all.asked < FRESH) return this.#all.answer;
    const answer = this.ports.ask().then(bound);
    const asking = { asked: now, answer };
    this.#all = asking;
    // A failure is nobody's answer for five minutes: whoever comes next asks again.
    answer.catch(() => {
      if (this.#all === asking) this.#all = undefined;
    });
    return answer;
  }

  /** Null when nobody opened it. Beyond the most opened ones it is asked for by name. */
  async of(widget: string): Promise<{ usage: Usage | null; partial: Missing[] }> {
    const all = await this.all();
    const known = all.items.get(widget);
    if (known || all.items.size < MAX_ITEMS) return { usage: known ?? null, partial: all.partial };
    const { items, partial } = bound(await this.ports.ask(widget));
    return { usage: items.get(widget) ?? null, partial };
  }
}

const bound = ({ items, partial = [] }: WidgetUsage): UsageAnswer => ({
  items: new Map(items.map((usage) => [usage.widget, usage])),
  partial,
});

export const usageCache = new UsageCache({
  ask: (widget) =>
    ask(figures.GET('/widgets', { params: { query: { ...lastDays(Date.now()), limit: MAX_ITEMS, ...(widget ? { widget } : {}) } } })),
  now: Date.now,
});
