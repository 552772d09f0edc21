import type { LayoutContent, LayoutNode, Panel, WidgetSummary } from '@datamesh/contracts';
import { addPanel, newPanelId, normalise, type Place, panelsOf } from '@datamesh/layout';
import { Interop } from '../interop/interop';
import './workspace.css';
import type { EditorTools } from './editing/editor';
import { Fronts } from './fronts';
import { Layer } from './layer';
import { PanelFrame, type PanelHost, type PanelSpec } from './panel';
import { roomiest } from './room';
import { type Arranger, COLUMN_BELOW, type Stage } from './stage';
import type { Mode, PanelInfo, Theme, WorkspaceOptions, WorkspaceState } from './types';
import { Viewing } from './viewing';

export type { Level, Mode, PanelInfo, PanelReport, PanelState, Theme, WorkspaceOptions, WorkspaceState } from './types';

/** One open layout: its panels, where they are, and what happens to them. */
export class Workspace {
  readonly #options: WorkspaceOptions;
  readonly #layer: Layer;
  readonly #interop: Interop;
  readonly #fronts = new Fronts();
  readonly #frames = new Map<string, PanelFrame>();
  /** State of widgets that were taken away: undo brings it back with them. */
  readonly #kept = new Map<string, { widget: string; state: unknown }>();
  readonly #stage: Stage;
  readonly #host: PanelHost;
  readonly #stops: (() => void)[] = [];
  #state: WorkspaceState | undefined;
  #mode: Mode = 'view';
  #wanted: Mode = 'view';
  #arranger: Arranger;
  #arrangedAs: 'viewing' | 'column' | 'editing' = 'viewing';
  #tools: EditorTools | undefined;
  #prefetching = false;
  /** The tree that the arranger has; undefined while it has none, or an older one. */
  #arranged: string | undefined;

  /** Fills its container, which must be positioned (`position: relative` or absolute). */
  constructor(container: HTMLElement, options: WorkspaceOptions) {
    this.#options = options;
    this.#interop = new Interop({
      onFilter: (context) => options.onFilter(context),
      onChannel: (panel) => this.#relabel(panel),
      onIntent: (panel) => this.#arranger.reveal(panel),
      onListenerError: (panel, error) => this.#frames.get(panel)?.problem(error),
      onLoop: (panel) =>
        options.onNotify(
          'warn',
          `${this.#frames.get(panel)?.title ?? panel} and other panels answer each other without end; that was stopped.`,
        ),
    });
    this.#layer = new Layer(container, () => this.#resized());
    this.#layer.setMode('view');
    this.#host = {
      options,
      interop: this.#interop,
      layoutId: () => this.#state?.layoutId ?? '',
      mode: () => this.#mode,
      theme: () => options.theme(),
      changed: (panel) => {
        this.#relabel(panel.id);
        this.#prefetchHidden();
      },
    };
    this.#stage = {
      canvas: this.#layer.canvas,
      layer: this.#layer.layer,
      fronts: this.#fronts,
      size: () => this.#layer.size,
      content: () => this.#content,
      frame: (panel) => this.#frames.get(panel),
      place: (panel, rect, zIndex) => {
        const frame = this.#frames.get(panel);
        if (!frame) return;
        this.#layer.place(frame.element, rect, zIndex);
        frame.show(rect !== null);
      },
      setHeight: (height) => this.#layer.setHeight(height),
      announce: (text) => this.#layer.announce(text),
    };
    this.#arranger = new Viewing(this.#stage);
    this.#stops.push(
      options.resolutions.onChange((spec) => {
        for (const frame of this.#frames.values()) if (frame.spec.content.widget === spec) frame.resolutionChanged();
      }),
    );
  }

  /** Idempotent; compares by panel id and reconnects nothing. */
  show(state: WorkspaceState): void {
    const before = this.#state;
    this.#state = state;
    this.#fronts.follow(before?.content.tree, state.content.tree);
    this.#syncFrames(state);
    this.#interop.setFilters(state.content.filters);
    this.#arrange();
  }

  /** Resolves when the other arrangement stands; edit downloads the editor first, and rejects when it cannot. */
  async setMode(mode: Mode): Promise<void> {
    this.#wanted = mode;
    if (mode === 'edit' && !this.#tools) {
      const { editorTools } = await import(/* webpackChunkName: "editing" */ './editing/editor');
      this.#tools ??= editorTools(this.#stage, {
        edit: (next, label, arranged) => this.#edit(next, label, arranged),
        openSettings: (panel) => this.#options.onOpenSettings(panel),
      });
    }
    // Somebody may have gone back while the editor was downloaded.
    if (this.#wanted !== mode || this.#mode === mode) return;
    this.#mode = mode;
    this.#layer.setMode(mode);
    this.#arrange();
    for (const frame of this.#frames.values()) frame.tell(mode, this.#options.theme());
  }

  /** A hidden workspace stays alive and costs no painting; what it has not shown yet is loaded when it is first visible. */
  setVisible(visible: boolean): void {
    if (visible === this.#layer.visible) return;
    this.#layer.visible = visible;
    if (visible) this.#arrange();
  }

  setTheme(theme: Theme): void {
    for (const frame of this.#frames.values()) frame.tell(this.#mode, theme);
  }

  /** Edit mode: drag from the marketplace (with the pointer that started it), or, without one, keyboard placement. */
  startAdd(widget: WidgetSummary, pointer?: PointerEvent): void {
    this.#tools?.startPlacing(widget.title, pointer, (place) => this.#add(widget, place));
  }

  /** Edit mode: puts it where there is most room, at once (a click on "Add"). Answers with the panel's id. */
  add(widget: WidgetSummary): string {
    return this.#add(widget, roomiest(this.#content, this.#layer.size));
  }

  /** Brings a panel's tab to the front and the keyboard into it. */
  focusPanel(id: string): void {
    this.#arranger.reveal(id);
    this.#frames.get(id)?.focus();
  }

  panels(): PanelInfo[] {
    return this.#state ? panelsOf(this.#state.content.tree).flatMap((id) => this.#frames.get(id)?.info ?? []) : [];
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
    this.#tools?.dispose();
    this.#arranger.dispose();
    for (const frame of this.#frames.values()) frame.dispose();
    this.#frames.clear();
    this.#layer.dispose();
  }

  get #content(): LayoutContent {
    if (!this.#state) throw new Error('nothing is shown yet');
    return this.#state.content;
  }

  #add(widget: WidgetSummary, place: Place): string {
    const id = newPanelId(this.#content);
    const channel = widget.channels['stable'] ? 'stable' : 'latest';
    const panel: Panel = { widget: `${widget.name}@${channel}`, title: null, settings: {}, channel: null, direction: 'both' };
    this.#edit(addPanel(this.#content, id, panel, place), `Add ${widget.title}`);
    this.focusPanel(id);
    this.#layer.announce(`${widget.title} was added`);
    return id;
  }

  /** Shown first, then told: whoever hears of it may show it again, which changes nothing. */
  #edit(next: LayoutContent, label: string, arranged = false): void {
    if (!this.#state) return;
    if (arranged) this.#arranged = treeKey(next);
    this.show({ ...this.#state, content: next });
    this.#options.onEdit(next, label);
  }

  #syncFrames({ content, overlay }: WorkspaceState): void {
    const order = panelsOf(content.tree);
    for (const [id, frame] of this.#frames) {
      if (order.includes(id) && content.panels[id]) continue;
      this.#kept.set(id, { widget: widgetOf(frame.spec.content), state: frame.dispose() });
      this.#frames.delete(id);
    }
    for (const id of order) {
      const panel = content.panels[id];
      if (!panel) continue;
      const spec = specOf(panel, content, overlay?.panels[id]?.settings);
      const frame = this.#frames.get(id);
      if (frame) {
        frame.update(spec);
        continue;
      }
      const kept = this.#kept.get(id);
      this.#kept.delete(id);
      const fresh = new PanelFrame(id, spec, this.#host, kept?.widget === widgetOf(panel) ? kept.state : undefined);
      this.#frames.set(id, fresh);
      this.#layer.layer.append(fresh.element);
    }
    this.#layer.showEmpty(
      order.length > 0 ? null : this.#mode === 'edit' ? 'Add a first widget from the marketplace.' : 'This layout has no panels yet.',
    );
  }

  /** The right arranger for mode and width, with the tree of now. */
  #arrange(): void {
    if (!this.#state || !this.#layer.visible || this.#layer.size.width === 0) return;
    const narrow = this.#layer.size.width < COLUMN_BELOW;
    const as = this.#mode === 'view' ? 'viewing' : narrow ? 'column' : 'editing';
    if (as !== this.#arrangedAs) {
      this.#arranger.dispose();
      this.#arranger =
        as === 'editing' && this.#tools
          ? this.#tools.editing()
          : new Viewing(this.#stage, as === 'column' ? this.#tools?.decorate : undefined);
      this.#arrangedAs = as;
      this.#arranged = undefined;
    }
    const key = treeKey(this.#state.content);
    if (key === this.#arranged) return;
    this.#arranged = key;
    this.#arranger.load(this.#state.content);
  }

  #resized(): void {
    if (!this.#layer.visible || !this.#state) return;
    const before = this.#arranged;
    this.#arrange();
    if (before !== undefined && before === this.#arranged) this.#arranger.resize();
  }

  /** Once everything that is shown is there, and the browser has nothing better to do. */
  #prefetchHidden(): void {
    const frames = [...this.#frames.values()];
    const hidden = frames.filter(({ element }) => element.hidden);
    if (!this.#layer.visible || hidden.length === 0 || this.#prefetching) return;
    if (frames.some(({ element }) => !element.hidden && element.dataset['state'] === 'loading')) return;
    this.#prefetching = true;
    whenIdle(async () => {
      await Promise.all(hidden.map((frame) => frame.prefetch()));
      this.#prefetching = false;
    });
  }

  #relabel(panel: string): void {
    const frame = this.#frames.get(panel);
    if (frame && this.#arranged !== undefined) this.#arranger.relabel(frame);
  }
}

function specOf(panel: Panel, content: LayoutContent, own: Record<string, unknown> | undefined): PanelSpec {
  const channel = panel.channel === 'none' ? null : (panel.channel ?? content.defaultChannel);
  return { content: panel, own, membership: { channel, direction: panel.direction ?? 'both' } };
}

const widgetOf = (panel: Panel): string => panel.widget.replace(/@.*/, '');

/** Equal for trees that look the same, tabs in front included. */
const treeKey = (content: LayoutContent): string => JSON.stringify(normalise(content).tree satisfies LayoutNode);

/** Safari has no requestIdleCallback. */
const whenIdle = (run: () => Promise<void>): unknown =>
  'requestIdleCallback' in globalThis ? requestIdleCallback(() => void run(), { timeout: 2_000 }) : setTimeout(() => void run(), 500);
