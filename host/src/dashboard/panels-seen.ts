import type { PanelSeen, Tracking } from '../api/tracking';
import type { PanelReport } from '../workspace/types';

/** What the panels of one layout report, as the tracker counts it: only while the layout is the one that is shown. */
export class PanelsSeen {
  /** On the screen inside this layout: told as hidden and visible again when the tab changes. */
  readonly #seen = new Map<string, PanelSeen>();
  /** How long mounting took, until the first view of what was mounted tells it. */
  readonly #loads = new Map<string, { version: string | null; ms: number }>();
  /** Problems already told of what is mounted and runs on: a widget that throws in every frame has one problem, not sixty a second. */
  readonly #reported = new Map<string, Set<string>>();
  #visible = false;

  constructor(private readonly tracking: Pick<Tracking, 'visible' | 'hidden' | 'failed'>) {}

  setVisible(visible: boolean): void {
    if (visible === this.#visible) return;
    this.#visible = visible;
    for (const seen of this.#seen.values()) visible ? this.#show(seen) : this.tracking.hidden(seen);
  }

  onPanelReport({ kind, layout, panel, widget, version, ms, detail = '', stage, reason, runs }: PanelReport): void {
    const seen: PanelSeen = { layout, panel, widget, version };
    switch (kind) {
      case 'mounted':
      case 'swapped':
        this.#reported.delete(panel);
        if (ms !== undefined) this.#loads.set(panel, { version, ms });
        return;
      case 'visible':
        this.#seen.set(panel, seen);
        if (this.#visible) this.#show(seen);
        return;
      case 'hidden':
        this.#seen.delete(panel);
        this.tracking.hidden(seen);
        return;
      case 'failed':
        if (stage || this.#isNews(panel, `${version} ${detail}`))
          this.tracking.failed(seen, {
            ...(detail && { detail }),
            ...(stage && { stage }),
            ...(reason && { reason }),
            ...(runs && { runs }),
          });
    }
  }

  #show(seen: PanelSeen): void {
    const load = this.#loads.get(seen.panel);
    this.#loads.delete(seen.panel);
    this.tracking.visible(seen, load && load.version === seen.version ? load.ms : undefined);
  }

  #isNews(panel: string, problem: string): boolean {
    const reported = this.#reported.get(panel) ?? new Set();
    this.#reported.set(panel, reported);
    if (reported.has(problem)) return false;
    reported.add(problem);
    return true;
  }
}
