import type { LayoutContent, WidgetSummary } from '@datamesh/contracts';
import {
  addPanel,
  createPanelId,
  MAX_PANELS,
  type PanelGroup,
  type PasteOptions,
  type Place,
  panelsOf,
  pastePanels,
} from '@datamesh/layout';
import { i18n } from '../../language/i18n';
import { createPanel } from '../create-panel';
import type { WorkspaceOptions } from '../types';
import { largestFreePlace } from './largest-free-place';

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
  add(widget: WidgetSummary, place: Place = this.#largestFreePlace(), count = 1): string {
    const { edit, focusPanel, announce, notify } = this.ports;
    let content = this.ports.content();
    const room = MAX_PANELS - Object.keys(content.panels).length;
    const ids: string[] = [];
    for (let at = place; ids.length < Math.min(count, room); at = after(at, ids.at(-1))) {
      const id = createPanelId(content);
      content = addPanel(content, id, createPanel(widget), at);
      ids.push(id);
    }
    const [first = ''] = ids;
    if (ids.length < count) notify('warn', i18n.t('A layout has at most {most} panels.', { most: MAX_PANELS }));
    if (ids.length === 0) return first;
    edit(
      content,
      ids.length === 1
        ? i18n.t('Add {title}', { title: widget.title })
        : i18n.t('Add {count} × {title}', { count: ids.length, title: widget.title }),
    );
    focusPanel(first);
    announce(
      ids.length === 1
        ? i18n.t('{title} was added', { title: widget.title })
        : i18n.t('{count} of {title} were added', { count: ids.length, title: widget.title }),
    );
    return ids.at(-1) ?? first;
  }

  /** Copies of the panels, where there is most room; `outside` as in packages/layout. */
  paste(group: PanelGroup, outside: NonNullable<PasteOptions['outside']>): void {
    const { edit, focusPanel, announce, title } = this.ports;
    const { content, ids } = pastePanels(this.ports.content(), group, this.#largestFreePlace(), { outside });
    const [first = '', ...others] = ids;
    const what =
      others.length > 0
        ? i18n.t('{count} panels', { count: ids.length })
        : (group.panels[panelsOf(group.tree)[0] ?? '']?.title ?? i18n.t('panel'));
    edit(content, i18n.t('Paste {what}', { what }));
    focusPanel(first);
    announce(
      others.length > 0
        ? i18n.t('{count} panels were pasted', { count: ids.length })
        : i18n.t('{title} was pasted', { title: title(first) ?? i18n.t('The panel') }),
    );
  }

  #largestFreePlace(): Place {
    return largestFreePlace(this.ports.content(), this.ports.size());
  }
}

/** Where the next one of several goes: after the one before it. */
const after = (place: Place, id: string | undefined): Place => {
  if (id === undefined || 'into' in place) return place;
  return 'between' in place ? { between: [id, place.between[1]] } : { beside: id, side: 'side' in place ? place.side : 'right' };
};
