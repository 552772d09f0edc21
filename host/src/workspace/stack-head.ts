import { i18n } from '../language/i18n';
import type { Rect } from './arranger';
import { iconButton, nameAfterPanel, turn } from './icons';
import { node } from './nodes';
import type { PanelFrame } from './panel';
import { newTabId, tabAfterKey, tie } from './roving-tabs';
import { addArrows } from './tab-strip';

export interface StackHeadActions {
  select(panel: string): void;
  toggleMaximised(panel: string): void;
  /** What an editor adds to the head in a narrow window. */
  decorate?(buttons: HTMLElement, panel: string): void;
}

/** A stack that is alone fills the workspace already. */
export type Standing = 'alone' | 'one of several' | 'maximised';

/** The card behind a stack while viewing: a title for one panel, a quiet tab list for several. */
export class StackHead {
  readonly element = node('div', 'dm-stack');
  readonly #head = node('div', 'dm-stack-head');
  readonly #buttons = node('div', 'dm-stack-buttons');
  readonly #maximise = iconButton('maximise', i18n.t('Maximise'), () => this.actions.toggleMaximised(this.#front));
  readonly #tabs = new Map<string, HTMLButtonElement>();
  #panels: readonly PanelFrame[] = [];
  #front = '';

  constructor(private readonly actions: StackHeadActions) {
    this.element.append(this.#head);
    this.#maximise.classList.add('dm-maximise');
    this.#head.addEventListener('keydown', (event) => this.#key(event));
  }

  place({ x, y, width, height }: Rect): void {
    Object.assign(this.element.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
  }

  /** Answers whether there is one. */
  focusTab(panel: string): boolean {
    const tab = this.#tabs.get(panel);
    tab?.focus();
    return tab !== undefined;
  }

  show(panels: readonly PanelFrame[], front: string, standing: Standing): void {
    const same = panels.length === this.#panels.length && panels.every((panel, i) => panel === this.#panels[i]);
    const moved = front !== this.#front;
    this.#panels = panels;
    this.#front = front;
    if (!same) this.#build();
    else if (moved) this.#label();
    for (const button of this.#buttons.querySelectorAll<HTMLElement>('.dm-maximise')) {
      button.hidden = standing === 'alone';
      turn(button, standing === 'maximised' ? 'restore' : 'maximise', standing === 'maximised' ? i18n.t('Restore') : i18n.t('Maximise'));
    }
    this.#nameButtons();
  }

  relabel(): void {
    this.#label();
  }

  #build(): void {
    const [only] = this.#panels;
    const children: HTMLElement[] = [];
    this.#tabs.clear();
    if (this.#panels.length > 1) {
      const list = node('div', 'dm-tabs');
      list.setAttribute('role', 'tablist');
      for (const panel of this.#panels) list.append(this.#tab(panel));
      children.push(list);
    } else if (only) {
      tie(null, only.element);
      children.push(node('h2', 'dm-stack-title'));
    }
    children.push(node('span', 'dm-badge'), this.#buttons);
    this.#head.replaceChildren(...children);
    this.#label();
    const list = this.#head.querySelector<HTMLElement>('.dm-tabs');
    if (list) addArrows(list);
    this.#buttons.replaceChildren();
    if (this.actions.decorate) this.actions.decorate(this.#buttons, this.#front);
    else this.#buttons.append(this.#maximise);
  }

  #tab(panel: PanelFrame): HTMLButtonElement {
    const tab = node('button', 'dm-tab');
    tab.type = 'button';
    tab.id = newTabId();
    tab.setAttribute('role', 'tab');
    tab.dataset['for'] = panel.id;
    tab.addEventListener('click', () => this.actions.select(panel.id));
    tie(tab, panel.element);
    this.#tabs.set(panel.id, tab);
    return tab;
  }

  #label(): void {
    const front = this.#panels.find(({ id }) => id === this.#front) ?? this.#panels[0];
    const title = this.#head.querySelector('.dm-stack-title');
    if (title && front) setText(title, front.title);
    for (const panel of this.#panels) {
      const tab = this.#tabs.get(panel.id);
      if (!tab) continue;
      const selected = panel.id === this.#front;
      setText(tab, panel.title);
      tab.setAttribute('aria-selected', String(selected));
      tab.tabIndex = selected ? 0 : -1;
    }
    this.#nameButtons();
    const badge = this.#head.querySelector<HTMLElement>('.dm-badge');
    if (badge) {
      setText(badge, front?.badge ?? '');
      badge.hidden = !front?.badge;
    }
  }

  #nameButtons(): void {
    const front = this.#panels.find(({ id }) => id === this.#front) ?? this.#panels[0];
    if (front) nameAfterPanel(this.#buttons.querySelectorAll<HTMLElement>('.dm-action'), front.title);
  }

  #key(event: KeyboardEvent): void {
    const at = this.#panels.findIndex(({ id }) => this.#tabs.get(id) === event.target);
    const to = at < 0 || event.altKey || event.ctrlKey || event.metaKey ? undefined : tabAfterKey(event.key, at, this.#panels.length);
    const panel = to === undefined ? undefined : this.#panels[to];
    if (!panel) return;
    event.preventDefault();
    this.actions.select(panel.id);
    this.#tabs.get(panel.id)?.focus();
  }
}

function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
