import { MAX_PANELS, type PanelGroup } from '@datamesh/layout';
import { api, ask } from '../api/client';
import { ApiProblem } from '../api/problem';
import { listOf } from '../language/formats';
import { i18n } from '../language/i18n';
import { panelsText } from '../layouts/exchange/panels-text';
import { nameIn } from '../remotes/resolution';
import { isTypingIn } from '../ui/typing';
import { commandKey } from './keys';
import type { OpenDashboard } from './open-dashboard';
import type { OpenLayout } from './open-layout';

/** Panels through the system's clipboard, as JSON: between layouts, windows, instances, and people who send it to each other. */
export class PanelClipboard {
  constructor(private readonly dashboard: OpenDashboard) {}

  /** By a menu. */
  async copy(open: OpenLayout, panels: readonly string[]): Promise<void> {
    try {
      await navigator.clipboard.writeText(panelsText(open.id, open.session.state.content, panels));
      this.#copied(open, panels);
    } catch (cause) {
      console.warn(cause);
      this.dashboard.toasts.show(
        'warn',
        i18n.t('The browser keeps this page from the clipboard. Go to the tab of the panel and press {key}.', { key: commandKey('C') }),
      );
    }
  }

  /** By a menu: the browser may ask whether it may. */
  async pasteFromMenu(): Promise<void> {
    let text: string;
    try {
      text = await navigator.clipboard.readText();
    } catch (cause) {
      console.warn(cause);
      this.dashboard.toasts.show(
        'warn',
        i18n.t('The browser keeps the clipboard from this page. Press {key} instead.', { key: commandKey('V') }),
      );
      return;
    }
    await this.dashboard.attempt(this.#paste(text));
  }

  /** The browser's own copy, cut and paste, where they are not about a text; until the signal. */
  start(signal: AbortSignal): void {
    const on = { signal };
    document.addEventListener('copy', (event) => this.#onCopy(event), on);
    document.addEventListener('cut', (event) => this.#onCopy(event), on);
    document.addEventListener('paste', (event) => this.#onPaste(event), on);
  }

  #onCopy(event: ClipboardEvent): void {
    const { active } = this.dashboard;
    const panel = active?.workspace.heldPanel;
    if (!active || !panel || !this.#isFree(event) || getSelection()?.toString()) return;
    const editing = isEditing(active);
    if (event.type === 'cut' && !editing) return;
    event.clipboardData?.setData('text/plain', panelsText(active.id, active.session.state.content, [panel]));
    event.preventDefault();
    // What is closed is said, with a way back.
    if (event.type === 'cut') active.workspace.closePanel(panel);
    else this.#copied(active, [panel]);
  }

  #onPaste(event: ClipboardEvent): void {
    const { active } = this.dashboard;
    if (!active || !isEditing(active) || !this.#isFree(event)) return;
    // What a widget has the keyboard in may take a text by itself.
    const { activeElement } = document;
    const around = activeElement?.closest('[data-panel]');
    if (around && around !== activeElement) return;
    event.preventDefault();
    void this.dashboard.attempt(this.#paste(event.clipboardData?.getData('text/plain') ?? ''));
  }

  /** No dialog has the page, nobody types, and nobody else has taken it. */
  #isFree(event: ClipboardEvent): boolean {
    return !event.defaultPrevented && !isTypingIn(event) && this.dashboard.store.getSnapshot().dialog === null;
  }

  async #paste(text: string): Promise<void> {
    const { active, toasts } = this.dashboard;
    if (!active || !isEditing(active)) return;
    const { readPanels } = await import(/* webpackChunkName: "exchange" */ '../layouts/exchange/read-panels');
    const read = readPanels(text);
    if ('mistake' in read) {
      toasts.show('warn', read.mistake);
      return;
    }
    const { withoutLacking } = await import(/* webpackChunkName: "exchange" */ '../layouts/exchange/lacking');
    const here = new Set(Object.values(active.session.state.content.panels).map(({ widget }) => nameIn(widget)));
    const strange = [...new Set(Object.values(read.panels).map(({ widget }) => widget))].filter((spec) => !here.has(nameIn(spec)));
    const { group, left } = withoutLacking(read, await answered(strange));
    // The registry was asked: somebody may have gone on meanwhile.
    if (this.dashboard.active !== active || !isEditing(active)) return;
    const count = Object.keys(group.panels).length;
    const most = MAX_PANELS - Object.keys(active.session.state.content.panels).length;
    if (count > most)
      toasts.show('warn', i18n.t('A layout has at most {most} panels; there is room for {room} more.', { most: MAX_PANELS, room: most }));
    else if (count > 0) {
      active.workspace.paste(group, read.layout === active.id ? 'keep' : 'drop');
      const loose = read.layout === active.id ? 0 : looseWires(group);
      if (loose > 0)
        toasts.show(
          'info',
          i18n.t(
            '{count, plural, one {A wire from a panel that was not copied along did not come along.} other {# wires from panels that were not copied along did not come along.}}',
            { count: loose },
          ),
        );
    }
    if (left.length > 0) toasts.show('warn', i18n.t('This instance has no widget {names}: left out.', { names: listOf(left) }));
  }

  #copied(open: OpenLayout, panels: readonly string[]): void {
    const title = open.workspace.panels().find(({ id }) => id === panels[0])?.title ?? '';
    this.dashboard.toasts.show(
      'info',
      panels.length > 1
        ? i18n.t('{count} panels are in the clipboard.', { count: panels.length })
        : i18n.t('{title} is in the clipboard.', { title }),
    );
  }
}

const looseWires = ({ panels }: PanelGroup): number =>
  Object.values(panels)
    .flatMap(({ bindings = [] }) => bindings)
    .filter(({ from }) => !Object.hasOwn(panels, from)).length;

const isEditing = (open: OpenLayout): boolean => open.mode.getSnapshot().mode === 'edit';

/** While the registry is away nothing is known to be lacking: a panel says so itself. */
async function answered(widgets: string[]) {
  if (widgets.length === 0) return [];
  try {
    return (await ask(api.POST('/resolve', { body: { widgets } }))).items;
  } catch (cause) {
    if (cause instanceof ApiProblem && cause.isTemporary) return [];
    throw cause;
  }
}
