import { messageOf, tamed } from '../remotes/failure';

/** What of the page a widget laid its hands on. */
export type Reach = 'title' | 'address' | 'keys' | 'events' | 'cover' | 'dialog';

/** A panel whose widget may be at fault for an error that nobody caught. */
export interface Suspect {
  readonly element: HTMLElement;
  /** Absolute addresses below which the files of its widgets lie: of the one that runs, and of one that is tried. */
  bases(): readonly string[];
  /** `base`: whose error it is. `file` where a chunk did not load. */
  accuse(error: unknown, base: string, file: string | undefined): void;
  /** It was kept from it; `allow` lets it happen all the same. */
  overstepped(reach: Reach, base: string, allow?: () => void): void;
}

const suspects = new Set<Suspect>();
let listening = false;

/** From now on, errors out of the widget's files are shown in its panel instead of anywhere else. */
export function watchFaults(suspect: Suspect): () => void {
  suspects.add(suspect);
  if (!listening) {
    listening = true;
    addEventListener('error', (event) => {
      if (blame(event.error ?? event.message, event.filename)) event.preventDefault();
    });
    addEventListener('unhandledrejection', (event) => {
      if (blame(event.reason, '')) event.preventDefault();
    });
  }
  return () => suspects.delete(suspect);
}

/**
 * Runs what calls into a widget and answers with what it threw. A throwing connectedCallback throws to nobody: the browser
 * reports it to the window, at once, which is where it is caught.
 */
export function guarded(run: () => void): unknown[] {
  const errors: unknown[] = [];
  const hear = (event: ErrorEvent): void => {
    errors.push(tamed(event.error ?? event.message));
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener('error', hear, true);
  try {
    run();
  } catch (error) {
    errors.push(tamed(error));
  } finally {
    removeEventListener('error', hear, true);
  }
  return errors;
}

/** An element may have properties of its own in place of the browser's, so that looking at it can throw. What cannot be seen then is `otherwise`. */
export function looked<T>(look: () => T, otherwise: T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}

/** A panel, at one of whose files somebody looks. */
export interface Caller {
  readonly element: HTMLElement;
  overstepped(reach: Reach, allow?: () => void): void;
}

/** The panels to which a file may belong. */
export const callersAt = (address: string): Caller[] =>
  [...suspects].flatMap((suspect) => {
    const base = suspect.bases().find((one) => address.startsWith(one));
    if (base === undefined) return [];
    return [{ element: suspect.element, overstepped: (reach: Reach, allow?: () => void) => suspect.overstepped(reach, base, allow) }];
  });

function blame(thrown: unknown, filename: string): boolean {
  const error = tamed(thrown);
  const message = messageOf(error);
  const text = `${filename}\n${message}\n${error instanceof Error ? error.stack : ''}`;
  const named = [...suspects].flatMap((suspect) => {
    const base = suspect.bases().find((one) => text.includes(one));
    return base === undefined ? [] : [{ suspect, base }];
  });
  // Two panels with the same version have the same files: the one that is being used is the likelier one.
  const used = named.filter(({ suspect }) => suspect.element.contains(document.activeElement));
  for (const { suspect, base } of used.length > 0 ? used : named) suspect.accuse(error, base, fileIn(message, base));
  return named.length > 0;
}

/** `Failed to fetch dynamically imported module: …` names the chunk in its message, an ordinary error only in its stack. */
const fileIn = (message: string, base: string): string | undefined =>
  [...message.matchAll(/https?:\/\/[^\s"')]+/g)].map(([url]) => url).find((url) => url.startsWith(base));
