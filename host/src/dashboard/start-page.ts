/** Where `/` leads a person on this browser. By person: whoever signs in after them starts where they themselves chose. */

export type StartPage =
  /** The layout that was shown last. */
  | { kind: 'last' }
  | { kind: 'department' }
  | { kind: 'library' }
  /** `title`: as it was called when it was chosen. */
  | { kind: 'layout'; layout: string; title: string };

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export const startKey = (user: string): string => `dm.start.${user}`;
const lastKey = (user: string): string => `dm.last.${user}`;

/** undefined: nothing was chosen. */
export function readStartPage(user: string, storage: Kept): StartPage | undefined {
  try {
    const kept = JSON.parse(storage.getItem(startKey(user)) ?? 'null') as Partial<Record<string, unknown>> | null;
    const { kind, layout, title } = kept ?? {};
    if (kind === 'last' || kind === 'department' || kind === 'library') return { kind };
    return kind === 'layout' && typeof layout === 'string' && typeof title === 'string' ? { kind, layout, title } : undefined;
  } catch {
    // Written by something else: as good as nothing.
    return undefined;
  }
}

export function writeStartPage(user: string, start: StartPage, storage: Kept): void {
  storage.setItem(startKey(user), JSON.stringify(start));
}

/** The path of what was shown last. */
export const readLastShown = (user: string, storage: Kept): string | undefined => storage.getItem(lastKey(user)) ?? undefined;

export function noteLastShown(user: string, path: string, storage: Kept): void {
  try {
    storage.setItem(lastKey(user), path);
  } catch (cause) {
    console.warn('This browser does not remember which layout was shown last.', cause);
  }
}
