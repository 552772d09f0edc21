import type { WidgetSummary } from '@datamesh/contracts';
import { contextTitle } from '../../interop/context-titles';
import { listOf } from '../../language/formats';
import { i18n } from '../../language/i18n';
import type { Slot, Template } from './layout-templates';

/** By slot. */
export type Filling = Readonly<Record<string, WidgetSummary>>;

/** What may stand in a slot, the best first: what takes something of its `from`, or, where others take from it, what gives to each of them. */
export function choicesFor({ slots }: Template, slot: Slot, filling: Filling, widgets: readonly WidgetSummary[]): WidgetSummary[] {
  const source = slot.from === undefined ? undefined : filling[slot.from];
  const followers = slots.filter(({ from }) => from === slot.id).length;
  const fits = (widget: WidgetSummary): boolean =>
    slot.from === undefined
      ? widgets.filter((other) => passes(widget, other).length > 0).length >= followers
      : source !== undefined && passes(source, widget).length > 0;
  return widgets.filter((widget) => !widget.deprecated && fits(widget)).sort((one, other) => liking(slot, other) - liking(slot, one));
}

/** Types of contexts that go from one to the other; none to one of its own kind. */
export const passes = (from: WidgetSummary, to: WidgetSummary): string[] =>
  from.name === to.name ? [] : from.broadcasts.filter((type) => to.listensFor.includes(type));

/**
 * The template with a widget in each slot, each of another kind; `chosen` keeps what somebody chose as far as it fits. null where
 * the marketplace has nothing that fits together like that.
 */
export function fill(template: Template, widgets: readonly WidgetSummary[], chosen: Filling = {}): Filling | null {
  const place = (slots: readonly Slot[], filling: Filling): Filling | null => {
    const [slot, ...rest] = slots;
    if (!slot) return filling;
    const used = new Set(Object.values(filling).map(({ name }) => name));
    const wanted = chosen[slot.id]?.name;
    const choices = choicesFor(template, slot, filling, widgets).sort(
      (one, other) => Number(other.name === wanted) - Number(one.name === wanted),
    );
    for (const widget of choices) {
      if (used.has(widget.name)) continue;
      const filled = place(rest, { ...filling, [slot.id]: widget });
      if (filled) return filled;
    }
    return null;
  };
  // Whom others take from is chosen first.
  return place(
    [...template.slots].sort((one, other) => Number(one.from !== undefined) - Number(other.from !== undefined)),
    {},
  );
}

/** "Data table gives Instrument to Notes and Series chart." */
export function describeFilling({ slots }: Template, filling: Filling): string[] {
  /** By who gives and what. */
  const gifts = new Map<string, { giver: string; types: string; takers: string[] }>();
  for (const { id, from } of slots) {
    const [giver, taker] = [filling[from ?? ''], filling[id]];
    if (!giver || !taker) continue;
    const types = listOf(passes(giver, taker).map(contextTitle));
    const key = `${giver.name} ${types}`;
    const gift = gifts.get(key) ?? { giver: giver.title, types, takers: [] };
    gifts.set(key, { ...gift, takers: [...gift.takers, taker.title] });
  }
  return [...gifts.values()].map(({ giver, types, takers }) =>
    i18n.t('{giver} gives {types} to {takers}.', { giver, types, takers: listOf(takers) }),
  );
}

/** Words that are preferred, then how many layouts have it. */
function liking({ prefers = [] }: Slot, { title, categories, layouts }: WidgetSummary): number {
  const words = [title, ...categories].join(' ').toLowerCase();
  return prefers.filter((word) => words.includes(word)).length * 1_000_000 + layouts;
}
