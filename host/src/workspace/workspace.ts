import type { LayoutContent, WidgetSummary } from '@datamesh/contracts';
import {
  addPanel,
  MOST_PANELS,
  newPanelId,
  normalise,
  type PanelGroup,
  type PasteOptions,
  type Place,
  panelsOf,
  pastePanels,
  setPanel,
  sourcesOf,
  stacksOf,
} from '@datamesh/layout';
import { contextTitle } from '../interop/contextTitles';
import { Interop } from '../interop/interop';
import type { InteropOptions } from '../interop/types';
import './workspace.css';
import { containWidgets } from './containment/containment';
import type { EditorTools } from './editing/editor';
import { Frames } from './frames';
import { Fronts } from './fronts';
import { Layer } from './layer';
import { Maximised } from './maximised';
import { newPanel } from './newPanel';
import { Paper } from './paper/paper';
import { appearance, type Clock, steady } from './paper/steady';
import { placeName } from './placeName';
import { roomiest } from './room';
import { type Arranger, COLUMN_BELOW, type Stage } from './stage';
import type { Mode, PanelInfo, Theme, WorkspaceOptions, WorkspaceState, WorkspaceView } from './types';
import { Viewing } from './viewing';

export type { Mode, PanelInfo, Theme, WorkspaceOptions, WorkspaceState } from './types';

/** How often panels are given more room for what they scroll. */
const ROUNDS = 4;

/** One open layout: its panels, where they are, and what happens to them. */
export class Workspace {
  readonly #options: WorkspaceOptions;
  readonly #layer: Layer;
  readonly #interop: Interop;
  readonly #fronts = new Fronts();
  readonly #maximised = new Maximised();
  readonly #frames: Frames;
  readonly #stage: Stage;
  readonly #stops: (() => void)[] = [];
  #state: WorkspaceState | undefined;
  #mode: Mode = 'view';
  #wanted: Mode = 'view';
  #arranger: Arranger;
  #arrangedAs: 'viewing' | 'column' | 'editing' | 'paper' = 'viewing';
  /** While it is arranged for paper: whether tabs behind others are as well, and how to put everything back. */
  #onPaper: { behind: boolean; scrolls: (() => void)[]; place: WorkspaceView['scroll'] } | undefined;
  #tools: EditorTools | undefined;
  /** Where it is to be scrolled to once it is arranged. */
  #scroll: WorkspaceView['scroll'] | undefined;
  /** What the arranger has, and the size it has it in; undefined while it has nothing. */
  #arranged: { tree: string; size: { width: number; height: number } } | undefined;

  /** Fills its container, which must be positioned (`position: relative` or absolute). `before`: of the same layout on an earlier page. */
  constructor(container: HTMLElement, options: WorkspaceOptions, before?: WorkspaceView) {
    containWidgets();
    this.#options = options;
    const interop: InteropOptions = {
      onFilter: (context) => options.onFilter(context),
      onFilterRefused: (type, error) => {
        console.warn(error);
        options.onNotify('warn', `The filter “${contextTitle(type)}” of this layout is not complete, and is left out.`);
      },
      onChannel: (panel) => this.#relabel(panel),
      onIntent: (panel) => this.#reveal(panel),
      onListenerError: (panel, error) => this.#frames.get(panel)?.problem(error),
      onLoop: (panel) =>
        options.onNotify(
          'warn',
          `${this.#frames.get(panel)?.title ?? panel} and other panels answer each other without end; that was stopped.`,
        ),
    };
    this.#interop = new Interop(interop, before?.contexts, before?.said);
    this.#layer = new Layer(container, () => this.#arrange());
    this.#layer.setMode('view');
    this.#frames = new Frames(
      {
        options,
        interop: this.#interop,
        layoutId: () => this.#state?.layoutId ?? '',
        mode: () => this.#mode,
        theme: () => options.theme(),
        changed: (panel) => {
          this.#relabel(panel.id);
          if (this.#layer.visible) this.#frames.prefetchHidden();
        },
        follow: (panel, spec) => this.#edit(setPanel(this.#content, panel, { widget: spec }), 'Change version'),
      },
      this.#layer.layer,
      before?.kept ?? {},
    );
    this.#stage = {
      canvas: this.#layer.canvas,
      layer: this.#layer.layer,
      fronts: this.#fronts,
      size: () => this.#layer.size,
      content: () => this.#content,
      frame: (panel) => this.#frames.get(panel),
      place: (panel, rect) => {
        const frame = this.#frames.get(panel);
        if (!frame) return;
        this.#layer.place(frame.element, rect);
        frame.show(rect !== null);
      },
      setHeight: (height) => this.#layer.setHeight(height),
      isMaximised: () => this.#maximised.active,
      toggleMaximised: (panel) => this.#toggleMaximised(panel),
      announce: (text) => this.#layer.announce(text),
    };
    this.#arranger = new Viewing(this.#stage);
    this.#stops.push(
      options.resolutions.onChange((spec) => {
        for (const frame of this.#frames) frame.answered(spec);
      }),
    );
  }

  /** What its panels say to each other. */
  get interop(): Interop {
    return this.#interop;
  }

  /** Idempotent; compares by panel id and reconnects nothing. */
  show(state: WorkspaceState): void {
    const before = this.#state;
    const held = this.#heldPanel();
    this.#state = state;
    this.#fronts.follow(before?.content.tree, state.content.tree);
    this.#frames.follow(state);
    this.#layer.showEmpty(
      panelsOf(state.content.tree).length > 0
        ? null
        : this.#mode === 'edit'
          ? 'Add a first widget from the marketplace.'
          : 'This layout has no panels yet.',
    );
    this.#interop.setFilters(state.content.filters);
    this.#arrange();
    if (held !== undefined && document.activeElement === document.body) this.#focus(held !== null && this.#frames.has(held) ? held : null);
  }

  /** Resolves when the other arrangement stands; edit downloads the editor first, and rejects when it cannot. */
  async setMode(mode: Mode): Promise<void> {
    this.#wanted = mode;
    if (mode === 'edit' && !this.#tools) {
      const { editorTools } = await import(/* webpackChunkName: "editing" */ './editing/editor');
      this.#tools ??= editorTools(this.#stage, {
        edit: (next, label) => this.#edit(next, label),
        openSettings: (panel) => this.#options.onOpenSettings(panel),
        copy: (panels) => this.#options.onCopy(panels),
        chooseWidget: (place, from) => this.#options.onChooseWidget(place, from),
        closed: (title, before, after, unwired) => this.#options.onClosed(title, before, after, unwired),
        focus: (panel) => this.#focus(panel),
      });
    }
    // Somebody may have gone back while the editor was downloaded.
    if (this.#wanted !== mode || this.#mode === mode) return;
    this.#tools?.cancel();
    this.#mode = mode;
    this.#layer.setMode(mode);
    this.#arrange();
    for (const frame of this.#frames) frame.tell(mode, this.#options.theme());
  }

  /** A hidden workspace stays alive and costs no painting; what it has not shown yet is loaded when it is first visible. */
  setVisible(visible: boolean): void {
    if (visible === this.#layer.visible) return;
    this.#tools?.cancel();
    this.#layer.visible = visible;
    if (visible) this.#arrange();
  }

  setTheme(theme: Theme): void {
    for (const frame of this.#frames) frame.tell(this.#mode, theme);
  }

  /** Edit mode: drag from the marketplace (with the pointer that started it), or, without one, keyboard placement. */
  startAdd(widget: WidgetSummary, pointer?: PointerEvent): void {
    this.#tools?.startPlacing(widget.title, pointer, (place) => this.#add(widget, place));
  }

  /**
   * Edit mode: puts it there at once, without a place where there is most room; several of it beside each other, as one step of
   * undo. Answers with the id of the last panel; '' where the layout is full.
   */
  add(widget: WidgetSummary, place?: Place, count = 1): string {
    return this.#add(widget, place ?? roomiest(this.#content, this.#layer.size), count);
  }

  /** Edit mode: marks where the next widget goes; null: nowhere in particular. */
  aim(place: Place | null): void {
    this.#tools?.aim(place);
  }

  /** A place as a person calls it; undefined for one that is not there any more. */
  nameOf(place: Place): string | undefined {
    return placeName(place, (panel) => this.#frames.get(panel)?.title);
  }

  /** Attributes that the panel's element says it looks at; none while it is not there. */
  attributesOf(panel: string): readonly string[] {
    return this.#frames.get(panel)?.attributes ?? [];
  }

  /** Hears these events of the panel's element, as a wire would; `interop.said` has the last of each. Answers with the way to stop. */
  lookAt(panel: string, events: readonly string[]): () => void {
    this.#frames.get(panel)?.lookAt(events);
    return () => this.#frames.get(panel)?.lookAt([]);
  }

  /** Edit mode: copies of the panels, where there is most room; `outside` as in packages/layout. */
  paste(group: PanelGroup, outside: NonNullable<PasteOptions['outside']>): void {
    const place = roomiest(this.#content, this.#layer.size);
    const { content, ids } = pastePanels(this.#content, group, place, { outside });
    const [first = '', ...others] = ids;
    const what = others.length > 0 ? `${ids.length} panels` : (group.panels[panelsOf(group.tree)[0] ?? '']?.title ?? 'panel');
    this.#edit(content, `Paste ${what}`);
    this.focusPanel(first);
    this.#layer.announce(
      others.length > 0 ? `${ids.length} panels were pasted` : `${this.#frames.get(first)?.title ?? 'The panel'} was pasted`,
    );
  }

  /** Edit mode: a copy of the panel beside it. */
  duplicate(panel: string): void {
    this.#tools?.duplicate(panel);
  }

  /** Edit mode: as with its button. */
  closePanel(panel: string): void {
    this.#tools?.close(panel);
  }

  /** The panel whose tab or frame itself has the keyboard: what is in a widget is the widget's. */
  get heldPanel(): string | null {
    const { activeElement } = document;
    const own = activeElement instanceof HTMLElement && this.#layer.root.contains(activeElement) ? activeElement.dataset : {};
    return own['panel'] ?? own['for'] ?? null;
  }

  /** Brings a panel's tab to the front and the keyboard into it. */
  focusPanel(id: string): void {
    this.#reveal(id);
    this.#frames.get(id)?.focus();
  }

  /** For screen readers. */
  announce(text: string): void {
    this.#layer.announce(text);
  }

  panels(): PanelInfo[] {
    return this.#state ? panelsOf(this.#state.content.tree).flatMap((id) => this.#frames.get(id)?.info ?? []) : [];
  }

  /** For `resume`, on another page. */
  get view(): WorkspaceView {
    const { root } = this.#layer;
    return {
      kept: this.#frames.kept,
      contexts: this.#interop.kept,
      said: this.#interop.saidBy(sourcesOf(this.#content)),
      fronts: [...stacksOf(this.#content.tree)].flatMap(({ stack }) => this.#fronts.of(stack) ?? []),
      maximised: this.#maximised.panel,
      scroll: { left: root.scrollLeft, top: root.scrollTop },
    };
  }

  /** Title of a panel that has something which is neither in `view` nor in the layout, and would be gone with the page. */
  get ofThisPage(): string | undefined {
    return [...this.#frames].find((frame) => frame.isOfThisPage)?.title;
  }

  /** As somebody had it before them on an earlier page. */
  resume({ fronts, maximised, scroll }: WorkspaceView): void {
    for (const { stack } of stacksOf(this.#content.tree))
      for (const panel of stack.panels) if (fronts.includes(panel)) this.#fronts.choose(stack.panels, panel);
    if (maximised !== null && !this.#maximised.active) this.#maximised.toggle(maximised);
    this.#scroll = scroll;
    this.#arranged = undefined;
    this.#arrange();
  }

  /** One panel after another, as wide as paper, until it is taken from there. `behind`: also tabs that are behind others. */
  layOnPaper(behind: boolean): void {
    const shown = [...this.#frames].filter(({ element }) => !element.hidden);
    const { scrollLeft: left, scrollTop: top } = this.#layer.root;
    this.#onPaper = { behind, scrolls: shown.map((frame) => frame.keepScroll()), place: { left, top } };
    this.#arrange();
  }

  /** Resolves once every panel has drawn itself there, as high as what it shows. */
  async drawnOnPaper(clock: Clock): Promise<void> {
    const look = (): string | null => {
      const looks = [...this.#frames].filter(({ element }) => !element.hidden).map(({ element }) => appearance(element));
      return looks.includes(null) ? null : looks.join('\n');
    };
    // What has more room may show more, and then scroll again.
    for (let round = 0; round < ROUNDS; round++) {
      await steady(clock, look);
      if (!(this.#arranger instanceof Paper) || !this.#arranger.grow()) return;
    }
  }

  takeFromPaper(): void {
    const before = this.#onPaper;
    if (!before) return;
    this.#onPaper = undefined;
    this.#scroll = before.place;
    this.#arrange();
    for (const restore of before.scrolls) restore();
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
    this.#tools?.cancel();
    this.#arranger.dispose();
    this.#frames.dispose();
    this.#layer.dispose();
  }

  get #content(): LayoutContent {
    if (!this.#state) throw new Error('nothing is shown yet');
    return this.#state.content;
  }

  #add(widget: WidgetSummary, place: Place, count = 1): string {
    let content = this.#content;
    const room = MOST_PANELS - Object.keys(content.panels).length;
    const ids: string[] = [];
    for (let at: Place = place; ids.length < Math.min(count, room); at = after(at, ids.at(-1))) {
      const id = newPanelId(content);
      content = addPanel(content, id, newPanel(widget), at);
      ids.push(id);
    }
    const [first = ''] = ids;
    if (ids.length < count) this.#options.onNotify('warn', `A layout has at most ${MOST_PANELS} panels.`);
    if (ids.length === 0) return first;
    this.#edit(content, ids.length === 1 ? `Add ${widget.title}` : `Add ${ids.length} × ${widget.title}`);
    this.focusPanel(first);
    this.#layer.announce(ids.length === 1 ? `${widget.title} was added` : `${ids.length} of ${widget.title} were added`);
    return ids.at(-1) ?? first;
  }

  /** Shown first, then told: whoever hears of it may show it again, which changes nothing. */
  #edit(next: LayoutContent, label: string): void {
    if (!this.#state) return;
    this.show({ ...this.#state, content: next });
    this.#options.onEdit(next, label);
  }

  /** The right arranger for mode and width, with the tree of now. */
  #arrange(): void {
    if (!this.#state || !this.#layer.visible || this.#layer.size.width === 0) return;
    const narrow = this.#layer.size.width < COLUMN_BELOW;
    const as = this.#onPaper ? 'paper' : this.#mode === 'view' ? 'viewing' : narrow ? 'column' : 'editing';
    if (as !== this.#arrangedAs) {
      this.#arranger.dispose();
      this.#arranger = this.#onPaper
        ? new Paper(this.#stage, this.#onPaper.behind)
        : as === 'editing' && this.#tools
          ? this.#tools.editing()
          : new Viewing(this.#stage, as === 'column' ? this.#tools?.decorate : undefined);
      this.#arrangedAs = as;
      this.#arranged = undefined;
    }
    const { size } = this.#layer;
    const shown = this.#maximised.shown(normalise(this.#state.content).tree);
    // Equal for trees that look the same, tabs in front included.
    const tree = JSON.stringify([shown, this.#maximised.active]);
    const before = this.#arranged;
    this.#arranged = { tree, size };
    if (before?.tree === tree) {
      // Also one that got another size while it was not shown.
      if (before.size !== size) this.#arranger.resize();
      return;
    }
    // Whoever is dragging something chose the place by what was there before.
    this.#tools?.cancel();
    const panels = new Set(panelsOf(shown));
    for (const { id } of this.#frames) if (!panels.has(id)) this.#stage.place(id, null);
    this.#arranger.load(shown);
    if (this.#scroll) this.#layer.root.scrollTo(this.#scroll);
    this.#scroll = undefined;
  }

  /** Somewhere in the workspace, whatever is maximised. */
  #reveal(panel: string): void {
    if (this.#maximised.active && !panelsOf(this.#maximised.shown(this.#content.tree)).includes(panel)) {
      this.#maximised.restore();
      this.#arrange();
    }
    this.#arranger.reveal(panel);
  }

  #toggleMaximised(panel: string): void {
    this.#maximised.toggle(panel);
    this.#arrange();
    this.#layer.announce(this.#maximised.active ? 'Maximised' : 'Restored');
    if (document.activeElement === document.body) this.#focus(panel);
  }

  /** The panel that has the keyboard, by its tab or by its frame; null for anything else of the workspace. */
  #heldPanel(): string | null | undefined {
    const { activeElement } = document;
    if (!activeElement || !this.#layer.root.contains(activeElement)) return undefined;
    const { dataset } = activeElement.closest<HTMLElement>('[data-panel], [data-for]') ?? this.#layer.root;
    return dataset['panel'] ?? dataset['for'] ?? null;
  }

  #focus(panel: string | null): void {
    if (panel === null) this.#layer.canvas.focus();
    else this.#arranger.focus(panel);
  }

  #relabel(panel: string): void {
    const frame = this.#frames.get(panel);
    if (frame && this.#arranged !== undefined) this.#arranger.relabel(frame);
  }
}

/** Where the next one of several goes: after the one before it. */
const after = (place: Place, id: string | undefined): Place => {
  if (id === undefined || 'into' in place) return place;
  return 'between' in place ? { between: [id, place.between[1]] } : { beside: id, side: 'side' in place ? place.side : 'right' };
};
