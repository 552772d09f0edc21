import type { WidgetSummary } from '@datamesh/contracts';
import { contextTitle } from '../../interop/context-titles';
import { listOf } from '../../language/formats';
import { i18n } from '../../language/i18n';

/** A panel of the layout, by the types of contexts that it takes and gives. */
export interface PresentPanel {
  /** Of its widget. */
  name: string;
  title: string;
  takes: readonly string[];
  gives: readonly string[];
  /** Called by people; null: the one that an added widget is on as well. */
  channel: string | null;
}

type Offered = Pick<WidgetSummary, 'name' | 'listensFor' | 'broadcasts' | 'deprecated'>;

export interface Fit {
  /** "Takes Instrument from Orders", one for each of whom it has to do with. */
  reasons: string[];
  /** How many types of contexts go to it or come from it. */
  types: number;
}

/** Why a widget works with what is there; null where nothing there gives what it takes, or takes what it gives. */
export function fitOf({ name, listensFor, broadcasts }: Offered, present: readonly PresentPanel[]): Fit | null {
  // That a second one hears the first of its kind is nothing that anybody looks for.
  const others = present.filter((panel) => panel.name !== name);
  /** Types by those whom they come from or go to. */
  const between = (types: readonly string[], of: 'gives' | 'takes'): Map<string, string[]> => {
    const found = new Map<string, string[]>();
    for (const type of types) {
      const panels = others.filter((panel) => panel[of].includes(type));
      if (panels.length > 0) found.set(named(panels), [...(found.get(named(panels)) ?? []), contextTitle(type)]);
    }
    return found;
  };
  const [from, to] = [between(listensFor, 'gives'), between(broadcasts, 'takes')];
  const reasons = [
    ...[...from].map(([whom, types]) => i18n.t('Takes {types} from {whom}', { types: listOf(types), whom })),
    ...[...to].map(([whom, types]) => i18n.t('Gives {types} to {whom}', { types: listOf(types), whom })),
  ];
  return reasons.length > 0 ? { reasons, types: [...from.values(), ...to.values()].flat().length } : null;
}

/** What fits in most ways first, all else as it was; nothing that its publisher advises against. */
export function fitting<Widget extends Offered>(
  widgets: readonly Widget[],
  present: readonly PresentPanel[],
): { widget: Widget; fit: Fit }[] {
  return widgets
    .flatMap((widget) => {
      const fit = widget.deprecated ? null : fitOf(widget, present);
      return fit ? [{ widget, fit }] : [];
    })
    .sort((one, other) => other.fit.types - one.fit.types);
}

/** On the layout's own channel first: these work without another step. */
function named(panels: readonly PresentPanel[]): string {
  const names = [...panels]
    .sort((one, other) => Number(one.channel !== null) - Number(other.channel !== null))
    .map(({ title, channel }) => (channel === null ? title : i18n.t('{title} (on the {channel} channel)', { title, channel })));
  const [first = '', second, ...more] = [...new Set(names)];
  if (second === undefined) return first;
  return more.length > 0
    ? i18n.t('{first} and {count, plural, one {# more} other {# more}}', { first, count: more.length + 1 })
    : listOf([first, second]);
}
