import type { LayoutContent, WidgetSummary } from '@datamesh/contracts';
import { addPanel, MOST_PANELS, newPanelId, type PanelGroup, type PasteOptions, type Place, panelsOf, pastePanels } from '@datamesh/layout';
import { newPanel } from './newPanel';
import { roomiest } from './room';
import type { WorkspaceOptions } from './types';

export interface AddingPorts {
  content(): LayoutContent;
  size(): { width: number; height: number };
  /** What the panel is called; undefined for one that is not there. */
  title(panel: string): string | undefined;
  /** `label`: of the step of undo. */
  edit(next: LayoutContent, label: string): void;
  focusPanel(panel: string): void;
  /** For screen readers. */
  announce(text: string): void;
  notify: WorkspaceOptions['onNotify'];
}

/** Puts panels into a layout, and the keyboard and the words where they are. */
export class Adding {
  constructor(private readonly ports: AddingPorts) {}

  /** Several beside each other, as one step of undo. Answers with the id of the last panel; '' where the layout is full. */
  add(widget: WidgetSummary, place: Place = this.#roomiest(), count = 1): string {
    const { edit, focusPanel, announce, notify } = this.ports;
    let content = this.ports.content();
    const room = MOST_PANELS - Object.keys(content.panels).length;
    const ids: string[] = [];
    for (let at = place; ids.length < Math.min(count, room); at = after(at, ids.at(-1))) {
      const id = newPanelId(content);
      content = addPanel(content, id, newPanel(widget), at);
      ids.push(id);
    }
    const [first = ''] = ids;
    if (ids.length < count) notify('warn', `A layout has at most ${MOST_PANELS} panels.`);
    if (ids.length === 0) return first;
    edit(content, ids.length === 1 ? `Add ${widget.title}` : `Add ${ids.length} × ${widget.title}`);
    focusPanel(first);
    announce(ids.length === 1 ? `${widget.title} was added` : `${ids.length} of ${widget.title} were added`);
    return ids.at(-1) ?? first;
  }

  /** Copies of the panels, where there is most room; `outside` as in packages/layout. */
  paste(group: PanelGroup, outside: NonNullable<PasteOptions['outside']>): void {
    const { edit, focusPanel, announce, title } = this.ports;
    const { content, ids } = pastePanels(this.ports.content(), group, this.#roomiest(), { outside });
    const [first = '', ...others] = ids;
    const what = others.length > 0 ? `${ids.length} panels` : (group.panels[panelsOf(group.tree)[0] ?? '']?.title ?? 'panel');
    edit(content, `Paste ${what}`);
    focusPanel(first);
    announce(others.length > 0 ? `${ids.length} panels were pasted` : `${title(first) ?? 'The panel'} was pasted`);
  }

  #roomiest(): Place {
    return roomiest(this.ports.content(), this.ports.size());
  }
}

/** Where the next one of several goes: after the one before it. */
const after = (place: Place, id: string | undefined): Place => {
  if (id === undefined || 'into' in place) return place;
  return 'between' in place ? { between: [id, place.between[1]] } : { beside: id, side: 'side' in place ? place.side : 'right' };
};
