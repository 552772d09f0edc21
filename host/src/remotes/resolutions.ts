import type { RegistryEvent } from '@datamesh/contracts';
import { type Reason, WidgetFailure } from './failure';
import { idOf, isPinned, isResolution, partsOf, type Resolution, type ResolutionItem } from './resolution';

export interface ResolutionsOptions {
  /** POST /resolve: one item for each spec. Throws when the registry does not answer. */
  ask(specs: string[]): Promise<ResolutionItem[]>;
  /** Waits before asking again after a failure; the first is the shortest, the last repeats. Milliseconds. */
  retryAfter?: readonly number[];
}

/**
 * Which version each spec means right now. Questions of one task travel together; the last good answer stays while the
 * registry is down; when a channel moves or a version is yanked, the specs it may concern are asked again.
 */
export class Resolutions {
  readonly #ask: ResolutionsOptions['ask'];
  readonly #retryAfter: readonly number[];
  readonly #answers = new Map<string, ResolutionItem>();
  readonly #asked = new Map<string, Promise<ResolutionItem>>();
  readonly #listeners = new Set<(spec: string) => void>();
  /** Specs whose answer may be out of date, or that were asked for in vain while the registry was down. */
  readonly #stale = new Set<string>();
  readonly #missed = new Set<string>();
  /** Versions that run, by their pinned spec: that one was withdrawn is news also where nobody pinned it. */
  readonly #watched = new Map<string, number>();
  /** Specs that somebody asked for, as opposed to those that are only watched. */
  readonly #wanted = new Set<string>();
  #batch: { specs: Set<string>; answer: Promise<Map<string, ResolutionItem>> } | undefined;
  #attempts = 0;
  #refreshing = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ResolutionsOptions) {
    this.#ask = inPortions(options.ask);
    this.#retryAfter = options.retryAfter ?? [1_000, 2_000, 5_000, 10_000, 30_000];
  }

  /** Throws a WidgetFailure that says why there is nothing to show. */
  async get(spec: string): Promise<Resolution> {
    this.#wanted.add(spec);
    const item = this.#answers.get(spec) ?? (await this.#question(spec));
    if (isResolution(item)) return item;
    throw new WidgetFailure(spec, 'resolve', item.error.code satisfies Reason, undefined, new Error(item.error.detail), item);
  }

  /** What is known without asking. */
  peek(spec: string): ResolutionItem | undefined {
    return this.#answers.get(spec);
  }

  /** What people call the widget, as far as it is known. */
  titleOf(spec: string): string {
    const item = this.peek(spec);
    return (item && (isResolution(item) ? item.widget.title : item.title)) ?? partsOf(spec).name;
  }

  /** Answers that came with a layout. */
  prime(items: readonly ResolutionItem[]): void {
    for (const item of items) {
      this.#wanted.add(item.spec);
      this.#accept(item.spec, item);
    }
  }

  /** From now on `onChange` hears of `name@version` when that version is withdrawn or deprecated. Answers with the way to stop. */
  watch(running: Resolution): () => void {
    const spec = idOf(running);
    this.#watched.set(spec, (this.#watched.get(spec) ?? 0) + 1);
    if (!this.#answers.has(spec)) this.#answers.set(spec, { ...running, spec });
    let watching = true;
    return () => {
      if (!watching) return;
      watching = false;
      const left = (this.#watched.get(spec) ?? 0) - 1;
      if (left > 0) {
        this.#watched.set(spec, left);
        return;
      }
      this.#watched.delete(spec);
      if (!this.#wanted.has(spec)) this.#answers.delete(spec);
    };
  }

  /** A `widgets.*` event; every other type is none of its business. */
  apply(event: Pick<RegistryEvent, 'type' | 'data'>): void {
    if (!event.type.startsWith('widgets.')) return;
    const name = (event.data as { name?: unknown }).name;
    // A channel that moves changes nothing for whoever asked for one version.
    const moved = event.type === 'widgets.active-changed';
    this.#refresh((spec) => partsOf(spec).name === name && !(moved && isPinned(spec)));
  }

  /** After a gap in the event stream anything may have moved; what had no answer yet is asked for again. */
  refresh(): void {
    for (const spec of this.#missed) this.#stale.add(spec);
    this.#refresh(() => true);
  }

  /** Forgets a refusal, so that the next `get` asks again. */
  forget(spec: string): void {
    const item = this.#answers.get(spec);
    if (item && !isResolution(item) && !this.#watched.has(spec)) this.#answers.delete(spec);
  }

  /** Called with a spec whose answer is now another one. Answers with the way to stop. */
  onChange(listener: (spec: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#stale.clear();
    this.#listeners.clear();
  }

  #refresh(concerns: (spec: string) => boolean): void {
    for (const spec of this.#answers.keys()) if (concerns(spec)) this.#stale.add(spec);
    this.#attempts = 0;
    clearTimeout(this.#timer);
    void this.#catchUp();
  }

  /** Asks for everything stale until the registry has answered; what is shown stays meanwhile. */
  async #catchUp(): Promise<void> {
    if (this.#refreshing) return;
    this.#refreshing = true;
    while (this.#stale.size > 0) {
      const specs = [...this.#stale];
      // Taken out before asking: an event that arrives while the answer travels marks them once more.
      this.#stale.clear();
      try {
        for (const item of await this.#ask(specs)) this.#accept(item.spec, item);
        this.#attempts = 0;
      } catch {
        for (const spec of specs) this.#stale.add(spec);
        const wait = this.#retryAfter[Math.min(this.#attempts, this.#retryAfter.length - 1)] ?? 1_000;
        this.#attempts += 1;
        this.#timer = setTimeout(() => void this.#catchUp(), wait);
        break;
      }
    }
    this.#refreshing = false;
  }

  #question(spec: string): Promise<ResolutionItem> {
    const open = this.#asked.get(spec);
    if (open) return open;
    const answer = this.#inBatch(spec).finally(() => this.#asked.delete(spec));
    this.#asked.set(spec, answer);
    return answer;
  }

  async #inBatch(spec: string): Promise<ResolutionItem> {
    if (!this.#batch) {
      const specs = new Set<string>();
      this.#batch = { specs, answer: Promise.resolve().then(() => this.#send(specs)) };
    }
    this.#batch.specs.add(spec);
    let items: Map<string, ResolutionItem>;
    try {
      items = await this.#batch.answer;
    } catch (cause) {
      this.#missed.add(spec);
      throw new WidgetFailure(spec, 'resolve', 'unavailable', undefined, cause);
    }
    const item = items.get(spec);
    if (!item) throw new WidgetFailure(spec, 'resolve', 'unavailable', undefined, new Error(`the registry's answer leaves out ${spec}`));
    return item;
  }

  async #send(specs: Set<string>): Promise<Map<string, ResolutionItem>> {
    this.#batch = undefined;
    const items = await this.#ask([...specs]);
    for (const item of items) this.#accept(item.spec, item);
    return new Map(items.map((item) => [item.spec, item]));
  }

  #accept(spec: string, item: ResolutionItem): void {
    const before = this.#answers.get(spec);
    this.#answers.set(spec, item);
    const awaited = this.#missed.delete(spec);
    if (before ? meaning(before) === meaning(item) : !awaited) return;
    for (const listener of [...this.#listeners]) listener(spec);
  }
}

/** Equal for answers that a person would see no difference between. */
const meaning = (item: ResolutionItem): string =>
  isResolution(item)
    ? JSON.stringify([item.name, item.version, item.notices])
    : JSON.stringify([item.error.code, item.error.reason, item.error.instead]);

/** As many specs as the contract lets one question name. */
const MAX_SPECS = 200;

function inPortions(ask: ResolutionsOptions['ask']): ResolutionsOptions['ask'] {
  return async (specs) => {
    const portions: string[][] = [];
    for (let at = 0; at < specs.length; at += MAX_SPECS) portions.push(specs.slice(at, at + MAX_SPECS));
    return (await Promise.all(portions.map((portion) => ask(portion)))).flat();
  };
}
