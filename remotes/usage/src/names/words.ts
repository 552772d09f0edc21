/** Ids of layouts and panels in people's words. Pure. */

import type { AnyDimension } from '@datamesh/contracts';
import { valueText } from '../breakdown/dimensions';
import type { Row } from '../breakdown/row';
import { say } from '../say';
import type { Named } from './layouts';

/** The dashboard's own site: only its layouts and pages are layouts of this instance. */
const OWN_SITE = 'dashboard';
const PAGE = /^\/l\/([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/;

/** The layout that a value names; null where it names none. */
export function layoutIn(site: string, dimension: AnyDimension, value: string): string | null {
  if (site !== OWN_SITE) return null;
  if (dimension === 'layout_id') return value;
  return dimension === 'path' ? (PAGE.exec(value)?.[1] ?? null) : null;
}

export interface Words {
  text: string;
  /** A short word behind it, such as the layout of a panel. */
  note: string;
}

/** null: it is gone, or the reader may not see it. */
export function wordsFor(named: Named, site: string, dimension: AnyDimension, value: string): Words | null {
  if (site === OWN_SITE && dimension === 'panel_id') return panelWords(named, value);
  const layout = layoutIn(site, dimension, value);
  if (layout === null) return { text: valueText(dimension, value), note: '' };
  const titles = named.layouts.get(layout);
  // Nobody has asked yet, or got an answer.
  if (titles === undefined) return { text: say('A layout'), note: '' };
  return titles && { text: titles.title, note: '' };
}

/** A copy of a layout has its panels under the same ids: then it is not said which layout is meant. */
function panelWords({ layouts }: Named, panel: string): Words | null {
  const homes = [...layouts.values()].filter((titles) => titles && Object.hasOwn(titles.panels, panel));
  const found = homes[0]?.panels[panel];
  if (!found) return null;
  return { text: found.title ?? valueText('widget', found.widget), note: homes.length === 1 ? (homes[0]?.title ?? '') : '' };
}

/** For a chip, a step and the like, which stand for one value. */
export const formatOne = (named: Named, site: string, dimension: AnyDimension, value: string): string =>
  wordsFor(named, site, dimension, value)?.text ?? say(dimension === 'panel_id' ? 'A panel' : 'A layout that you cannot see');

/** Rows under the names that people know; those without one are one row, which no filter can stand for. Most first, as before. */
export function formatRows(rows: readonly Row[], named: Named, site: string, dimension: AnyDimension): Row[] {
  const shown: Row[] = [];
  const hidden: Row[] = [];
  for (const row of rows) {
    const words = wordsFor(named, site, dimension, row.value);
    if (words) shown.push({ ...row, text: words.text, note: words.note || row.note });
    else hidden.push(row);
  }
  const [first, ...others] = hidden;
  if (!first) return shown;
  const what = dimension === 'panel_id' ? 'panel' : 'layout';
  const together: Row = {
    ...first,
    value: '',
    text:
      others.length === 0 ? say(`A ${what} that you cannot see`) : say(`{count} ${what}s that you cannot see`, { count: hidden.length }),
    note: '',
    amount: hidden.reduce((sum, { amount }) => sum + amount, 0),
    // One visitor may have been to several.
    visitors: others.length === 0 ? first.visitors : null,
    dwellMs: hidden.some(({ dwellMs }) => dwellMs !== null) ? hidden.reduce((sum, { dwellMs }) => sum + (dwellMs ?? 0), 0) : null,
  };
  return [...shown, together].sort((a, b) => b.amount - a.amount);
}
