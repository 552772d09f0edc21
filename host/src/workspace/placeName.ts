import type { Place } from '@datamesh/layout';

const SIDES = { left: 'left of', right: 'right of', top: 'above', bottom: 'below' } as const;

/** "As a tab to Orders". undefined where a panel that it is told by is not there any more. */
export function placeName(place: Place, titleOf: (panel: string) => string | undefined): string | undefined {
  if ('at' in place) return 'Last of all';
  if ('edge' in place) return `Along the ${place.edge} edge`;
  const titles = ('between' in place ? place.between : ['into' in place ? place.into : place.beside]).map(titleOf);
  if (titles.some((title) => title === undefined)) return undefined;
  const [one, other] = titles;
  if ('between' in place) return `Between ${one} and ${other}`;
  return 'into' in place ? `As a tab to ${one}` : `${capital(SIDES[place.side])} ${one}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
