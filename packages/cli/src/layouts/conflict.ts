import type { Conflict } from '@datamesh/layout';
import { CliError } from '../problem';
import { partOf } from './part';

/** Both the folder and the server have changed something since the pull. `lines`: what, for a person; nothing was changed for it. */
export const conflict = (lines: readonly string[], mend: string): CliError =>
  new CliError('layout_conflict', ['changed here and on the server since the pull; nothing was changed now', ...lines, mend].join('\n  '));

/** What of a layout was changed on both sides, and into what. */
export const sidesOf = (conflict: Conflict): string =>
  `${partOf(conflict)}: ${asLine(conflict.mine)} here, ${asLine(conflict.theirs)} there`;

export const asLine = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};
