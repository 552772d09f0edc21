/** Asks the tracker, again every few seconds while somebody looks, and says what is known so far. No DOM, no framework. */
import type { Series, Summary, Top } from '@datamesh/contracts';
import { DataError, isAbort } from '@datamesh/widget-sdk';
import { type Brush, edgesOf, placeOf } from './brush';
import { type Bucket, bucketFor, type Preset, type Span, spanOf } from './range';
import { type Filter, getSeries, getSummary, getTop, getVersions, type Question } from './tracker';

export interface Wish {
  site: string;
  preset: Preset;
  bucket: Bucket;
  zone: string;
  brush: Brush | null;
  filters: readonly Filter[];
}

export interface Known {
  span: Span;
  series: Series;
  summary: Summary;
  pages: Top;
  widgets: Top;
  versions: ReadonlyMap<string, string>;
  /** When this was asked, ms since the epoch. */
  at: number;
}

export interface FeedState {
  known: Known | null;
  /** The last attempt failed; what is known may be older. */
  error: DataError | null;
  loading: boolean;
}

const EVERY_MS = 5000;
/** Versions change with a publish, not with a view. */
const VERSIONS_EVERY_MS = 30_000;
const MOST = 8;

export class Feed {
  #wish: Wish | null = null;
  #state: FeedState = { known: null, error: null, loading: false };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #aborter: AbortController | undefined;
  #visible = true;
  #versions: { key: string; at: number; byWidget: Map<string, string> } = { key: '', at: 0, byWidget: new Map() };

  constructor(
    private readonly tell: (state: FeedState) => void,
    private readonly now: () => number = Date.now,
  ) {}

  /** Asks at once when the wish is another one. */
  ask(wish: Wish): void {
    if (JSON.stringify(wish) === JSON.stringify(this.#wish)) return;
    if (this.#wish && wish.site !== this.#wish.site) this.#state = { ...this.#state, known: null };
    this.#wish = wish;
    this.refresh();
  }

  setVisible(visible: boolean): void {
    if (visible === this.#visible) return;
    this.#visible = visible;
    clearTimeout(this.#timer);
    if (visible) this.refresh();
  }

  refresh(): void {
    const wish = this.#wish;
    if (!wish) return;
    clearTimeout(this.#timer);
    this.#aborter?.abort();
    const aborter = new AbortController();
    this.#aborter = aborter;
    this.#set({ ...this.#state, loading: true });
    this.#load(wish, aborter.signal)
      .then(
        (known) => this.#set({ known, error: null, loading: false }),
        (cause: unknown) => {
          if (isAbort(cause) || aborter.signal.aborted) return;
          const error =
            cause instanceof DataError ? cause : new DataError('failed', cause instanceof Error ? cause.message : String(cause));
          this.#set({ ...this.#state, error, loading: false });
        },
      )
      .finally(() => {
        if (this.#visible && !aborter.signal.aborted) this.#timer = setTimeout(() => this.refresh(), EVERY_MS);
      });
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#aborter?.abort();
    this.#wish = null;
  }

  async #load(wish: Wish, signal: AbortSignal): Promise<Known> {
    const { site, filters, zone } = wish;
    const at = this.now();
    const span = spanOf(wish.preset, at);
    const whole: Question = { site, filters, span };
    const chosen: Question = { ...whole, span: chosenSpan(this.#state.known?.series ?? null, span, wish.brush) };
    const [series, summary, pages, widgets] = await Promise.all([
      getSeries(whole, bucketFor(wish.bucket, span), zone, signal),
      getSummary(chosen, signal),
      getTop(chosen, 'path', MOST, signal),
      getTop(chosen, 'widget', MOST, signal),
    ]);
    const versions = await this.#versionsOf(chosen, widgets, signal);
    return { span, series, summary, pages, widgets, versions, at };
  }

  async #versionsOf(question: Question, { items }: Top, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const names = items.map(({ value }) => value).filter(Boolean);
    const key = JSON.stringify([question.site, question.filters, names]);
    if (key === this.#versions.key && this.now() - this.#versions.at < VERSIONS_EVERY_MS) return this.#versions.byWidget;
    const found = await Promise.all(names.map(async (name) => [name, await getVersions(question, name, signal)] as const));
    this.#versions = { key, at: this.now(), byWidget: new Map(found) };
    return this.#versions.byWidget;
  }

  #set(state: FeedState): void {
    this.#state = state;
    this.tell(state);
  }
}

/** The instants of a choice; without a series to choose from yet, the brush as it was saved. */
function chosenSpan(series: Series | null, span: Span, brush: Brush | null): Span {
  if (!brush) return span;
  if (!series) {
    const saved = { from: Math.max(span.from, brush.from), to: brush.to === null ? span.to : Math.min(span.to, brush.to) };
    return saved.from < saved.to ? saved : span;
  }
  const edges = edgesOf(
    series.points.map(({ t }) => Date.parse(t)),
    span.to,
  );
  const { start, end } = placeOf(edges, brush);
  return { from: Math.max(span.from, edges[start] ?? span.from), to: edges[end] ?? span.to };
}
