import type { Place } from '@datamesh/layout';
import { i18n } from '../../language/i18n';
import type { ArrangerHost } from '../arranger';
import { iconButton } from '../icons';

interface Adding {
  chooseWidget(place: Place, from: HTMLElement): void;
  aim(): Place | null;
}

/** Panels on both sides of a splitter, in reading order. */
export type Sides = [before: readonly string[], after: readonly string[]];

/** On every splitter: adds a widget between what it separates. Seen where the pointer or the keyboard is, and while it is what is aimed at. */
export function addersBetween(
  splitters: readonly (readonly [HTMLElement, Sides])[],
  /** When it is pressed: panels may have moved since. */
  sidesOf: (splitter: HTMLElement) => Sides | undefined,
  arrangerHost: ArrangerHost,
  { chooseWidget, aim }: Adding,
): void {
  const aimed = aim();
  for (const [splitter, sides] of splitters) {
    const between = pairOf(sides);
    if (!between) continue;
    const adder = splitter.querySelector<HTMLElement>('.dm-action') ?? adderIn(splitter, sidesOf, chooseWidget);
    const [before = '', after = ''] = between.map((panel) => arrangerHost.frame(panel)?.title ?? panel);
    const name = i18n.t('Add between {before} and {after}', { before, after });
    if (adder.getAttribute('aria-label') !== name) adder.setAttribute('aria-label', name);
    splitter.classList.toggle('dm-aim', aimed !== null && separates(sides, aimed));
  }
}

function adderIn(
  splitter: HTMLElement,
  sidesOf: (splitter: HTMLElement) => Sides | undefined,
  choose: Adding['chooseWidget'],
): HTMLElement {
  const adder = iconButton('plus', i18n.t('Add a widget here'), () => {
    const sides = sidesOf(splitter);
    const between = sides && pairOf(sides);
    if (between) choose({ between }, adder);
  });
  adder.classList.add('dm-add-between');
  splitter.append(adder);
  return adder;
}

/** The one that is read last before it, and the first one after it. */
function pairOf([before, after]: Sides): [string, string] | undefined {
  const [one, other] = [before.at(-1), after[0]];
  return one === undefined || other === undefined ? undefined : [one, other];
}

const separates = ([before, after]: Sides, place: Place): boolean =>
  'between' in place && before.includes(place.between[0]) && after.includes(place.between[1]);
