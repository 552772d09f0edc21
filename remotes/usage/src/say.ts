/** What this widget says, in the language of the page around it. */
import { translator } from '@datamesh/widget-sdk';
import { GERMAN } from './german';

export const say = translator({ de: GERMAN });

/** Where the tracker says what its figures lack; what it says in other words stays as it is. */
const LACKING: readonly [RegExp, string][] = [
  [/^what fewer than (?<least>\d+) visitors did is not shown$/, 'what fewer than {least} visitors did is not shown'],
  [/^(?<away>\d+) of (?<all>\d+) servers of the store did not answer$/, '{away} of {all} servers of the store did not answer'],
  [/^the store reports (?<what>.+)$/, 'the store reports {what}'],
];

/** Notes of the tracker, as one. */
export const sayAll = (notes: readonly string[]): string => notes.map(formatNote).join('; ');

function formatNote(note: string): string {
  for (const [pattern, text] of LACKING) {
    const found = pattern.exec(note)?.groups;
    if (found) return say(text, found);
  }
  return say(note);
}
