import type { LayoutAnswer, Pin } from '@datamesh/contracts';
import type { Place } from '@datamesh/layout';
import type { Tracking } from '../api/tracking';
import { i18n } from '../language/i18n';
import { locale, onLanguageChange } from '../language/language';
import { LayoutSession } from '../layouts/layout-session';
import type { LayoutSessionPorts } from '../layouts/layout-state';
import type { Resolutions } from '../remotes/resolutions';
import { themeStore } from '../ui/theme';
import type { Level, Mode, PanelReport, WorkspaceOptions } from '../workspace/types';
import { Workspace } from '../workspace/workspace';
import type { CarriedLayout } from './carried';
import { ModeSwitch } from './mode-switch';
import { PanelsSeen } from './panels-seen';

export interface OpenLayoutPorts {
  session: LayoutSessionPorts;
  resolutions: Resolutions;
  tracking: Tracking;
  openSettings(panel: string): void;
  copy(open: OpenLayout, panels: readonly string[]): void;
  chooseWidget(place: Place, from: HTMLElement): void;
  /** A panel was closed by hand; `putBack` undoes that and nothing else. */
  closed(title: string, unwired: readonly string[], putBack: () => Promise<void>): void;
  notify(level: Level, text: string, action?: { label: string; run(): void }): void;
  report(event: PanelReport): void;
}

/** A layout and the workspace that shows it. Hidden, it stays alive: coming back to it reconnects nothing. */
export class OpenLayout {
  readonly id: string;
  readonly session: LayoutSession;
  readonly element = document.createElement('div');
  readonly #workspace: Workspace;
  readonly #modes = new ModeSwitch(
    async (mode) => {
      if (mode === 'edit') await this.session.startEditing();
      await this.#workspace.setMode(mode);
    },
    () => this.#show(),
  );
  readonly #stops: (() => void)[] = [];
  readonly #seen: PanelsSeen;
  #visible = false;
  #focused: string | null = null;

  constructor(
    answer: LayoutAnswer,
    public pin: Pin | null,
    ports: OpenLayoutPorts,
    /** Whether it is only what was last seen, while nobody answers. */
    seen: boolean,
    /** From the page before. */
    private readonly before?: CarriedLayout,
  ) {
    this.id = answer.layout.id;
    this.element.className = 'stage-layout';
    this.session = new LayoutSession(answer, ports.session, seen);
    this.#seen = new PanelsSeen(ports.tracking);
    ports.resolutions.prime(answer.resolution ?? []);
    const options: WorkspaceOptions = {
      resolutions: ports.resolutions,
      theme: () => themeStore.getSnapshot().theme,
      language: locale,
      onEdit: (next, label) => this.session.edit(next, label),
      onSettings: (panel, patch) => (this.#editing ? this.session.changeSettings(panel, patch) : this.session.changeMine(panel, patch)),
      onFilter: (context) => (this.#editing ? this.session.changeFilter(context) : this.session.setLocalFilter(context)),
      onOpenSettings: ports.openSettings,
      onCopy: (panels) => ports.copy(this, panels),
      onChooseWidget: ports.chooseWidget,
      onClosed: (title, before, after, unwired) =>
        ports.closed(title, unwired, async () => {
          await this.#stepping(() => this.session.takeBack(i18n.t('Close {title}', { title }), before, after));
          this.#workspace.announce(i18n.t('{title} is back', { title }));
        }),
      onNotify: ports.notify,
      report: (event) => {
        this.#seen.onPanelReport(event);
        ports.report(event);
      },
    };
    this.#workspace = new Workspace(this.element, options, before?.view);
    this.#stops.push(
      this.session.store.subscribe(() => this.#follow()),
      themeStore.subscribe(() => this.#workspace.followTheme()),
      onLanguageChange(() => this.#workspace.followLanguage()),
    );
    for (const type of ['focusin', 'pointerdown'] as const) this.element.addEventListener(type, (event) => this.#noteFocus(event));
    this.#workspace.setVisible(false);
    this.#show();
  }

  /** Unsaved changes of an earlier visit are offered; what the page had that this one took the place of is simply there. */
  async arrive(): Promise<void> {
    const { before } = this;
    if (before) {
      await this.session.resume(before);
      this.#workspace.resume(before.view);
      await this.setMode(before.mode);
    }
    if (!before?.unsaved) await this.session.offerDraft();
  }

  /** For the page that takes the place of this one. */
  get carried(): CarriedLayout {
    return { mode: this.mode.getSnapshot().mode, ...this.session.carried, view: this.#workspace.view };
  }

  /** What of it would be gone with the page, in a person's words; null: `carried` is all there is of it. */
  get whyItStays(): string | null {
    const { content, saving, gone, dirty, mayEdit } = this.session.state;
    if (this.mode.getSnapshot().switching || saving || this.session.sending)
      return i18n.t('“{title}” is being saved. Reload when that is done.', { title: content.title });
    if (gone || (dirty && !mayEdit))
      return i18n.t('“{title}” cannot be loaded again as you have it. Make it your own copy first, then reload.', { title: content.title });
    const busy = this.#workspace.ofThisPage;
    return busy === undefined ? null : i18n.t('{busy} has something that is not saved. Reload when it is.', { busy });
  }

  get #editing(): boolean {
    return this.#modes.mode === 'edit';
  }

  get workspace(): Workspace {
    return this.#workspace;
  }

  /** The panel that was last used. */
  get focusedPanel(): string | null {
    return this.#focused !== null && this.#focused in this.session.state.content.panels ? this.#focused : null;
  }

  setVisible(visible: boolean): void {
    if (visible === this.#visible) return;
    this.#visible = visible;
    this.element.toggleAttribute('data-shown', visible);
    this.#workspace.setVisible(visible);
    this.#seen.setVisible(visible);
  }

  get mode(): ModeSwitch['store'] {
    return this.#modes.store;
  }

  /** Rejects when the editor cannot be downloaded; the mode then stays as it was. */
  setMode(mode: Mode): Promise<void> {
    return this.#modes.set(mode);
  }

  async undo(): Promise<void> {
    const { undo } = this.session.state;
    if (undo === null) return;
    await this.#stepping(() => this.session.undo());
    this.#workspace.announce(i18n.t('Undone: {undo}', { undo }));
  }

  async redo(): Promise<void> {
    const { redo } = this.session.state;
    if (redo === null) return;
    await this.#stepping(() => this.session.redo());
    this.#workspace.announce(i18n.t('Redone: {redo}', { redo }));
  }

  /** The keyboard follows what comes back, unless it is on a control outside of the workspace that stays. */
  async #stepping(step: () => void | Promise<void>): Promise<void> {
    const before = this.session.state.content.panels;
    await step();
    const back = Object.keys(this.session.state.content.panels).find((panel) => !(panel in before));
    const { activeElement } = document;
    const elsewhere = activeElement !== document.body && !this.element.contains(activeElement) && !activeElement?.closest('.toast');
    if (back !== undefined && !elsewhere) this.#workspace.focusPanel(back);
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
    this.#seen.setVisible(false);
    this.session.dispose();
    this.#workspace.dispose();
    this.element.remove();
  }

  #follow(): void {
    this.#show();
    // The right to edit was taken away, also while the editor was on its way: nothing here could be saved.
    if (this.#modes.wanted === 'edit' && !this.session.state.mayEdit) void this.setMode('view');
  }

  /** An editor sees the layout as everybody will; somebody who looks sees it with their own settings and filters. */
  #show(): void {
    const { content, mine, filters } = this.session.state;
    this.#workspace.show(
      this.#editing
        ? { layoutId: this.id, content, overlay: null }
        : { layoutId: this.id, content: filters ? { ...content, filters } : content, overlay: mine },
    );
  }

  #noteFocus(event: Event): void {
    const { dataset } = (event.target as Element).closest<HTMLElement>('[data-panel], [data-for]') ?? this.element;
    const panel = dataset['panel'] ?? dataset['for'];
    if (panel !== undefined) this.#focused = panel;
  }
}
