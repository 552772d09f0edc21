/** The rows of one breakdown. */
import type { AnyDimension, Missing } from '@datamesh/contracts';
import { shownVersion } from '@datamesh/contracts/versions';
import { getSessions, getTop, getWidgets, type Question } from '../api/tracker';
import { learn, type Named } from '../names/layouts';
import { formatRows, layoutIn } from '../names/words';
import type { QueryScope } from '../shell/query-scope';
import { questionOf } from '../shell/query-scope';
import { dimensionOf, type Part, valueText } from './dimensions';
import type { Row } from './row';

export interface BreakdownQuery extends QueryScope {
  part: Part;
  limit: number;
}

/** As many as a tall panel shows before "more" is asked for, and after. */
const FEW = 10;
const MANY = 100;

/** How many rows a panel of this height has room for. */
export const rowsFor = (height: number): number => Math.min(FEW, Math.max(3, Math.floor((height - 400) / 27)));

/** How many are asked for: one more than are ever shown, which tells that there are more. */
export const limitFor = (more: boolean): number => (more ? MANY : FEW + 1);

/** Carries what it is about: it may be shown a moment longer than it was asked for. */
export interface Breakdown {
  part: Part;
  dimension: AnyDimension;
  rows: Row[];
  partial: Missing[];
}

export async function loadBreakdown(query: BreakdownQuery, signal: AbortSignal, now: number): Promise<Breakdown> {
  const { part, limit } = query;
  const question = questionOf(query, now);
  const dimension = dimensionOf(part);
  if (part === 'entries' || part === 'exits') {
    const sessions = await getSessions(question, limit, signal);
    const rows = sessions[part].map(({ path, sessions: amount }) => ({
      value: path,
      text: path,
      note: '',
      amount,
      visitors: null,
      dwellMs: null,
    }));
    const named = await layoutsOf(rows, question.site, dimension, signal);
    return { part, dimension, rows: formatRows(rows, named, question.site, dimension), partial: sessions.partial ?? [] };
  }
  const [top, notes, homes] = await Promise.all([
    getTop(question, dimension, limit, signal),
    notesFor(part, question, signal),
    dimension === 'panel_id' ? homesOfPanels(question, signal) : [],
  ]);
  const rows = top.items.map(({ value, views, visitors, dwellMs }) => ({
    value,
    text: valueText(dimension, value),
    note: notes.get(value) ?? '',
    amount: views,
    visitors,
    dwellMs,
  }));
  const named = await layoutsOf([...rows, ...homes], question.site, dimension, signal);
  return { part, dimension, rows: formatRows(rows, named, question.site, dimension), partial: top.partial ?? [] };
}

/** Titles of the layouts that these rows are about. */
const layoutsOf = (rows: readonly { value: string }[], site: string, dimension: AnyDimension, signal: AbortSignal): Promise<Named> => {
  // A panel is known by the layouts that it may stand in.
  const of = dimension === 'panel_id' ? 'layout_id' : dimension;
  return learn(
    rows.map(({ value }) => layoutIn(site, of, value)).filter((id) => id !== null),
    signal,
  );
};

/** The layouts of the same visits: what was looked at in a panel was looked at in one of them. */
const homesOfPanels = async (question: Question, signal: AbortSignal): Promise<{ value: string }[]> =>
  (await getTop(question, 'layout_id', MANY, signal)).items;

/** A widget's most opened version, and how many others there were: `1.4.0 +2`. */
async function notesFor(part: Part, { site, span }: Question, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  if (part !== 'widget') return new Map();
  const { items } = await getWidgets(site, span, signal);
  return new Map(
    items.map(({ widget, versions: [first, ...others] }) => [
      widget,
      first ? `${shownVersion(first.version)}${others.length > 0 ? ` +${others.length}` : ''}` : '',
    ]),
  );
}
