/**
 * What a department pins beside the shown layout, fetched while the page has nothing else to do: in an outage each opens as it was then, though nobody
 * had opened it.
 */
import { idOf, isResolution, type Resolution } from '../../remotes/resolution';
import type { Place } from '../loading';
import type { OpenDashboard } from '../open-dashboard';
import { pinPath } from '../route';
import type { SeenPlaces } from './seen-places';

/** Milliseconds after which a page has come, nearly always. */
const AT_REST = 5_000;
/** Milliseconds after which it is fetched anew. */
const GOOD_FOR = 3_600_000;
/** Versions whose code a page fetches, for all of them together. */
const MAX_VERSIONS = 40;

export interface AheadPorts {
  load(path: string): Promise<Place>;
  /** The code comes into the browser's cache, held to its hash, and does not run. */
  preload(widget: Resolution): void;
  idle(): Promise<void>;
  /** Over by the signal as well. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  now(): number;
  /** Somebody pays for what is loaded, and has said so to the browser. */
  sparing(): boolean;
}

export class PinsAhead {
  /** When each was what the server said, by path. */
  readonly #fetchedAt = new Map<string, number>();
  readonly #versions = new Set<string>();
  #woken = new AbortController();

  constructor(
    private readonly dashboard: Pick<OpenDashboard, 'store' | 'active' | 'layouts'>,
    private readonly seen: Pick<SeenPlaces, 'find' | 'keepAhead'>,
    private readonly ports: AheadPorts,
  ) {}

  /** Ends with the signal. */
  start(signal: AbortSignal): void {
    void this.#keepOn(signal);
  }

  layoutChanged(layout: string): void {
    const path = this.#pathOf(layout);
    if (path !== undefined && this.#fetchedAt.has(path)) this.#fetchedAt.set(path, Number.NEGATIVE_INFINITY);
    this.#woken.abort();
  }

  /** Nothing of it is kept any more. */
  forgotten(): void {
    this.#fetchedAt.clear();
    this.#woken.abort();
  }

  async #keepOn(signal: AbortSignal): Promise<void> {
    await this.ports.wait(AT_REST, signal);
    const { store } = this.dashboard;
    let before = this.#circumstances();
    const stop = store.subscribe(() => {
      const now = this.#circumstances();
      if (now.some((one, at) => one !== before[at])) this.#woken.abort();
      before = now;
    });
    while (!signal.aborted) {
      this.#woken = new AbortController();
      const { signal: woken } = this.#woken;
      await this.#fetch(signal);
      await this.ports.wait(GOOD_FOR, AbortSignal.any([signal, woken]));
    }
    stop();
  }

  /** What decides what is to be fetched. */
  #circumstances(): readonly unknown[] {
    return [this.#mayFetch(), this.dashboard.active?.pin];
  }

  /** What was seen before is not asked for anew while nobody answers; and what was only seen says nothing of what is pinned now. */
  #mayFetch(): boolean {
    const { connection, asOf, signedOut } = this.dashboard.store.getSnapshot();
    return connection === 'live' && asOf === null && !signedOut && !this.ports.sparing();
  }

  #pathOf(layout: string): string | undefined {
    const { pin } = this.dashboard.active ?? {};
    return pin ? pinPath(pin.department, layout) : undefined;
  }

  /** Beside what is shown by now. */
  #isPinned(path: string): boolean {
    return this.dashboard.active?.pin?.pinned.some(({ layout }) => this.#pathOf(layout) === path) ?? false;
  }

  /** One after the other. What does not come now is asked for again when the server is back, or after an hour. */
  async #fetch(over: AbortSignal): Promise<void> {
    for (const { layout } of this.dashboard.active?.pin?.pinned ?? []) {
      const path = this.#pathOf(layout);
      if (path === undefined || (await this.#isThere(layout, path))) continue;
      await this.ports.idle();
      if (over.aborted || !this.#mayFetch()) return;
      if (!this.#isPinned(path)) continue;
      let place: Place;
      try {
        place = await this.ports.load(path);
      } catch {
        return;
      }
      // It may be pinned no more: then it was another one that came.
      if (over.aborted || place.kind !== 'layout' || place.path !== path) continue;
      this.#fetchedAt.set(path, this.ports.now());
      await this.seen.keepAhead(place);
      this.#preload(place.answer.resolution ?? []);
    }
  }

  /** What is open is kept by itself, and what another page has fetched is there for this one. */
  async #isThere(layout: string, path: string): Promise<boolean> {
    if ([...this.dashboard.layouts()].some(({ id }) => id === layout)) return true;
    const at = this.#fetchedAt.get(path) ?? Date.parse((await this.seen.find(path))?.at ?? '');
    if (!(this.ports.now() - at < GOOD_FOR)) return false;
    this.#fetchedAt.set(path, at);
    return true;
  }

  #preload(resolution: readonly Parameters<typeof isResolution>[0][]): void {
    for (const widget of resolution) {
      if (!isResolution(widget) || this.#versions.has(idOf(widget)) || this.#versions.size >= MAX_VERSIONS) continue;
      this.#versions.add(idOf(widget));
      this.ports.preload(widget);
    }
  }
}
