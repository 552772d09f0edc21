import type { PanelBinding } from '@datamesh/contracts';
import type { Agent, Membership } from '../interop/agent';
import { bind } from '../interop/bindings';
import type { Interop } from '../interop/interop';
import type { WidgetClass } from '../remotes/element-class';
import { type Resolution, urlOf } from '../remotes/resolution';
import { applySettings, dress, type PanelActions, PanelHandle, type WidgetElement } from './element';
import { guarded } from './error-attribution';
import { effectiveSettings, type Settings, sameSettings } from './settings';
import type { Surroundings } from './types';
import { Wiring } from './wiring';

export interface WidgetParts {
  panel: string;
  interop: Interop;
  membership: Membership;
  now: Surroundings;
  actions: PanelActions;
  /** The layout's, then the viewer's own. */
  settings: readonly (Settings | undefined)[];
  wires: readonly PanelBinding[];
  /** Events of its element that wires of other panels begin with, or that somebody looks at who makes one. */
  wiredEvents: readonly string[];
  /** A binding's context was refused. */
  onRefused(error: unknown): void;
  /** What came along a wire could not be set; null: that is over. The widget is not at fault. */
  onWire(refusal: { wire: PanelBinding; error: unknown } | null): void;
}

/**
 * A widget's element with everything the host gave it. It is made unconnected; whoever holds it connects it. Until `stand` it
 * is only tried: what it says to other panels, to the page or to the layout waits, and never happens when it fails.
 */
export class RunningWidget {
  readonly resolution: Resolution;
  readonly element: WidgetElement;
  readonly agent: Agent;
  readonly #handle: PanelHandle;
  readonly #unbind: () => void;
  readonly #wiring: Wiring;
  #settings: Settings;
  /** The layout's, then the viewer's own. */
  #layers: readonly (Settings | undefined)[];
  /** What it did with its panel while it was only tried; null once it stands. */
  #held: (() => void)[] | null = [];
  #silent = false;

  /** Throws what the widget's constructor or one of its setters threw. */
  constructor(resolution: Resolution, Widget: WidgetClass, parts: WidgetParts) {
    const { name, version, widget } = resolution;
    this.resolution = resolution;
    this.agent = parts.interop.agent({ panel: parts.panel, widget: name, version, intents: widget.intents }, parts.membership, true);
    this.#handle = new PanelHandle(parts.panel, parts.now, this.#whenStanding(parts.actions));
    this.#layers = parts.settings;
    this.#settings = effectiveSettings(widget, ...parts.settings);
    try {
      this.element = throwing(() => {
        const element: WidgetElement = new Widget();
        dress(element, { settings: this.#settings, fdc3: this.agent.fdc3, panel: this.#handle, theme: parts.now.theme });
        return element;
      });
    } catch (cause) {
      this.agent.dispose();
      throw cause;
    }
    this.#wiring = new Wiring({
      element: this.element,
      agent: this.agent,
      manifest: widget,
      settings: () => this.#settings,
      changed: () => this.#show(),
      refused: (wire, error) => parts.onWire({ wire, error }),
      accepted: () => parts.onWire(null),
    });
    this.setWires(parts.wires, parts.wiredEvents);
    this.#unbind = widget.bindings ? bind(this.element, this.agent.fdc3, widget.bindings, parts.onRefused) : () => undefined;
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Absolute address below which its files lie. */
  get base(): string {
    return urlOf(this.resolution, '');
  }

  /** Throws what the widget's getter threw. */
  get isDirty(): boolean {
    return throwing(() => this.element.isDirty === true);
  }

  /** JSON, or undefined where the widget has none. Throws what the widget threw. */
  getState(): unknown {
    return throwing(() => {
      const state = this.element.getState?.();
      // Only JSON is promised to survive; anything else would be shared between two versions.
      return state === undefined ? undefined : JSON.parse(JSON.stringify(state));
    });
  }

  /** Throws what the widget threw. */
  setState(state: unknown): void {
    throwing(() => this.element.setState?.(structuredClone(state)));
  }

  /** Does nothing where they are the same. Throws what the widget threw. */
  setSettings(...layers: (Settings | undefined)[]): void {
    this.#layers = layers;
    this.#show();
  }

  /** Those that end at it, and events of its element. Throws what the widget threw. */
  setWires(wires: readonly PanelBinding[], events: readonly string[]): void {
    this.#wiring.set(wires);
    this.#wiring.listenTo(events);
  }

  #show(): void {
    const next = effectiveSettings(this.resolution.widget, ...this.#layers, this.#wiring.settings);
    if (sameSettings(next, this.#settings)) return;
    const before = this.#settings;
    this.#settings = next;
    throwing(() => applySettings(this.element, next, before));
  }

  /** Throws what one of the widget's listeners threw. */
  setSurroundings(now: Surroundings): void {
    if (this.element.dataset['theme'] !== now.theme) this.element.dataset['theme'] = now.theme;
    throwing(() => this.#handle.setSurroundings(now));
  }

  /** It has taken its place: what it wanted so far happens, in the order in which it wanted it. */
  stand(): void {
    const held = this.#held ?? [];
    this.#held = null;
    this.agent.release();
    for (const run of held) run();
  }

  /** At once, or when it stands. */
  whenStanding(run: () => void): void {
    if (this.#held) this.#held.push(run);
    else run();
  }

  /** It hears and says nothing more. The element stays where it is: taking it out is the panel's. */
  silence(): void {
    this.#silent = true;
    this.#unbind();
    this.#wiring.stop();
    this.agent.dispose();
  }

  /** Out of its panel, also where it has a `remove` of its own. Answers with what it threw. */
  leave(): unknown[] {
    return guarded(() => Element.prototype.remove.call(this.element));
  }

  /** One that leaves may still write what somebody has just set, and nothing else. */
  #whenStanding({ setTitle, setBadge, notify, changeSettings }: PanelActions): PanelActions {
    const unlessSilent = (run: () => void): void => this.whenStanding(() => this.#silent || run());
    return {
      setTitle: (text) => unlessSilent(() => setTitle(text)),
      setBadge: (text) => unlessSilent(() => setBadge(text)),
      notify: (level, text) => unlessSilent(() => notify(level, text)),
      changeSettings: (patch) => new Promise((resolve, reject) => this.whenStanding(() => changeSettings(patch).then(resolve, reject))),
    };
  }
}

/** What the call throws, or the browser reports while it runs, is thrown. */
function throwing<T>(run: () => T): T {
  let result: { value: T } | undefined;
  const [error] = guarded(() => {
    result = { value: run() };
  });
  if (error !== undefined) throw error;
  if (!result) throw new Error('a call into the widget did not return');
  return result.value;
}
