import { DwellClock } from './dwell-clock';
import { sendEvents } from './tracking-calls';
import { type ReportFields, TrackingQueue } from './tracking-queue';

const SITE = 'dashboard';
/** Dwell is reported in pieces, so that a crash or a closed lid loses at most one. */
const PIECE = 60_000;
/** The tracker takes no longer load; more means a lid that was closed meanwhile. */
const LONGEST_LOAD = 600_000;

export interface PanelSeen {
  layout: string;
  panel: string;
  widget: string;
  version: string | null;
}

/** What the dashboard reports of itself: which page and which widget was looked at, and for how long. */
export class Tracking {
  readonly #queue = new TrackingQueue(SITE, {
    now: Date.now,
    schedule(milliseconds, run) {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
    send: sendEvents,
    // Without a network the browser takes a beacon and loses it.
    beacon: (events) => navigator.onLine && navigator.sendBeacon('/t/events', new Blob([JSON.stringify(events)], { type: 'text/plain' })),
  });
  readonly #clock = new DwellClock<ReportFields>(
    () => performance.now(),
    (kind, fields, dwell) => this.#queue.add(kind === 'page' ? 'dwell' : 'widget_dwell', { ...fields, dwell_ms: dwell }),
  );
  constructor() {
    if (document.visibilityState !== 'visible') this.#clock.pause();
  }

  /** Follows whether somebody sees the page, until the signal; then reports what was seen. */
  start(signal: AbortSignal): void {
    const leave = (): void => {
      this.#clock.pause();
      this.#queue.depart();
    };
    const follow = (): void => (document.visibilityState === 'visible' ? this.#clock.resume() : leave());
    document.addEventListener('visibilitychange', follow, { signal });
    addEventListener('pagehide', leave, { signal });
    addEventListener('online', () => this.#queue.hurry(), { signal });
    const timer = setInterval(() => this.#clock.cut(), PIECE);
    signal.addEventListener('abort', () => {
      clearInterval(timer);
      leave();
    });
  }

  /** A layout came on the screen under this path. */
  page(layout: string): void {
    const fields = { path: location.pathname, layout_id: layout };
    this.#clock.stop('page');
    this.#queue.add('view', fields);
    this.#clock.start('page', 'page', fields);
  }

  /** `load`: milliseconds from mounting to ready, when this is the first time that what was mounted is seen. */
  visible(seen: PanelSeen, load?: number): void {
    const fields = fieldsOf(seen);
    this.#queue.add('widget_view', load === undefined || load > LONGEST_LOAD ? fields : { ...fields, load_ms: Math.round(load) });
    this.#clock.start('widget', keyOf(seen), fields);
  }

  hidden(seen: PanelSeen): void {
    this.#clock.stop(keyOf(seen));
  }

  failed(seen: PanelSeen, props: Record<string, string>): void {
    const short = Object.fromEntries(Object.entries(props).map(([key, text]) => [key, text.slice(0, 500)]));
    this.#queue.add('widget_error', { ...fieldsOf(seen), props: short });
  }
}

const keyOf = ({ layout, panel }: PanelSeen): string => `${layout}/${panel}`;

const fieldsOf = ({ layout, panel, widget, version }: PanelSeen): ReportFields => ({
  path: location.pathname,
  layout_id: layout,
  panel_id: panel,
  widget,
  ...(version ? { widget_version: version } : {}),
});
