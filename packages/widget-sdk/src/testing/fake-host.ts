/**
 * A dashboard for one widget in a unit test: the agent, the bindings and the panel are the real ones, only the page around them is
 * missing. Runs wherever there is a DOM (happy-dom, jsdom, a browser).
 */

import { bind } from '../../../../host/src/interop/bindings';
import { DASHBOARD } from '../../../../host/src/interop/channels';
import { Interop } from '../../../../host/src/interop/interop';
import { applySettings, dress, PanelHandle } from '../../../../host/src/workspace/element';
import { effectiveSettings } from '../../../../host/src/workspace/settings';
import type { Context, DesktopAgent, Level, Mode, Settings, Theme, WidgetElement } from '../types';

export interface FakeHostOptions {
  /** The widget's widget.json: defaults of settings and bindings come from it. */
  manifest?: object;
  /** Over the defaults. */
  settings?: Record<string, unknown>;
  mode?: Mode;
  theme?: Theme;
  /** What the page speaks, BCP 47; else `en`. */
  language?: string;
}

export interface FakeHost {
  /** What the widget has put on the panel's channel, the oldest first. */
  readonly said: readonly Context[];
  /** What it has put among the dashboard's filters. */
  readonly filters: readonly Context[];
  /** Changes of settings that it has asked for; they are made at once. */
  readonly changes: readonly Record<string, unknown>[];
  /** What it has told the reader. */
  readonly notices: readonly { level: Level; text: string }[];
  /** What it calls its panel, and the short text beside that. */
  readonly title: string | undefined;
  readonly badge: string | undefined;
  /** What a binding or a listener of it threw. */
  readonly errors: readonly unknown[];
  /** Makes the element, gives it what a dashboard gives, and connects it: a class, or the tag of an element that is defined. */
  mount<Widget extends HTMLElement>(widget: (new () => Widget) | string): Promise<Widget & WidgetElement>;
  /** Another panel on the same channel says something. */
  say(context: Context): Promise<void>;
  /** The dashboard's filters change. */
  filter(context: Context): Promise<void>;
  /** The layout's settings change; what is left out keeps its value. */
  change(patch: Record<string, unknown>): Promise<void>;
  tell(now: { mode?: Mode; theme?: Theme; language?: string }): Promise<void>;
  /** Takes the element out of the document and ends its listeners. */
  unmount(): void;
}

const OTHER = { panel: 'another', widget: 'another', version: '1.0.0' };
const BLUE = { channel: 'blue', direction: 'both' } as const;

/** Until everything that was begun has come about: promises, and a task for frameworks that draw a little later. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

let tags = 0;

export function fakeHost({
  manifest = {},
  settings = {},
  mode = 'view',
  theme = 'light',
  language = 'en',
}: FakeHostOptions = {}): FakeHost {
  const widget = { name: 'tested', title: '', description: '', publisher: '', expose: './widget', ...manifest } as unknown as Parameters<
    typeof effectiveSettings
  >[0];
  const [said, filters, changes, notices, errors]: [
    Context[],
    Context[],
    Record<string, unknown>[],
    FakeHost['notices'][number][],
    unknown[],
  ] = [[], [], [], [], []];
  const interop = new Interop({
    onListenerError: (_panel, error) => errors.push(error),
    onFilter: (context) => filters.push(context as Context),
  });
  const other = interop.agent(OTHER, BLUE);
  const own = interop.agent({ panel: 'tested', widget: widget.name, version: '1.0.0', intents: widget.intents }, BLUE);
  void other.fdc3.addContextListener(null, (context) => void said.push(context as Context));
  let [title, badge]: (string | undefined)[] = [];
  const panel = new PanelHandle(
    'tested',
    { mode, theme, language },
    {
      setTitle: (text) => {
        title = text || undefined;
      },
      setBadge: (text) => {
        badge = text || undefined;
      },
      notify: (level, text) => void notices.push({ level, text }),
      changeSettings: async (patch) => {
        changes.push(patch);
        layer({ ...settings, ...patch });
      },
    },
  );
  let element: WidgetElement | undefined;
  document.documentElement.lang = language;
  let current: Settings = effectiveSettings(widget, settings);
  let unbind = (): void => undefined;
  const hearChange = (event: Event): void => void panel.changeSettings((event as CustomEvent<Record<string, unknown>>).detail);

  function layer(next: Record<string, unknown>): void {
    settings = next;
    const before = current;
    current = effectiveSettings(widget, settings);
    if (element) applySettings(element as Dressed, current, before);
  }

  return {
    said,
    filters,
    changes,
    notices,
    errors,
    get title() {
      return title;
    },
    get badge() {
      return badge;
    },
    async mount(given) {
      const Widget = typeof given === 'string' ? customElements.get(given) : given;
      if (!Widget) throw new Error(`no element is defined as <${String(given)}>`);
      element = new (tagged(Widget))() as WidgetElement;
      dress(element as Dressed, { settings: current, fdc3: own.fdc3, panel, theme });
      if (widget.bindings) unbind = bind(element, own.fdc3, widget.bindings, (error) => errors.push(error));
      element.addEventListener('settings-change', hearChange);
      document.body.append(element);
      await settled();
      return element as InstanceType<typeof Widget> & WidgetElement as never;
    },
    async say(context) {
      await settled();
      await (other.fdc3 as unknown as DesktopAgent).broadcast(context as never);
      await settled();
    },
    async filter(context) {
      await settled();
      const dashboard = await other.fdc3.getOrCreateChannel(DASHBOARD);
      await dashboard.broadcast(context as never);
      filters.pop();
      await settled();
    },
    async change(patch) {
      layer({ ...settings, ...patch });
      await settled();
    },
    async tell(now) {
      ({ mode = mode, theme = theme, language = language } = now);
      if (element) element.dataset['theme'] = theme;
      document.documentElement.lang = language;
      panel.setSurroundings({ mode, theme, language });
      await settled();
    },
    unmount() {
      unbind();
      element?.remove();
      element?.removeEventListener('settings-change', hearChange);
      element = undefined;
      own.dispose();
      other.dispose();
    },
  };
}

type Dressed = Parameters<typeof dress>[0];

/** A class may be tested many times, and a tag is taken for ever: one that has no tag yet gets one. */
function tagged(Widget: CustomElementConstructor): CustomElementConstructor {
  try {
    customElements.define(`tested-widget-${++tags}`, Widget);
  } catch {
    // It is defined already, under this or another tag.
  }
  return Widget;
}
