/** The steps of a funnel, as settings carry them: `path:/pricing`, `event_name:signup`. Pure. */
import type { Funnel } from '@datamesh/contracts';
import { dimensionTitle, isDimension, valueText } from '../breakdown/dimensions';
import { type Filter, filterText } from '../filters/filters';

export type Step = Filter;

export const MIN_STEPS = 2;
export const MAX_STEPS = 8;
/** Minutes, from the first step to the last. */
export const WINDOWS: readonly { minutes: number; title: string }[] = [
  { minutes: 30, title: '30 minutes' },
  { minutes: 60, title: 'an hour' },
  { minutes: 1440, title: 'a day' },
  { minutes: 10080, title: '7 days' },
  { minutes: 43200, title: '30 days' },
  { minutes: 129600, title: '90 days' },
];
export const USUAL_WINDOW = 10080;

export const KINDS = ['path', 'event_name', 'widget'] as const;

/** Texts that are no steps are left out: settings may be written by hand. */
export function readSteps(value: unknown): Step[] {
  if (!Array.isArray(value)) return [];
  const steps = (value as unknown[]).flatMap((text): Step[] => {
    if (typeof text !== 'string') return [];
    const colon = text.indexOf(':');
    const dimension = text.slice(0, colon);
    const rest = text.slice(colon + 1);
    return colon > 0 && rest !== '' && isDimension(dimension) ? [{ dimension, value: rest }] : [];
  });
  return steps.slice(0, MAX_STEPS);
}

export const writeSteps = (steps: readonly Step[]): string[] => complete(steps).map(filterText);

/** Those that say something. */
export const complete = (steps: readonly Step[]): Step[] =>
  steps.map(({ dimension, value }) => ({ dimension, value: value.trim() })).filter(({ value }) => value !== '');

/** What an editor begins with: at least two lines to fill in. */
export const editable = (steps: readonly Step[]): Step[] => [
  ...steps,
  ...Array.from({ length: Math.max(0, MIN_STEPS - steps.length) }, (): Step => ({ dimension: 'path', value: '' })),
];

export function moveStep(steps: readonly Step[], index: number, by: -1 | 1): Step[] {
  const to = index + by;
  const moved = [...steps];
  const [step] = moved.splice(index, 1);
  if (!step || to < 0 || to > moved.length) return [...steps];
  moved.splice(to, 0, step);
  return moved;
}

export const stepText = ({ dimension, value }: Step): string => `${dimensionTitle(dimension)}: ${valueText(dimension, value)}`;

export interface Result {
  text: string;
  visitors: number;
  /** In percent of those who began. */
  ofFirst: number;
  /** In percent of the step before; null for the first. */
  lost: number | null;
  lostVisitors: number;
  medianMs: number | null;
}

export function resultsOf({ steps }: Funnel): Result[] {
  const first = steps[0]?.visitors ?? 0;
  const percent = (part: number, all: number): number => (all === 0 ? 0 : Math.round((part / all) * 1000) / 10);
  return steps.map(({ step, visitors, medianMs }, index) => {
    const before = steps[index - 1]?.visitors;
    const [read] = readSteps([step]);
    return {
      text: read ? stepText(read) : step,
      visitors,
      ofFirst: percent(visitors, first),
      lost: before === undefined ? null : percent(before - visitors, before),
      lostVisitors: (before ?? visitors) - visitors,
      medianMs,
    };
  });
}
