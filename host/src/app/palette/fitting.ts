import { matchSorter } from 'match-sorter';

export interface Found {
  id: string;
  label: string;
  detail?: string | undefined;
  run(): void;
}

/** Of each kind, once something was typed. */
export const OFFERED = 8;

/** The best fits first: of how it begins, of words, of letters in their order. */
export const fitting = (commands: readonly Found[], typed: string): Found[] =>
  typed === '' ? [...commands] : matchSorter(commands, typed, { keys: ['label', 'detail'] }).slice(0, OFFERED);
