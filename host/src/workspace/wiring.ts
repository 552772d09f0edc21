import type { PanelBinding, WidgetManifest } from '@datamesh/contracts';
import type { Agent } from '../interop/agent';
import { type BoundElement, wire } from '../interop/bindings';
import { eventContext, listenToEvents } from '../interop/element-events';
import { settingsCheck } from './lazy-settings-check';
import type { Settings } from './settings';

export interface WiringHost {
  readonly element: BoundElement;
  readonly agent: Pick<Agent, 'follow' | 'publishElementEvent'>;
  readonly manifest: WidgetManifest;
  /** What it has right now. */
  settings(): Settings;
  /** Other settings came along wires, see `settings`. Throws what the element threw. */
  changed(): void;
  /** Its schema does not allow what came, or the element itself would not have it. */
  refused(wire: PanelBinding, error: unknown): void;
  /** What was refused is over. */
  accepted(): void;
}

/** The wires of one widget: what ends at it sets its settings and attributes, and what it fires goes along those that begin there. */
export class Wiring {
  #wires: readonly PanelBinding[] = [];
  #events = '';
  #unwire = (): void => undefined;
  #unhear = (): void => undefined;
  #settings: Settings = {};
  /** By setting, the last that came: the check is downloaded when it is first needed. */
  readonly #coming = new Map<string, unknown>();
  #check: Awaited<ReturnType<typeof settingsCheck>> | undefined;

  constructor(private readonly host: WiringHost) {}

  /** What came along wires, over what the layout and the viewer have set. */
  get settings(): Settings {
    return this.#settings;
  }

  /** Wires that end here. What came along one that is gone goes with it. Throws what the element threw. */
  set(wires: readonly PanelBinding[]): void {
    if (JSON.stringify(wires) === JSON.stringify(this.#wires)) return;
    this.#unwire();
    const { element, agent } = this.host;
    const gone = this.#wires.filter(
      (one) => !wires.some(({ setting, attribute }) => setting === one.setting && attribute === one.attribute),
    );
    this.#wires = wires;
    if (gone.length > 0) this.host.accepted();
    for (const { attribute } of gone) if (attribute !== undefined) element.removeAttribute(attribute);
    this.#unwire = wire({ element, set: (name, value, one) => void this.#set(name, value, one) }, agent, wires);
    const kept = Object.entries(this.#settings).filter(([name]) => !gone.some(({ setting }) => setting === name));
    if (kept.length === Object.keys(this.#settings).length) return;
    this.#settings = Object.fromEntries(kept);
    this.host.changed();
  }

  /** Events of the element that wires begin with, or that somebody looks at who makes one. */
  listenTo(events: readonly string[]): void {
    const joined = events.join(' ');
    if (joined === this.#events) return;
    this.#events = joined;
    this.#unhear();
    this.#unhear = listenToEvents(this.host.element, events, (event) => {
      const context = eventContext(this.host.element, event);
      if (context) this.host.agent.publishElementEvent(context);
    });
  }

  stop(): void {
    this.#wires = [];
    this.#unwire();
    this.#unhear();
  }

  async #set(name: string, came: unknown, one: PanelBinding): Promise<void> {
    const value = asWanted(this.host.manifest, name, came);
    this.#coming.set(name, value);
    // From the second time on, what this sets off belongs to what set it off.
    try {
      if (!this.#check) {
        this.#check = await settingsCheck();
        if (!this.#wires.includes(one) || this.#coming.get(name) !== value) return;
      }
      this.#check(this.host.manifest, this.host.settings(), { [name]: value });
      const { [name]: _before, ...others } = this.#settings;
      this.#settings = value === undefined ? others : { ...others, [name]: value };
      this.host.changed();
      this.host.accepted();
    } catch (error) {
      this.host.refused(one, error);
    }
  }
}

/** A number where the setting is text, and a text that is a number where it is one: people see no difference. */
function asWanted({ settings }: WidgetManifest, name: string, value: unknown): unknown {
  const { properties } = (settings ?? {}) as { properties?: Record<string, { type?: unknown }> };
  const type = properties && Object.hasOwn(properties, name) ? properties[name]?.type : undefined;
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
  if ((type === 'number' || type === 'integer') && typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))
    return Number(value);
  return value ?? undefined;
}
