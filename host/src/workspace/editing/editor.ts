import type { LayoutContent, WidgetSummary } from '@datamesh/contracts';
import {
  arrange,
  copyPanels,
  equal,
  MAX_PANELS,
  movePanel,
  type PanelGroup,
  type PasteOptions,
  type Place,
  panelsOf,
  pastePanels,
  removePanel,
  setPanel,
  stackOf,
  wiredTo,
} from '@datamesh/layout';
import { i18n } from '../../language/i18n';
import './editing.css';
import { type Arranger, type ArrangerHost, COLUMN_BELOW, GAP } from '../arranger';
import type { WorkspaceOptions } from '../types';
import { Adding } from './adding';
import type { Target } from './drop-zones';
import { Editing } from './editing';
import { type PanelCommands, panelButtons } from './panel-menu';
import { Placing } from './placing';

export interface EditorHost {
  edit(next: LayoutContent, label: string): void;
  openSettings(panel: string): void;
  /** Panels go into the clipboard. */
  copy(panels: readonly string[]): void;
  /** A place of its own was pointed at: which widget goes there is asked elsewhere, and the keyboard comes back to `from`. */
  chooseWidget(place: Place, from: HTMLElement): void;
  /** A panel was closed by hand: `before` and `after` are the layout with and without it. */
  closed(title: string, before: LayoutContent, after: LayoutContent, unwired: readonly string[]): void;
  /** The keyboard to a panel; null: to the workspace as such. */
  focus(panel: string | null): void;
  /** The same to a panel that may be behind others, whose tab comes to the front. */
  focusPanel(panel: string): void;
  notify: WorkspaceOptions['onNotify'];
}

/** Everything that only editors need: one lazy chunk, one door. */
export interface EditorTools {
  editing(): Arranger;
  /** `pointer`: one that is down and carries the panel; without, the keyboard chooses. */
  startAdd(widget: WidgetSummary, pointer: PointerEvent | undefined): void;
  /** Buttons for the head of a stack where the window is too narrow for golden-layout. */
  decorate(buttons: HTMLElement, panel: string): void;
  /** Puts it there at once; as Adding. */
  add(widget: WidgetSummary, place?: Place, count?: number): string;
  /** Copies of the panels, where there is most room; `outside` as in packages/layout. */
  paste(group: PanelGroup, outside: NonNullable<PasteOptions['outside']>): void;
  /** The layout asks for another version in this panel from now on. */
  follow(panel: string, spec: string): void;
  /** A copy of the panel beside it. */
  duplicate(panel: string): void;
  close(panel: string): void;
  /** In its tab, where it has one. */
  rename(panel: string): void;
  /** Starts placing it anew: arrows choose, Enter places. */
  startMoving(panel: string): void;
  /** Marks where the next widget goes; null: nowhere in particular. */
  aim(place: Place | null): void;
  /** Whatever is being dragged or placed goes back to where it was. */
  cancel(): void;
}

export function editorTools(arrangerHost: ArrangerHost, host: EditorHost): EditorTools {
  let editing: Editing | undefined;
  let placing: Placing | undefined;
  let aim: Place | null = null;
  const adding = new Adding({
    content: arrangerHost.content,
    size: arrangerHost.size,
    title: (panel) => arrangerHost.frame(panel)?.title,
    edit: host.edit,
    focusPanel: host.focusPanel,
    announce: arrangerHost.announce,
    notify: host.notify,
  });

  const place = (title: string, panel: string | undefined, pointer: PointerEvent | undefined, onPlace: (to: Place) => void): void => {
    placing?.cancel();
    placing = new Placing(
      {
        canvas: arrangerHost.canvas,
        title,
        panel,
        targets: () => editing?.targets() ?? columnTargets(arrangerHost),
        announce: arrangerHost.announce,
        onPlace,
        onEnd: () => {
          placing = undefined;
        },
      },
      pointer,
    );
  };
  const move = (panel: string, pointer?: PointerEvent): void => {
    if (!arrangerHost.content().panels[panel]) return;
    place(arrangerHost.frame(panel)?.title ?? panel, panel, pointer, (to) => {
      const content = arrangerHost.content();
      const next = movePanel(content, panel, to);
      const moves = !equal(next, content);
      if (moves) host.edit(next, i18n.t('Move panel'));
      arrangerHost.announce(moves ? i18n.t('Moved') : i18n.t('It is there already'));
    });
  };
  const commands: PanelCommands = {
    edit: host.edit,
    openSettings: host.openSettings,
    chooseWidget: host.chooseWidget,
    startMoving: (panel) => move(panel),
    copy: host.copy,
    duplicate: (panel) => {
      const before = arrangerHost.content();
      const title = arrangerHost.frame(panel)?.title ?? '';
      if (!before.panels[panel]) return;
      if (Object.keys(before.panels).length >= MAX_PANELS)
        return arrangerHost.announce(i18n.t('A layout has at most {most} panels', { most: MAX_PANELS }));
      const { content, ids } = pastePanels(before, copyPanels(before, [panel]), beside(arrangerHost, panel), { outside: 'keep' });
      host.edit(content, i18n.t('Duplicate {title}', { title }));
      host.focus(ids[0] ?? null);
      arrangerHost.announce(i18n.t('{title} was duplicated', { title }));
    },
    rename: (panel) => {
      const entry = arrangerHost.content().panels[panel];
      const named = (title: string): void => {
        if (title !== (entry?.title ?? ''))
          host.edit(setPanel(arrangerHost.content(), panel, { title: title || null }), i18n.t('Rename panel'));
      };
      if (entry && !editing?.rename(panel, entry.title ?? '', named)) host.openSettings(panel);
    },
    close: (panel) => {
      const before = arrangerHost.content();
      const next = nearestTo(arrangerHost, panel);
      const title = arrangerHost.frame(panel)?.title ?? '';
      const after = removePanel(before, panel);
      host.edit(after, i18n.t('Close {title}', { title }));
      host.focus(next ?? null);
      const unwired = wiredTo(before, panel).map((id) => arrangerHost.frame(id)?.title ?? id);
      host.closed(title, before, after, unwired);
    },
  };
  return {
    editing() {
      const made = new Editing(arrangerHost, { ...commands, drag: move, aim: () => aim });
      editing = made;
      return {
        load: (tree) => made.load(tree),
        resize: () => made.resize(),
        relabel: (panel) => made.relabel(panel),
        reveal: (panel) => made.reveal(panel),
        focus: (panel) => made.focus(panel),
        dispose() {
          placing?.cancel();
          made.dispose();
          if (editing === made) editing = undefined;
        },
      };
    },
    duplicate: commands.duplicate,
    close: commands.close,
    rename: commands.rename,
    startMoving: commands.startMoving,
    startAdd: (widget, pointer) => place(widget.title, undefined, pointer, (at) => adding.add(widget, at)),
    add: (widget, at, count) => adding.add(widget, at, count),
    paste: (group, outside) => adding.paste(group, outside),
    follow: (panel, spec) => host.edit(setPanel(arrangerHost.content(), panel, { widget: spec }), i18n.t('Change version')),
    decorate: (buttons, panel) => {
      const front = () => buttons.parentElement?.querySelector<HTMLElement>('[aria-selected="true"]')?.dataset['for'] ?? panel;
      buttons.append(...panelButtons(arrangerHost, commands, front));
    },
    aim(place) {
      aim = place;
      editing?.markAim();
    },
    cancel() {
      placing?.cancel();
      editing?.cancel();
    },
  };
}

/** Where a copy of a panel stands: along the shorter edge, so that both keep some of its proportions. */
function beside(arrangerHost: ArrangerHost, panel: string): Place {
  const { stacks } = arrange(arrangerHost.content().tree, arrangerHost.size(), { gap: GAP });
  const rect = stacks.find(({ panels }) => panels.includes(panel))?.rect;
  return { beside: panel, side: rect && rect.width < rect.height * 1.2 ? 'bottom' : 'right' };
}

/** Where the keyboard goes when a panel goes away: to what is in front of its stack, or comes there next, else to the next panel. */
function nearestTo(arrangerHost: ArrangerHost, panel: string): string | undefined {
  const { tree } = arrangerHost.content();
  const stack = stackOf(tree, panel);
  const front = stack && arrangerHost.fronts.of(stack);
  if (front !== undefined && front !== panel) return front;
  const candidates = stack && stack.panels.length > 1 ? stack.panels : panelsOf(tree);
  const at = candidates.indexOf(panel);
  return candidates[at + 1] ?? candidates[at - 1];
}

function columnTargets(arrangerHost: ArrangerHost): Target[] {
  const { stacks } = arrange(arrangerHost.content().tree, arrangerHost.size(), { gap: GAP, columnBelow: COLUMN_BELOW });
  return stacks.map(({ panels, rect }) => ({ panels, title: arrangerHost.frame(panels[0] ?? '')?.title ?? '', rect }));
}
