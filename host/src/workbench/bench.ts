/** One widget in a real workspace, and somebody beside it who speaks and listens on its channel. */
import type { Context, LayoutContent, WidgetManifest } from '@datamesh/contracts';
import { contentOf, setSettings } from '@datamesh/layout';
import type { Agent } from '../interop/agent';
import { locale, onLanguageChange } from '../language/language';
import type { Resolutions } from '../remotes/resolutions';
import { Store } from '../ui/store';
import { themeStore } from '../ui/theme';
import type { PanelReport, WorkspaceOptions } from '../workspace/types';
import { Workspace } from '../workspace/workspace';

export const PANEL = 'widget';

export interface BenchPorts {
  resolutions: Resolutions;
  /** To begin with. */
  settings: Record<string, unknown>;
  keepSettings(settings: Record<string, unknown>): void;
  /** What of the widget failed. */
  failed(detail: string): void;
}

export interface BenchState {
  content: LayoutContent;
  /** What the widget said on its channel or among the filters, the newest first. */
  said: readonly Context[];
  /** What it told its reader. */
  notices: readonly string[];
  /** Where its mounting has come to. */
  outcome: 'loading' | 'ready' | 'failed';
}

export class Bench {
  readonly store: Store<BenchState>;
  readonly #workspace: Workspace;
  readonly #other: Agent;
  readonly #ports: BenchPorts;
  readonly #stops: (() => void)[];

  /** `spec`: what the one panel asks for; it runs as it would in any layout. */
  constructor(
    readonly manifest: WidgetManifest,
    spec: string,
    stage: HTMLElement,
    ports: BenchPorts,
  ) {
    this.#ports = ports;
    const content = contentOf({
      title: manifest.title,
      tree: { type: 'stack', active: 0, panels: [PANEL] },
      panels: { [PANEL]: { widget: spec, settings: ports.settings } },
    });
    this.store = new Store<BenchState>({ content, said: [], notices: [], outcome: 'loading' });
    const options: WorkspaceOptions = {
      resolutions: ports.resolutions,
      theme: () => themeStore.getSnapshot().theme,
      language: locale,
      onEdit: (next) => this.edit(() => next),
      onClosed: () => undefined,
      onCopy: () => undefined,
      onSettings: (_panel, patch) => this.edit((now) => setSettings(now, PANEL, patch)),
      onFilter: (context) => this.#onContext(context),
      onOpenSettings: () => undefined,
      onChooseWidget: () => undefined,
      onNotify: (level, text) => this.store.patch({ notices: [`${level}: ${text}`, ...this.store.getSnapshot().notices] }),
      report: (event) => this.#follow(event),
    };
    this.#workspace = new Workspace(stage, options);
    this.#other = this.#workspace.interop.agent(
      { panel: 'workbench', widget: 'workbench', version: '' },
      { channel: 'blue', direction: 'both' },
    );
    void this.#other.fdc3.addContextListener(null, (context) => this.#onContext(context as Context));
    this.#show();
    // It has all of the stage, however small that is: a dashboard would show one column.
    this.#workspace.resume({ kept: {}, contexts: {}, fronts: [], maximised: PANEL, scroll: { left: 0, top: 0 } });
    this.#stops = [themeStore.subscribe(() => this.#workspace.followTheme()), onLanguageChange(() => this.#workspace.followLanguage())];
  }

  edit(change: (content: LayoutContent) => LayoutContent): void {
    this.store.patch({ content: change(this.store.getSnapshot().content) });
    this.#ports.keepSettings(this.store.getSnapshot().content.panels[PANEL]?.settings ?? {});
    this.#show();
  }

  /** As another panel on the widget's channel; `dashboard`: as one of the dashboard's filters. Rejects with what is wrong with it. */
  async say(context: Context, dashboard = false): Promise<void> {
    if (dashboard) await (await this.#other.fdc3.getOrCreateChannel('dashboard')).broadcast(context);
    else await this.#other.fdc3.broadcast(context);
  }

  setMode(mode: 'view' | 'edit'): Promise<void> {
    return this.#workspace.setMode(mode);
  }

  /** The widget goes, with all that it said or heard. */
  dispose(): void {
    for (const stop of this.#stops) stop();
    this.#other.dispose();
    this.#workspace.dispose();
  }

  #show(): void {
    this.#workspace.show({ layoutId: 'workbench', content: this.store.getSnapshot().content, overlay: null });
  }

  #onContext(context: Context): void {
    this.store.patch({ said: [context, ...this.store.getSnapshot().said].slice(0, 50) });
  }

  #follow({ kind, detail }: PanelReport): void {
    // What a listener of it throws the panel hears, and nobody else.
    if (kind === 'failed' && detail) this.#ports.failed(detail);
    if (kind === 'mounted') this.store.patch({ outcome: 'ready' });
    if (kind === 'failed' && this.store.getSnapshot().outcome === 'loading') this.store.patch({ outcome: 'failed' });
  }
}
