/** What a figure is: how Chart.js draws it, and what is told about each of its values. */
import type { ChartConfiguration } from 'chart.js';

export const TOKENS = ['font', 'fg', 'fg-2', 'fg-3', 'line', 'line-strong', 'surface', 'accent', 'series-1', 'series-2'] as const;
export type Colours = Record<(typeof TOKENS)[number], string>;

export interface Told {
  title: string;
  lines: { label: string; value: string; swatch: 1 | 2 | null }[];
}

export interface Figure {
  /** For assistive technology: what it shows, in one sentence. */
  label: string;
  count: number;
  /** Along which axis one goes from value to value. */
  axis: 'x' | 'y';
  config(colours: Colours): ChartConfiguration;
  tell(index: number): Told;
  /** The same figures as a table: header cells, then rows. */
  table: { head: string[]; rows: string[][] };
}
