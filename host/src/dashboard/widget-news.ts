import type { RegistryEvent } from '@datamesh/contracts';

/** What the event stream says of a widget: what it is, what runs of it, in how many dashboards it is open; of a department: what it pins. */
export type NewsTopic = 'widget' | 'deployments' | 'open-dashboards' | 'pins';
type Listener = (topic: NewsTopic | 'anything', about: string) => void;

const TOPICS: Partial<Record<RegistryEvent['type'], NewsTopic>> = {
  'widgets.active-changed': 'widget',
  'widgets.yanked': 'widget',
  'widgets.deprecated': 'widget',
  'deployments.changed': 'deployments',
  'open-dashboards.changed': 'open-dashboards',
  'pins.changed': 'pins',
};

/** Tells whoever shows widgets and departments that they should look again. */
export class WidgetNews {
  readonly #listeners = new Set<Listener>();

  onRegistryEvent({ type, data }: Pick<RegistryEvent, 'type' | 'data'>): void {
    const topic = TOPICS[type];
    if (!topic) return;
    const { name, department, widgets } = data as { name?: string; department?: string; widgets?: string[] };
    for (const about of widgets ?? [name ?? department ?? '']) this.#notify(topic, about);
  }

  /** After a gap in the stream anything may have happened to any of them. */
  missed(): void {
    this.#notify('anything', '');
  }

  /** Runs `again` when one of the topics has news of the widget, or department. Answers with the way to stop. */
  follow(wanted: string, topics: readonly NewsTopic[], again: () => void): () => void {
    const listener: Listener = (topic, name) => {
      if (topic === 'anything' || (name === wanted && topics.includes(topic))) again();
    };
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #notify(topic: NewsTopic | 'anything', about: string): void {
    for (const listener of [...this.#listeners]) listener(topic, about);
  }
}
