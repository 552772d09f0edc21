import uFuzzy from '@leeoniya/ufuzzy';
import { matchSorter, rankings } from 'match-sorter';

export interface Found {
  id: string;
  label: string;
  detail?: string | undefined;
  /** Not offered before anything was typed. */
  whenTyped?: boolean;
  run(): void;
}

/** Of each kind, once something was typed. */
export const OFFERED = 8;

const KEYS = { keys: ['label', 'detail'] };

/** A letter too many, one missing, another one, or two of them in the wrong order: one such slip in each word. */
const slips = new uFuzzy({ unicode: true, intraMode: 1, intraSub: 1, intraIns: 1, intraDel: 1, intraTrn: 1 });

/** The best fits first: of how it begins, of words, of words with a slip in them, of letters in their order. */
export function fitting(commands: readonly Found[], typed: string): Found[] {
  if (typed === '') return commands.filter(({ whenTyped }) => !whenTyped);
  const plain = matchSorter(commands, typed, { ...KEYS, threshold: rankings.CONTAINS });
  const found = new Set([...plain, ...withSlips(commands, typed), ...matchSorter(commands, typed, KEYS)]);
  return [...found].slice(0, OFFERED);
}

function withSlips(commands: readonly Found[], typed: string): Found[] {
  const labels = uFuzzy.latinize(commands.map(({ label }) => label));
  const [indices] = slips.search(labels, uFuzzy.latinize(typed), 1);
  return (indices ?? []).flatMap((at) => commands[at] ?? []);
}
