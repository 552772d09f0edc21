/** What layouts are looked up by: each panel has terms, which both stores index, and a question is the terms that one panel must have. */
import type { Panel } from '@datamesh/contracts';
import { nameIn } from '../layout';

/** All that is asked of one and the same panel. */
export interface HoldingQuestion {
  widget?: string | undefined;
  /** A data source, by its name. */
  source?: string | undefined;
  setting?: string | undefined;
  /** Of that setting, as text: `3` and `true` also find the number and the truth. */
  value?: string | undefined;
}

export interface PanelTerms {
  panel: string;
  terms: string[];
}

/** Longer values are not looked up: they are prose. */
const longestValue = 200;
/** Of one layout, so that a hostile one costs little more to save than any other. Names come before values. */
export const maxTerms = 5_000;

const widgetTerm = (name: string): string => `widget ${name}`;
/** As JSON: it tells a name from a value, and is well-formed whatever they are. */
const settingTerm = (name: string): string => `setting ${JSON.stringify([name])}`;
const valueTerm = (name: string, value: string): string => `value ${JSON.stringify([name, value])}`;
const sourceTerm = (source: string): string => `source ${source}`;

/** `markets`, or a table in it: `markets/instruments.json`. */
const sourceIn = (value: string): string | undefined => /^([a-z][a-z0-9-]{0,49})(?:\/|$)/.exec(value)?.[1];

/** The most particular first: a store is led by it. */
export function termsAsked({ widget, source, setting, value }: HoldingQuestion): string[] {
  return [
    ...(setting !== undefined && value !== undefined ? [valueTerm(setting, value)] : setting !== undefined ? [settingTerm(setting)] : []),
    ...(source === undefined ? [] : [sourceTerm(source)]),
    ...(widget === undefined ? [] : [widgetTerm(widget)]),
  ];
}

/** Of every panel, in their order. */
export function termsOf(panels: Readonly<Record<string, Panel>>): PanelTerms[] {
  const entries = Object.entries(panels).map(([panel, { widget, settings = {}, bindings = [] }]) => ({
    panel,
    settings,
    // A wire needs the setting that it sets as much as whoever set it by hand.
    names: new Set([...Object.keys(settings), ...bindings.flatMap(({ setting }) => setting ?? [])]),
    terms: new Set([widgetTerm(nameIn(widget))]),
  }));
  let left = maxTerms - entries.length;
  const add = (terms: Set<string>, term: string): void => {
    if (left <= 0 || terms.has(term)) return;
    terms.add(term);
    left -= 1;
  };
  for (const { names, terms } of entries) for (const name of [...names].filter(isShort)) add(terms, settingTerm(name));
  for (const { settings, terms } of entries)
    for (const [name, value] of Object.entries(settings).filter(([one]) => isShort(one)))
      for (const one of valuesIn(value)) {
        if (left <= 0) break;
        const text = String(one);
        if (!isShort(text)) continue;
        add(terms, valueTerm(name, text));
        const source = typeof one === 'string' ? sourceIn(one) : undefined;
        if (source !== undefined) add(terms, sourceTerm(source));
      }
  return entries.map(({ panel, terms }) => ({ panel, terms: [...terms] }));
}

const isShort = (text: string): boolean => text.length <= longestValue;

/** What stands in it, however deep: texts, numbers, truths. Level by level, as it may be deeper than the stack. */
function* valuesIn(value: unknown): Generator<string | number | boolean> {
  let level = [value];
  while (level.length > 0) {
    const below: unknown[] = [];
    for (const one of level) {
      if (typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean') yield one;
      else if (typeof one === 'object' && one !== null) for (const inner of Object.values(one)) below.push(inner);
    }
    level = below;
  }
}
