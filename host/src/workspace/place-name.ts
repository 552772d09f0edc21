import type { Place } from '@datamesh/layout';
import { i18n } from '../language/i18n';

/** "As a tab to Orders". undefined where a panel that it is told by is not there any more. */
export function placeName(place: Place, titleOf: (panel: string) => string | undefined): string | undefined {
  if ('at' in place) return i18n.t('Last of all');
  if ('edge' in place)
    return {
      left: i18n.t('Along the left edge'),
      right: i18n.t('Along the right edge'),
      top: i18n.t('Along the top edge'),
      bottom: i18n.t('Along the bottom edge'),
    }[place.edge];
  const titles = ('between' in place ? place.between : ['into' in place ? place.into : place.beside]).map(titleOf);
  const [one, other] = titles;
  if (one === undefined || titles.some((title) => title === undefined)) return undefined;
  if ('between' in place) return i18n.t('Between {one} and {other}', { one, other });
  if ('into' in place) return i18n.t('As a tab to {panel}', { panel: one });
  return {
    left: i18n.t('Left of {panel}', { panel: one }),
    right: i18n.t('Right of {panel}', { panel: one }),
    top: i18n.t('Above {panel}', { panel: one }),
    bottom: i18n.t('Below {panel}', { panel: one }),
  }[place.side];
}

/** A panel's title; with its number among those that are called the same, as they are read. undefined where there is no such panel. */
export function titleApart(panels: readonly { id: string; title: string }[], panel: string): string | undefined {
  const title = panels.find(({ id }) => id === panel)?.title;
  const alike = panels.filter((one) => one.title === title);
  if (title === undefined || alike.length < 2) return title;
  return i18n.t('{title} ({number} of {count})', { title, number: alike.findIndex(({ id }) => id === panel) + 1, count: alike.length });
}
