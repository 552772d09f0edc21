import type { TrackerEvent } from '@datamesh/contracts';
import { DwellClock } from './dwellClock';
import { type ReportFields, TrackingQueue } from './trackingQueue';

const SITE = 'dashboard';
/** Dwell is reported in pieces, so that a crash or a closed lid loses at most one. */
const PIECE = 60_000;

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
    send,
    beacon: (events) => navigator.sendBeacon('/t/events', new Blob([JSON.stringify(events)], { type: 'text/plain' })),
  });
  readonly #clock = new DwellClock<ReportFields>(
    () => performance.now(),
    (kind, fields, dwell) => this.#queue.add(kind === 'page' ? 'dwell' : 'widget_dwell', { ...fields, dwell_ms: dwell }),
  );
  readonly #stops: (() => void)[] = [];

  constructor() {
    const onVisibility = (): void => {
      if (document.visibilityState === 'visible') this.#clock.resume();
      else this.#leave();
    };
    const onHide = (): void => this.#leave();
    document.addEventListener('visibilitychange', onVisibility);
    addEventListener('pagehide', onHide);
    const timer = setInterval(() => this.#clock.cut(), PIECE);
    this.#stops.push(
      () => document.removeEventListener('visibilitychange', onVisibility),
      () => removeEventListener('pagehide', onHide),
      () => clearInterval(timer),
    );
    if (document.visibilityState !== 'visible') this.#clock.pause();
  }

  /** A layout came on the screen under this path. */
  page(layout: string): void {
    const fields = { path: location.pathname, layout_id: layout };
    this.#clock.stop('page');
    this.#queue.add('view', fields);
    this.#clock.start('page', 'page', fields);
  }

  visible(seen: PanelSeen): void {
    const fields = fieldsOf(seen);
    this.#queue.add('widget_view', fields);
    this.#clock.start('widget', keyOf(seen), fields);
  }

  hidden(seen: PanelSeen): void {
    this.#clock.stop(keyOf(seen));
  }

  failed(seen: PanelSeen, detail: string | undefined): void {
    this.#queue.add('widget_error', { ...fieldsOf(seen), ...(detail ? { props: { detail: detail.slice(0, 500) } } : {}) });
  }

  dispose(): void {
    this.#leave();
    for (const stop of this.#stops) stop();
  }

  #leave(): void {
    this.#clock.pause();
    this.#queue.depart();
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

async function send(events: TrackerEvent[]): Promise<'stored' | 'refused' | 'again'> {
  try {
    const response = await fetch('/t/events', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(events),
      keepalive: true,
    });
    if (response.ok) return 'stored';
    return response.status >= 500 || response.status === 429 ? 'again' : 'refused';
  } catch {
    // No connection: the queue keeps them and counts what it cannot keep.
    return 'again';
  }
}
