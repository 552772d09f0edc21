/** A power user builds a layout, watches widgets react, moves a panel, saves and comes back. */
import { it } from 'vitest';
import { arrangeWatchSaveReload } from '../harness/arranging';
import { journey } from '../harness/journey';

const here = journey();

it('adds widgets, sees them react, moves one with its state, saves, reloads: everything is there', () => arrangeWatchSaveReload(here));
