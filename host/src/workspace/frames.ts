import type { LayoutContent, Panel } from '@datamesh/contracts';
import { panelsOf } from '@datamesh/layout';
import { nameIn } from '../remotes/resolution';
import { whenIdle } from '../remotes/when-idle';
import { PanelFrame, type PanelHost, type PanelSpec } from './panel';
import type { Kept, KeptPanel, WorkspaceState } from './types';

/** The panels of one workspace, and what those that were taken away have left. */
export class Frames {
  readonly #frames = new Map<string, PanelFrame>();
  /** Of widgets that are not here: undo, or the page that took the place of another, brings it back with them. */
  readonly #kept: Map<string, KeptPanel>;
  #prefetching = false;

  constructor(
    private readonly host: PanelHost,
    /** Frames are in it in the order in which they came, and never move. */
    private readonly layer: HTMLElement,
    kept: Record<string, KeptPanel>,
  ) {
    this.#kept = new Map(Object.entries(kept));
  }

  get(panel: string): PanelFrame | undefined {
    return this.#frames.get(panel);
  }

  has(panel: string): boolean {
    return this.#frames.has(panel);
  }

  [Symbol.iterator](): Iterator<PanelFrame> {
    return this.#frames.values();
  }

  /** Of every panel, shown or taken away, for a page that takes the place of this one. */
  get kept(): Record<string, KeptPanel> {
    const here = [...this.#frames.values()].map((frame) => [frame.id, keptOf(frame, frame.kept)] as const);
    return Object.fromEntries([...this.#kept, ...here]);
  }

  /** Compares by panel id and reconnects nothing. */
  follow({ content, overlay }: WorkspaceState): void {
    const order = panelsOf(content.tree);
    const placed = new Set(order);
    for (const [id, frame] of this.#frames) {
      if (placed.has(id) && content.panels[id]) continue;
      this.#kept.set(id, keptOf(frame, frame.dispose()));
      this.#frames.delete(id);
    }
    const wiredEvents = wiredEventsOf(content);
    for (const id of order) {
      const panel = content.panels[id];
      if (!panel) continue;
      const spec = specOf(panel, content, overlay?.panels[id]?.settings, wiredEvents.get(id));
      const frame = this.#frames.get(id);
      if (frame) {
        frame.update(spec);
        continue;
      }
      const kept = this.#kept.get(id);
      this.#kept.delete(id);
      const fresh = new PanelFrame(id, spec, this.host, kept?.widget === nameIn(panel.widget) ? kept : undefined);
      this.#frames.set(id, fresh);
      this.layer.append(fresh.element);
    }
  }

  /** Once everything that is shown is there, and the browser has nothing better to do: the code of the tabs that nobody opened yet. */
  prefetchHidden(): void {
    const frames = [...this.#frames.values()];
    const hidden = frames.filter(({ element }) => element.hidden);
    if (hidden.length === 0 || this.#prefetching) return;
    if (frames.some(({ element }) => !element.hidden && element.dataset['state'] === 'loading')) return;
    this.#prefetching = true;
    void whenIdle().then(async () => {
      await Promise.all(hidden.map((frame) => frame.prefetch()));
      this.#prefetching = false;
    });
  }

  dispose(): void {
    for (const frame of this.#frames.values()) frame.dispose();
    this.#frames.clear();
  }
}

/** By panel, which events of it wires begin with; sorted. */
function wiredEventsOf({ panels }: LayoutContent): Map<string, string[]> {
  const events = new Map<string, string[]>();
  for (const { from, event } of Object.values(panels).flatMap(({ bindings = [] }) => bindings))
    if (event !== undefined) events.set(from, [...new Set([...(events.get(from) ?? []), event])].sort());
  return events;
}

function specOf(
  panel: Panel,
  content: LayoutContent,
  own: Record<string, unknown> | undefined,
  wiredEvents: readonly string[] = [],
): PanelSpec {
  const channel = panel.channel === 'none' ? null : (panel.channel ?? content.defaultChannel);
  return { content: panel, own, membership: { channel, direction: panel.direction ?? 'both' }, wiredEvents };
}

const keptOf = ({ spec }: PanelFrame, kept: Kept): KeptPanel => ({ widget: nameIn(spec.content.widget), ...kept });
