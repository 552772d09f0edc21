import type { LayoutContent, LayoutNode } from '@datamesh/contracts';
import { type Arrangement, arrange, equal, moveSplitter, normalise, type Place, resizePanel, stackOf } from '@datamesh/layout';
import { type ComponentItem, type ContentItem, type LayoutConfig, type Stack, VirtualLayout } from 'golden-layout';
import { i18n } from '../../language/i18n';
import { type Arranger, type ArrangerHost, bodyOf, GAP, HEAD, SMALLEST } from '../arranger';
import { asDashboard } from '../containment/callers';
import { node } from '../nodes';
import type { PanelFrame } from '../panel';
import { addersBetween, type Sides } from './adders';
import { toGolden } from './conversion';
import type { Target } from './drop-zones';
import { applySizes } from './golden-sizes';
import { type Direction, moveTowards } from './moving';
import { openPanelMenu, type PanelCommands } from './panel-menu';
import { renameTab } from './rename-tab';
import { dragSplitters } from './splitters';
import { dressButtons } from './stack-buttons';
import { dressTabs, panelKey, type TabCommands } from './stack-tabs';
import { dragTabs } from './tab-drag';

export interface EditingOptions extends PanelCommands {
  /** A tab is being carried away. */
  drag(panel: string, pointer: PointerEvent): void;
  /** Where the next widget goes, as far as somebody said. */
  aim(): Place | null;
}

const DIMENSIONS: LayoutConfig['dimensions'] = {
  borderWidth: GAP,
  borderGrabWidth: 12,
  headerHeight: HEAD,
  // Ours are in the arrangement: golden-layout would write them into the sizes that it keeps.
  defaultMinItemWidth: '0px',
  defaultMinItemHeight: '0px',
};
const HEADER: LayoutConfig['header'] = { popout: false, maximise: false, close: false, tabDropdown: false };
// A large negative offset means that tabs always fit: they scroll instead of vanishing into a drop-down without keyboard.
const SETTINGS: LayoutConfig['settings'] = {
  reorderEnabled: false,
  reorderOnTabMenuClick: false,
  tabControlOffset: -100_000,
  closePopoutsOnUnload: false,
};

/**
 * Arranges with golden-layout: it shows the layout's tree with heads, tabs and splitters, and changes nothing by itself. Every
 * drag is ours, an edit of the tree that is shown as any other, so that one which is interrupted has changed nothing.
 */
export class Editing implements Arranger {
  readonly #root = node('div', 'dm-editor');
  readonly #layout: VirtualLayout;
  readonly #commands: TabCommands;
  readonly #stopListening = new AbortController();
  readonly #splitters: { cancel(): void };
  #tree: LayoutNode | undefined;
  #loading = false;

  constructor(
    private readonly arrangerHost: ArrangerHost,
    private readonly options: EditingOptions,
  ) {
    this.#commands = {
      select: (panel) => this.reveal(panel),
      close: (panel) => options.close(panel),
      move: (panel, direction) => this.#move(panel, direction),
      resize: (panel, direction) => this.#resize(panel, direction),
      openMenu: (panel, at) => openPanelMenu(arrangerHost, options, panel, at),
      rename: (panel) => options.rename(panel),
    };
    forgetPopoutRequest();
    this.#layout = new VirtualLayout(
      this.#root,
      // Frames are placed by the arrangement; golden-layout only has to know that they are not its own.
      (_, item) => ({ component: arrangerHost.frame(String(item.componentState))?.element ?? this.#root, virtual: true }),
      () => undefined,
    );
    this.#layout.on('activeContentItemChanged', (item) => this.#fronted(item as ComponentItem));
    const { signal } = this.#stopListening;
    dragTabs(this.#root, signal, options.drag);
    this.#splitters = dragSplitters(this.#root, signal, SMALLEST, {
      lengths: (splitter) => this.#neighboursOf(splitter),
      show: (splitter, position) => this.#show(this.#withSplitterAt(splitter, position).tree),
      keep: (splitter, position) => options.edit(this.#withSplitterAt(splitter, position), i18n.t('Resize panels')),
      takeBack: () => this.resize(),
    });
    arrangerHost.layer.addEventListener('keydown', (event) => this.#frameKey(event), { signal });
    for (const type of ['focusin', 'focusout'] as const) arrangerHost.layer.addEventListener(type, () => this.#markFocus(), { signal });
  }

  load(tree: LayoutNode): void {
    this.#splitters.cancel();
    const same = this.#tree !== undefined && shapeOf(tree) === shapeOf(this.#tree);
    const focused = document.activeElement?.closest<HTMLElement>('.lm_tab')?.dataset['for'];
    this.#tree = tree;
    this.#loading = true;
    try {
      if (same) this.#followActiveTabs(tree);
      else {
        const root = toGolden(this.arrangerHost.fronts.applied(tree), (id) => this.arrangerHost.frame(id)?.title ?? id);
        // Out of the page meanwhile: golden-layout measures each part as soon as it has made it, and all get their sizes below.
        this.#root.remove();
        const config: LayoutConfig = { root: root as LayoutConfig['root'], dimensions: DIMENSIONS, header: HEADER, settings: SETTINGS };
        asDashboard(() => this.#layout.loadLayout(config));
      }
      // Frames that come into sight now have something to say, which the dressing says for all of them.
      this.resize();
    } finally {
      this.#loading = false;
    }
    this.#dress();
    if (!this.#root.isConnected) this.arrangerHost.canvas.prepend(this.#root);
    if (!same && focused !== undefined) this.#tabOf(focused)?.focus();
  }

  resize(): void {
    if (this.#tree) this.#show(this.#tree);
  }

  /** A splitter that is held: all sizes as they were. */
  cancel(): void {
    this.#splitters.cancel();
  }

  relabel(panel: PanelFrame): void {
    const stack = this.#loading ? undefined : this.#layout.findFirstComponentItemById(panel.id)?.parentItem;
    if (!stack) return;
    this.#dressStack(stack as unknown as Stack);
    this.#dressSplitters();
    this.#markFocus();
  }

  /** Shows where the next widget goes. */
  markAim(): void {
    this.#dressSplitters();
    const aim = this.options.aim();
    const into = aim && 'into' in aim ? aim.into : undefined;
    for (const stack of this.#stacks()) stack.element.classList.toggle('dm-aim', into !== undefined && panelsIn(stack).includes(into));
  }

  reveal(panel: string): void {
    const item = this.#layout.findFirstComponentItemById(panel);
    if (item) (item.parentItem as unknown as Stack).setActiveComponentItem(item, false);
  }

  focus(panel: string): void {
    this.reveal(panel);
    this.#tabOf(panel)?.focus();
  }

  /** Asks for another title in the panel's tab; answers whether it has one. */
  rename(panel: string, title: string, named: (title: string) => void): boolean {
    const tab = this.#tabOf(panel);
    const shown = this.arrangerHost.frame(panel)?.title ?? '';
    if (tab) renameTab({ root: this.#root, tab, title, shown, named, announce: this.arrangerHost.announce });
    return tab !== undefined;
  }

  /** The stacks as they stand, for whoever draws drop zones. */
  targets(): Target[] {
    const origin = this.arrangerHost.canvas.getBoundingClientRect();
    const within = (element: Element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return { x: left - origin.left, y: top - origin.top, width, height };
    };
    return this.#stacks().map((stack) => ({
      panels: panelsIn(stack),
      title: this.arrangerHost.frame(panelIn(stack.getActiveComponentItem()))?.title ?? '',
      rect: within(stack.element),
      tabs: stack.header.tabs.map((tab) => ({ panel: panelIn(tab.componentItem), rect: within(tab.element) })),
    }));
  }

  dispose(): void {
    this.#splitters.cancel();
    this.#stopListening.abort();
    this.#loading = true;
    // destroy() alone would leave every virtual component behind.
    this.#layout.clear();
    this.#layout.destroy();
    this.#root.remove();
  }

  /** A tree of the same shape as the one that is loaded, perhaps with other sizes. */
  #show(tree: LayoutNode): void {
    if (this.arrangerHost.size().width === 0) return;
    const arrangement = this.#arrangement(tree);
    applySizes(this.#layout, tree, arrangement, (stack) => this.#dressButtons(stack));
    this.#place(arrangement);
  }

  #arrangement(tree: LayoutNode): Arrangement {
    return arrange(tree, this.arrangerHost.size(), { gap: GAP, smallest: SMALLEST });
  }

  #place({ stacks }: Arrangement): void {
    for (const { panels, active, rect } of stacks) {
      const front = this.arrangerHost.fronts.of({ panels, active });
      for (const panel of panels) this.arrangerHost.place(panel, panel === front ? bodyOf(rect) : null);
    }
  }

  #followActiveTabs(tree: LayoutNode): void {
    for (const stack of this.#stacks()) {
      const panels = panelsIn(stack);
      const active = stackOf(tree, panels[0] ?? '')?.active ?? 0;
      const front = panels.indexOf(this.arrangerHost.fronts.of({ panels, active }) ?? '');
      const item = stack.contentItems[front];
      if (item && item !== stack.getActiveComponentItem()) stack.setActiveComponentItem(item as ComponentItem, false);
    }
  }

  #fronted(item: ComponentItem): void {
    if (this.#loading || !this.#tree) return;
    this.arrangerHost.fronts.choose(panelsIn(item.parentItem as unknown as Stack), panelIn(item));
    this.#place(this.#arrangement(this.#tree));
    this.#dress();
  }

  #move(panel: string, direction: Direction): void {
    const content = this.arrangerHost.content();
    const next = moveTowards(content, panel, direction);
    const moves = next !== content && !equal(next, content);
    if (moves) this.options.edit(next, i18n.t('Move panel'));
    this.arrangerHost.announce(moves ? moved(direction) : i18n.t('There is no room in that direction'));
  }

  #resize(panel: string, direction: Direction): void {
    const content = this.arrangerHost.content();
    const larger = direction === 'right' || direction === 'bottom';
    const dimension = direction === 'left' || direction === 'right' ? 'width' : 'height';
    const next = resizePanel(content, panel, dimension, larger ? 0.05 : -0.05);
    const changes = !equal(next, content);
    if (changes) this.options.edit(next, i18n.t('Resize panels'));
    this.arrangerHost.announce(
      changes ? (larger ? i18n.t('Larger') : i18n.t('Smaller')) : i18n.t('It has no neighbour to share with in that direction'),
    );
  }

  #withSplitterAt(splitter: HTMLElement, position: number): LayoutContent {
    const content = normalise(this.arrangerHost.content());
    const at = this.#splitterAt(splitter);
    return at ? moveSplitter(content, at.path, at.index, position) : content;
  }

  #neighboursOf(splitter: HTMLElement): [number, number] | undefined {
    const at = this.#splitterAt(splitter);
    if (!at) return undefined;
    const dimension = splitter.classList.contains('lm_vertical') ? 'height' : 'width';
    const [before, after] = [at.index, at.index + 1].map(
      (index) => at.item.contentItems[index]?.element.getBoundingClientRect()[dimension],
    );
    return before === undefined || after === undefined ? undefined : [before, after];
  }

  /** Between which children of which split. */
  #splitterAt(splitter: HTMLElement): { item: ContentItem; path: number[]; index: number } | undefined {
    const find = (item: ContentItem, path: number[]): { item: ContentItem; path: number[]; index: number } | undefined => {
      for (const [index, child] of item.contentItems.entries()) {
        if (child.element === splitter.previousElementSibling) return { item, path, index };
        const inner = child.isStack ? undefined : find(child, [...path, index]);
        if (inner) return inner;
      }
      return undefined;
    };
    const root = this.#layout.rootItem;
    return root && !root.isStack ? find(root, []) : undefined;
  }

  /** Roles, names and buttons of every stack that golden-layout has made since the last time. */
  #dress(): void {
    for (const stack of this.#stacks()) this.#dressStack(stack);
    this.markAim();
    this.#markFocus();
  }

  #dressStack(stack: Stack): void {
    this.#dressButtons(stack);
    dressTabs(stack, this.arrangerHost, this.#commands);
  }

  #dressButtons(stack: Stack): void {
    dressButtons(stack, this.arrangerHost, this.options, () => panelIn(stack.getActiveComponentItem()));
  }

  #dressSplitters(): void {
    const root = this.#layout.rootItem;
    if (root) addersBetween(splittersIn(root), (splitter) => this.#sidesOf(splitter), this.arrangerHost, this.options);
  }

  /** What a splitter stands between, as it is now. */
  #sidesOf(splitter: HTMLElement): Sides | undefined {
    const at = this.#splitterAt(splitter);
    return at && sidesAt(at.item, at.index);
  }

  #frameKey(event: KeyboardEvent): void {
    const frame = event.target as HTMLElement;
    const panel = frame.dataset['panel'];
    // Only on the frame itself: inside, keys belong to the widget.
    if (panel !== undefined && frame.classList.contains('dm-panel')) panelKey(event, panel, this.#commands, this.#tabOf(panel) ?? frame);
  }

  #markFocus(): void {
    const panel = document.activeElement?.closest<HTMLElement>('.dm-panel')?.dataset['panel'];
    for (const stack of this.#stacks())
      stack.element.classList.toggle('dm-focused', panel !== undefined && panelsIn(stack).includes(panel));
  }

  #tabOf(panel: string): HTMLElement | undefined {
    return this.#layout.findFirstComponentItemById(panel)?.tab.element;
  }

  #stacks(): Stack[] {
    const root = this.#layout.rootItem;
    return root ? stacksIn(root) : [];
  }
}

/** In reading order. */
const stacksIn = (item: ContentItem): Stack[] => (item.isStack ? [item as Stack] : item.contentItems.flatMap(stacksIn));

const moved = (direction: Direction): string =>
  ({
    left: i18n.t('Moved left'),
    right: i18n.t('Moved right'),
    top: i18n.t('Moved up'),
    bottom: i18n.t('Moved down'),
  })[direction];

function sidesAt(split: ContentItem, index: number): Sides | undefined {
  const [before, after] = [split.contentItems[index], split.contentItems[index + 1]];
  return before && after ? [stacksIn(before).flatMap(panelsIn), stacksIn(after).flatMap(panelsIn)] : undefined;
}

/** Every splitter, with what it stands between. */
function splittersIn(item: ContentItem): [HTMLElement, Sides][] {
  if (item.isStack) return [];
  return item.contentItems.flatMap((child, index): [HTMLElement, Sides][] => {
    const sides = sidesAt(item, index);
    const splitter = child.element.nextElementSibling;
    return [...(sides && splitter ? [[splitter as HTMLElement, sides] as [HTMLElement, Sides]] : []), ...splittersIn(child)];
  });
}

const panelIn = (item: ComponentItem | undefined): string => (item ? String(item.container.initialState) : '');
const panelsIn = (stack: Stack): string[] => stack.contentItems.map((item) => panelIn(item as ComponentItem));

/** The tree without its sizes, and without what is in front. */
const shapeOf = (tree: LayoutNode): string =>
  JSON.stringify(tree, (key, value: unknown) => (key === 'size' || key === 'active' ? undefined : value));

/** golden-layout takes any page whose address has `gl-window` for one of its popouts, and breaks: no link may do that. */
function forgetPopoutRequest(): void {
  const address = new URL(location.href);
  if (!address.searchParams.has('gl-window')) return;
  address.searchParams.delete('gl-window');
  history.replaceState(history.state, '', address);
}
