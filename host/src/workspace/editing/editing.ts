import type { LayoutContent } from '@datamesh/contracts';
import { equal, panelsOf, resizePanel, setTree, stackOf } from '@datamesh/layout';
import { type ComponentContainer, type ComponentItem, type ContentItem, type LayoutConfig, type Stack, VirtualLayout } from 'golden-layout';
import { node } from '../notices';
import { type Arranger, GAP, HEAD, type Rect, type Stage } from '../stage';
import { fromGolden, type ResolvedItem, toGolden } from './conversion';
import { cancelOnEscape, isDragging } from './dragging';
import type { Target } from './dropZones';
import { icon } from './icons';
import { type Direction, moveTowards } from './moving';
import { closePanel, iconButton, openPanelMenu, type PanelCommands, panelButtons } from './panelMenu';
import { dressTabs, panelKey, type TabCommands } from './stackTabs';

export interface EditingOptions extends PanelCommands {
  /** The user rearranged by hand: golden-layout already shows it. */
  rearranged(next: LayoutContent, label: string): void;
}

const DIMENSIONS: LayoutConfig['dimensions'] = {
  borderWidth: GAP,
  borderGrabWidth: 12,
  headerHeight: HEAD,
  defaultMinItemWidth: '120px',
  defaultMinItemHeight: '80px',
  dragProxyWidth: 320,
  dragProxyHeight: 220,
};
// Popouts are ours; close and maximise stay on because dragging a lone tab and maximising depend on them, unseen.
const HEADER: LayoutConfig['header'] = { popout: false, tabDropdown: false };
// A large negative offset means that tabs always fit: they scroll instead of vanishing into a drop-down without keyboard.
const SETTINGS: LayoutConfig['settings'] = { reorderOnTabMenuClick: false, tabControlOffset: -100_000, closePopoutsOnUnload: false };

/**
 * Arranges by golden-layout. It keeps the places only: frames are its virtual components, so that loading any other tree
 * takes them from the pool where they are, and reconnects none.
 */
export class Editing implements Arranger {
  readonly #root = node('div', 'dm-editor');
  readonly #layout: VirtualLayout;
  /** Which container stands for a panel right now; frames nobody claims after a load are hidden. */
  readonly #claims = new Map<string, ComponentContainer>();
  readonly #commands: TabCommands;
  readonly #stopListening = new AbortController();
  #origin = { left: 0, top: 0 };
  #loading = false;
  /** What golden-layout showed when it was last loaded or read: anything else is the user's doing. */
  #known: LayoutContent | undefined;

  constructor(
    private readonly stage: Stage,
    private readonly options: EditingOptions,
  ) {
    this.#commands = {
      select: (panel) => this.#select(panel),
      close: (panel) => this.#close(panel),
      move: (panel, direction) => this.#move(panel, direction),
      resize: (panel, direction) => this.#resize(panel, direction),
      openMenu: (panel, at) => openPanelMenu(stage, options, panel, at),
    };
    stage.canvas.prepend(this.#root);
    forgetPopoutRequest();
    this.#layout = new VirtualLayout(
      this.#root,
      (container, item) => this.#bind(container, String(item.componentState)),
      (container) => this.#unbind(container),
    );
    this.#layout.beforeVirtualRectingEvent = () => {
      const { left, top } = stage.canvas.getBoundingClientRect();
      this.#origin = { left, top };
    };
    // Fired also for what was loaded, which is why everything is compared with what is known.
    this.#layout.on('stateChanged', () => this.#changed());
    this.#layout.on('itemDropped', () => this.#changed());
    this.#layout.on('activeContentItemChanged', (item) => this.#fronted(item as ComponentItem));
    const { signal } = this.#stopListening;
    cancelOnEscape(signal, (drop) => {
      this.#loading = true;
      drop();
      this.load(stage.content());
      stage.announce('Cancelled');
    });
    stage.layer.addEventListener('keydown', (event) => this.#frameKey(event), { signal });
    for (const type of ['focusin', 'focusout'] as const) stage.layer.addEventListener(type, () => this.#markFocus(), { signal });
  }

  load(content: LayoutContent): void {
    const focused = document.activeElement?.closest<HTMLElement>('.lm_tab')?.dataset['for'];
    this.#loading = true;
    try {
      this.resize();
      const root = toGolden(this.stage.fronts.applied(content.tree), (id) => this.stage.frame(id)?.title ?? id);
      this.#layout.loadLayout({ root: root as LayoutConfig['root'], dimensions: DIMENSIONS, header: HEADER, settings: SETTINGS });
    } finally {
      this.#loading = false;
    }
    for (const id of Object.keys(content.panels)) if (!this.#claims.has(id)) this.stage.place(id, null);
    this.#known = this.#read();
    this.#dress();
    if (focused !== undefined) this.#tabOf(focused)?.focus();
  }

  resize(): void {
    const { width, height } = this.stage.size();
    if (width > 0) this.#layout.setSize(width, height);
  }

  relabel(): void {
    this.#dress();
  }

  reveal(panel: string): void {
    this.#select(panel);
  }

  /** The stacks as they stand, for whoever draws drop zones. */
  targets(): Target[] {
    const origin = this.stage.canvas.getBoundingClientRect();
    return this.#stacks().map((stack) => {
      const { left, top, width, height } = stack.element.getBoundingClientRect();
      const panels = stack.contentItems.map((item) => panelIn(item as ComponentItem));
      const front = panelIn(stack.getActiveComponentItem());
      return { panels, title: this.stage.frame(front)?.title ?? '', rect: { x: left - origin.left, y: top - origin.top, width, height } };
    });
  }

  dispose(): void {
    this.#stopListening.abort();
    this.#loading = true;
    // destroy() alone would leave every virtual component behind.
    this.#layout.clear();
    this.#layout.destroy();
    this.#root.remove();
    for (const id of Object.keys(this.stage.content().panels)) this.stage.frame(id)?.element.style.removeProperty('z-index');
  }

  #bind(container: ComponentContainer, panel: string): ComponentContainer.BindableComponent {
    // Whatever is thrown in here would abort the whole load, so nothing in here calls into a widget.
    this.#claims.set(panel, container);
    let zIndex = '';
    let rect: Rect | null = null;
    let visible = false;
    const place = (): void => {
      if (this.#claims.get(panel) === container) this.stage.place(panel, visible ? rect : null, zIndex);
    };
    container.virtualRectingRequiredEvent = (_, width, height) => {
      const at = container.element.getBoundingClientRect();
      rect = { x: at.left - this.#origin.left, y: at.top - this.#origin.top, width, height };
      place();
    };
    container.virtualVisibilityChangeRequiredEvent = (_, shown) => {
      visible = shown;
      if (!shown || rect) place();
    };
    container.virtualZIndexChangeRequiredEvent = (_, logical, wanted) => {
      zIndex = logical === 'base' ? '' : wanted;
      if (visible && rect) place();
    };
    return { component: this.stage.frame(panel)?.element ?? this.#root, virtual: true };
  }

  #unbind(container: ComponentContainer): void {
    const panel = String(container.initialState);
    if (this.#claims.get(panel) !== container) return;
    this.#claims.delete(panel);
    // While a tree is loaded it stays where it is: the next container may claim it, and it keeps the keyboard.
    if (!this.#loading) this.stage.place(panel, null);
  }

  #read(): LayoutContent {
    return setTree(this.stage.content(), fromGolden(this.#layout.saveLayout().root as ResolvedItem | undefined));
  }

  #changed(): void {
    if (this.#loading || isDragging()) return;
    this.#dress();
    const next = this.#read();
    if (!this.#known || equal(next, this.#known)) return;
    const before = Object.keys(this.stage.content().panels).length;
    const sameOrder = JSON.stringify(shapeOf(next)) === JSON.stringify(shapeOf(this.#known));
    this.#known = next;
    const label = Object.keys(next.panels).length < before ? 'Close panel' : sameOrder ? 'Resize panels' : 'Move panel';
    this.options.rearranged(next, label);
  }

  #fronted(item: ComponentItem): void {
    const stack = item.parentItem as unknown as Stack;
    const panels = stack.contentItems.map((each) => panelIn(each as ComponentItem));
    if (!this.#loading && !isDragging()) this.stage.fronts.choose(panels, panelIn(item));
    if (!this.#loading) this.#dress();
  }

  #select(panel: string): void {
    const item = this.#layout.findFirstComponentItemById(panel);
    if (item) (item.parentItem as unknown as Stack).setActiveComponentItem(item, false);
  }

  /** The keyboard goes on to what is nearest: the next tab of the stack, else the next panel. */
  #close(panel: string): void {
    const order = panelsOf(this.stage.content().tree);
    const companions = stackOf(this.stage.content().tree, panel)?.panels ?? [];
    const candidates = companions.length > 1 ? companions : order;
    const at = candidates.indexOf(panel);
    const next = candidates[at + 1] ?? candidates[at - 1];
    closePanel(this.stage, this.options, panel);
    if (next === undefined) return;
    this.#select(next);
    this.#tabOf(next)?.focus();
  }

  #move(panel: string, direction: Direction): void {
    const content = this.stage.content();
    const next = moveTowards(content, panel, direction);
    const moves = next !== content && !equal(next, content);
    if (moves) this.options.edit(next, 'Move panel');
    this.stage.announce(moves ? `Moved ${WORDS[direction]}` : 'There is no room in that direction');
  }

  #resize(panel: string, direction: Direction): void {
    const content = this.stage.content();
    const larger = direction === 'right' || direction === 'bottom';
    const dimension = direction === 'left' || direction === 'right' ? 'width' : 'height';
    const next = resizePanel(content, panel, dimension, larger ? 0.05 : -0.05);
    const changes = !equal(next, content);
    if (changes) this.options.edit(next, 'Resize panels');
    this.stage.announce(changes ? (larger ? 'Larger' : 'Smaller') : 'It has no neighbour to share with in that direction');
  }

  /** Roles, names and buttons of every stack that golden-layout has made since the last time. */
  #dress(): void {
    for (const stack of this.#stacks()) {
      dressTabs(stack, this.stage, this.#commands);
      const controls = stack.header.controlsContainerElement;
      if (!controls.querySelector('.dm-action')) {
        const [gear, menu] = panelButtons(this.stage, this.options, () => panelIn(stack.getActiveComponentItem()));
        const maximise = iconButton('maximise', 'Maximise', () => {
          stack.toggleMaximise();
          this.#dress();
        });
        maximise.classList.add('dm-maximise');
        if (gear && menu) controls.append(gear, maximise, menu);
      }
      const maximise = controls.querySelector<HTMLElement>('.dm-maximise');
      const label = stack.isMaximised ? 'Restore' : 'Maximise';
      if (maximise && maximise.title !== label) {
        maximise.title = label;
        maximise.setAttribute('aria-label', label);
        maximise.replaceChildren(icon(stack.isMaximised ? 'restore' : 'maximise'));
      }
    }
    this.#markFocus();
  }

  #frameKey(event: KeyboardEvent): void {
    const frame = event.target as HTMLElement;
    const panel = frame.dataset['panel'];
    // Only on the frame itself: inside, keys belong to the widget.
    if (panel !== undefined && frame.classList.contains('dm-panel')) panelKey(event, panel, this.#commands, this.#tabOf(panel) ?? frame);
  }

  #markFocus(): void {
    const panel = document.activeElement?.closest<HTMLElement>('.dm-panel')?.dataset['panel'];
    for (const stack of this.#stacks()) {
      const inside = stack.contentItems.some((item) => panelIn(item as ComponentItem) === panel);
      stack.element.classList.toggle('dm-focused', panel !== undefined && inside);
    }
  }

  #tabOf(panel: string): HTMLElement | undefined {
    return this.#layout.findFirstComponentItemById(panel)?.tab.element;
  }

  #stacks(): Stack[] {
    const found: Stack[] = [];
    const walk = (item: ContentItem): void => {
      if (item.isStack) found.push(item as Stack);
      else for (const child of item.contentItems) walk(child);
    };
    const root = this.#layout.rootItem;
    if (root) walk(root);
    return found;
  }
}

const WORDS: Record<Direction, string> = { left: 'left', right: 'right', top: 'up', bottom: 'down' };

const panelIn = (item: ComponentItem | undefined): string => (item ? String(item.container.initialState) : '');

/** The tree without its sizes. */
const shapeOf = ({ tree }: LayoutContent): unknown =>
  JSON.parse(JSON.stringify(tree, (key, value: unknown) => (key === 'size' || key === 'active' ? undefined : value)));

/** golden-layout takes any page whose address has `gl-window` for one of its popouts, and breaks: no link may do that. */
function forgetPopoutRequest(): void {
  const address = new URL(location.href);
  if (!address.searchParams.has('gl-window')) return;
  address.searchParams.delete('gl-window');
  history.replaceState(history.state, '', address);
}
