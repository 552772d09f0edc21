import type { LayoutContent, WidgetSummary } from '@datamesh/contracts';
import { normalise, type PanelGroup, type PasteOptions, type Place, panelsOf, sourcesOf, stacksOf } from '@datamesh/layout';
import { Interop } from '../interop/interop';
import { i18n } from '../language/i18n';
import './workspace.css';
import { ActiveTabs } from './active-tabs';
import { Arrangement, type MakeArranger, type Printable } from './arrangement';
import type { ArrangerHost } from './arranger';
import { containWidgets } from './containment/containment';
import { conversation } from './conversation';
import type { EditorTools } from './editing/editor';
import { Frames } from './frames';
import { heldItself, heldWithin } from './held';
import { Layer } from './layer';
import { Maximised } from './maximised';
import type { PanelFrame } from './panel';
import { placeName, titleApart } from './place-name';
import type { Mode, PanelInfo, WorkspaceOptions, WorkspaceState, WorkspaceView } from './types';

export type { Mode, PanelInfo, WorkspaceOptions, WorkspaceState } from './types';

/** One open layout: its panels, where they are, and what happens to them. */
export class Workspace {
  readonly #options: WorkspaceOptions;
  readonly #layer: Layer;
  readonly #interop: Interop;
  readonly #fronts = new ActiveTabs();
  readonly #maximised = new Maximised();
  readonly #frames: Frames;
  readonly #arrangerHost: ArrangerHost;
  readonly #arrangement: Arrangement;
  readonly #stopHearing: () => void;
  #state: WorkspaceState | undefined;
  #mode: Mode = 'view';
  #wanted: Mode = 'view';
  #tools: EditorTools | undefined;
  /** For something else than a screen. */
  #other: MakeArranger | undefined;

  /** Fills its container, which must be positioned (`position: relative` or absolute). `before`: of the same layout on an earlier page. */
  constructor(container: HTMLElement, options: WorkspaceOptions, before?: WorkspaceView) {
    containWidgets();
    this.#options = options;
    const frame = (panel: string): PanelFrame | undefined => this.#frames.get(panel);
    const panelCallbacks = { changed: (panel: string) => this.#relabel(panel), reveal: (panel: string) => this.#reveal(panel) };
    this.#interop = new Interop(conversation(options, frame, panelCallbacks), before?.contexts, before?.said);
    this.#layer = new Layer(container, () => this.#arrange());
    this.#layer.setMode('view');
    this.#frames = new Frames(
      {
        options,
        interop: this.#interop,
        layoutId: () => this.#state?.layoutId ?? '',
        now: () => ({ mode: this.#mode, theme: options.theme(), language: options.language() }),
        changed: (panel) => {
          this.#relabel(panel.id);
          if (this.#layer.visible) this.#frames.prefetchHidden();
        },
        follow: (panel, spec) => this.#tools?.follow(panel, spec),
      },
      this.#layer.layer,
      before?.kept ?? {},
    );
    this.#arrangerHost = {
      canvas: this.#layer.canvas,
      layer: this.#layer.layer,
      fronts: this.#fronts,
      size: () => this.#layer.size,
      content: () => this.#content,
      frame,
      place: (panel, rect) => {
        const placed = frame(panel);
        if (!placed) return;
        this.#layer.place(placed.element, rect);
        placed.show(rect !== null);
      },
      setHeight: (height) => this.#layer.setHeight(height),
      isMaximised: () => this.#maximised.active,
      toggleMaximised: (panel) => this.toggleMaximised(panel),
      announce: (text) => this.#layer.announce(text),
    };
    this.#arrangement = new Arrangement(this.#arrangerHost, this.#layer);
    this.#stopHearing = options.resolutions.onChange((spec) => {
      for (const frame of this.#frames) frame.answered(spec);
    });
  }

  /** What its panels say to each other. */
  get interop(): Interop {
    return this.#interop;
  }

  /** Idempotent; compares by panel id and reconnects nothing. */
  show(state: WorkspaceState): void {
    const before = this.#state;
    const held = heldWithin(this.#layer.root);
    this.#state = state;
    this.#fronts.follow(before?.content.tree, state.content.tree);
    this.#frames.follow(state);
    this.#layer.showEmpty(
      panelsOf(state.content.tree).length > 0
        ? null
        : this.#mode === 'edit'
          ? i18n.t('Add a first widget from the marketplace.')
          : i18n.t('This layout has no panels yet.'),
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
      this.#tools ??= editorTools(this.#arrangerHost, {
        edit: (next, label) => this.#edit(next, label),
        openSettings: (panel) => this.#options.onOpenSettings(panel),
        copy: (panels) => this.#options.onCopy(panels),
        chooseWidget: (place, from) => this.#options.onChooseWidget(place, from),
        closed: (title, before, after, unwired) => this.#options.onClosed(title, before, after, unwired),
        focus: (panel) => this.#focus(panel),
        focusPanel: (panel) => this.focusPanel(panel),
        notify: this.#options.onNotify,
      });
    }
    // Somebody may have gone back while the editor was downloaded.
    if (this.#wanted !== mode || this.#mode === mode) return;
    this.#tools?.cancel();
    this.#mode = mode;
    this.#layer.setMode(mode);
    this.#arrange();
    for (const frame of this.#frames) frame.updateSurroundings();
  }

  /** A hidden workspace stays alive and costs no painting; what it has not shown yet is loaded when it is first visible. */
  setVisible(visible: boolean): void {
    if (visible === this.#layer.visible) return;
    this.#tools?.cancel();
    this.#layer.visible = visible;
    if (visible) this.#arrange();
  }

  /** The theme is another one. */
  followTheme(): void {
    for (const frame of this.#frames) frame.updateSurroundings();
  }

  /** The language is another one: heads and controls are made anew, and widgets told. */
  followLanguage(): void {
    this.#tools?.cancel();
    this.#arrangement.anew();
    this.#arrange();
    for (const frame of this.#frames) frame.updateSurroundings();
  }

  /** Edit mode: drag from the marketplace (with the pointer that started it), or, without one, keyboard placement. */
  startAdd(widget: WidgetSummary, pointer?: PointerEvent): void {
    this.#tools?.startAdd(widget, pointer);
  }

  /**
   * Edit mode: puts it there at once, without a place where there is most room; several of it beside each other, as one step of
   * undo. Answers with the id of the last panel; '' where the layout is full.
   */
  add(widget: WidgetSummary, place?: Place, count = 1): string {
    return this.#tools?.add(widget, place, count) ?? '';
  }

  /** Edit mode: marks where the next widget goes; null: nowhere in particular. */
  aim(place: Place | null): void {
    this.#tools?.aim(place);
  }

  /** A place as a person calls it; undefined for one that is not there any more. */
  nameOf(place: Place): string | undefined {
    const panels = this.#state ? panelsOf(this.#state.content.tree).flatMap((id) => this.#frames.get(id) ?? []) : [];
    return placeName(place, (panel) => titleApart(panels, panel));
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

  /** Who works on the panel that is worked on here, by name; of every other one nothing is said. */
  sayWhoElse(panel: string | null, names: readonly string[]): void {
    for (const frame of this.#frames) frame.sayWhoElse(frame.id === panel ? names : []);
  }

  /** Edit mode: copies of the panels, where there is most room; `outside` as in packages/layout. */
  paste(group: PanelGroup, outside: NonNullable<PasteOptions['outside']>): void {
    this.#tools?.paste(group, outside);
  }

  /** Edit mode: a copy of the panel beside it. */
  duplicate(panel: string): void {
    this.#tools?.duplicate(panel);
  }

  /** Edit mode: as with its button. */
  closePanel(panel: string): void {
    this.#tools?.close(panel);
  }

  /** Edit mode: as with its menu. */
  renamePanel(panel: string): void {
    this.#tools?.rename(panel);
  }

  /** Edit mode: as with its menu. */
  movePanel(panel: string): void {
    this.#tools?.startMoving(panel);
  }

  /** Its stack fills the workspace, or is back in its place. */
  toggleMaximised(panel: string): void {
    this.#maximised.toggle(panel);
    this.#arrange();
    this.#layer.announce(this.#maximised.active ? i18n.t('Maximised') : i18n.t('Restored'));
    if (document.activeElement === document.body) this.#focus(panel);
  }

  /** Whether one stack alone fills the workspace. */
  get isMaximised(): boolean {
    return this.#maximised.active;
  }

  /** The panel whose tab or frame itself has the keyboard: what is in a widget is the widget's. */
  get heldPanel(): string | null {
    return heldItself(this.#layer.root);
  }

  /** Brings a panel's tab to the front and the keyboard into it. */
  focusPanel(id: string): void {
    this.#reveal(id);
    this.#frames.get(id)?.focus();
  }

  /** For whoever lays it out for something else than a screen. */
  get printable(): Printable {
    return {
      frames: this.#frames,
      root: this.#layer.root,
      arrangeBy: (other, scroll) => {
        this.#other = other;
        if (scroll) this.#arrangement.scrollTo(scroll);
        this.#arrange();
      },
    };
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
    this.#arrangement.scrollTo(scroll);
    this.#arrange();
  }

  dispose(): void {
    this.#stopHearing();
    this.#tools?.cancel();
    this.#arrangement.dispose();
    this.#frames.dispose();
    this.#layer.dispose();
  }

  get #content(): LayoutContent {
    if (!this.#state) throw new Error('nothing is shown yet');
    return this.#state.content;
  }

  /** Shown first, then told: whoever hears of it may show it again, which changes nothing. */
  #edit(next: LayoutContent, label: string): void {
    if (!this.#state) return;
    this.show({ ...this.#state, content: next });
    this.#options.onEdit(next, label);
  }

  /** With the tree of now. */
  #arrange(): void {
    if (!this.#state || !this.#layer.visible || this.#layer.size.width === 0) return;
    const tree = this.#maximised.shown(normalise(this.#state.content).tree);
    this.#arrangement.arrange({ mode: this.#mode, tools: this.#tools, other: this.#other, tree }, this.#frames);
  }

  /** Somewhere in the workspace, whatever is maximised. */
  #reveal(panel: string): void {
    if (this.#maximised.active && !panelsOf(this.#maximised.shown(this.#content.tree)).includes(panel)) {
      this.#maximised.restore();
      this.#arrange();
    }
    this.#arrangement.arranger.reveal(panel);
  }

  #focus(panel: string | null): void {
    if (panel === null) this.#layer.canvas.focus();
    else this.#arrangement.arranger.focus(panel);
  }

  #relabel(panel: string): void {
    const frame = this.#frames.get(panel);
    if (frame && this.#arrangement.stands) this.#arrangement.arranger.relabel(frame);
  }
}
