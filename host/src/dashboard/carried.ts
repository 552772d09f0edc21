/** What a page hands to the one that takes its place, so that loading it anew loses nothing. */
import type { CarriedSession } from '../layouts/layout-session';
import type { Mode, WorkspaceView } from '../workspace/types';

/** Of what is below: the page that comes may be of another version of the dashboard, and takes nothing that it cannot read. */
const FORMAT = 1;

export interface CarriedLayout extends CarriedSession {
  mode: Mode;
  view: WorkspaceView;
}

/** Of this browser tab, and of this person: somebody else may sign in after them. */
const keyOf = (user: string): string => `dm.carried.${user}`;

/**
 * By layout; without undo and redo where there is no room for those. Throws where the browser has none for the rest either, or forbids
 * it: then the page must stay.
 */
export function carry(user: string, layouts: ReadonlyMap<string, CarriedLayout>, storage: () => Storage): void {
  const tab = storage();
  const put = (kept: [string, CarriedLayout][]): void => tab.setItem(keyOf(user), JSON.stringify({ format: FORMAT, layouts: kept }));
  try {
    put([...layouts]);
  } catch (cause) {
    console.info('This browser has no room for what could be undone.', cause);
    put([...layouts].map(([id, { steps: _steps, ...rest }]) => [id, rest]));
  }
}

/** Once: what was taken is gone. Where there is nothing, or nothing that can be read, the page opens as any other. */
export function takeCarried(user: string, storage: () => Storage): Map<string, CarriedLayout> {
  try {
    const text = storage().getItem(keyOf(user));
    if (text === null) return new Map();
    storage().removeItem(keyOf(user));
    const { format, layouts } = JSON.parse(text) as { format?: unknown; layouts: [string, CarriedLayout][] };
    return new Map(format === FORMAT ? layouts : []);
  } catch (cause) {
    console.warn('What the page before had open cannot be read.', cause);
    return new Map();
  }
}
