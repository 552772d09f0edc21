import { messageOf, tamed } from '../remotes/failure';

/** What of the page a widget laid its hands on. */
export type Reach = 'title' | 'address' | 'keys' | 'events' | 'cover' | 'dialog' | 'screen';

/** A panel whose widget may be at fault for an error that nobody caught. */
export interface ErrorTarget {
  readonly element: HTMLElement;
  /** Absolute addresses below which the files of its widgets lie: of the one that runs, and of one that is tried. */
  bases(): readonly string[];
  /** `base`: whose error it is. `file` where a chunk did not load. */
  attributeError(error: unknown, base: string, file: string | undefined): void;
  /** It was kept from it; `allow` lets it happen all the same. */
  overstepped(reach: Reach, base: string, allow?: () => void): void;
}

const targets = new Set<ErrorTarget>();
let listening = false;

/** From now on, errors out of the widget's files are shown in its panel instead of anywhere else. */
export function attributeErrors(target: ErrorTarget): () => void {
  targets.add(target);
  if (!listening) {
    listening = true;
    addEventListener('error', (event) => {
      if (attribute(event.error ?? event.message, event.filename)) event.preventDefault();
    });
    addEventListener('unhandledrejection', (event) => {
      if (attribute(event.reason, '')) event.preventDefault();
    });
  }
  return () => targets.delete(target);
}

/**
 * Runs what calls into a widget and answers with what it threw. A throwing connectedCallback throws to nobody: the browser
 * reports it to the window, at once, which is where it is caught.
 */
export function guarded(run: () => void): unknown[] {
  const errors: unknown[] = [];
  const onError = (event: ErrorEvent): void => {
    errors.push(tamed(event.error ?? event.message));
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener('error', onError, true);
  try {
    run();
  } catch (error) {
    errors.push(tamed(error));
  } finally {
    removeEventListener('error', onError, true);
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
  [...targets].flatMap((target) => {
    const base = target.bases().find((one) => address.startsWith(one));
    if (base === undefined) return [];
    return [{ element: target.element, overstepped: (reach: Reach, allow?: () => void) => target.overstepped(reach, base, allow) }];
  });

/** The frames of all panels. */
export const panelElements = (): HTMLElement[] => [...targets].map(({ element }) => element);

function attribute(thrown: unknown, filename: string): boolean {
  const error = tamed(thrown);
  const message = messageOf(error);
  const text = `${filename}\n${message}\n${error instanceof Error ? error.stack : ''}`;
  const named = [...targets].flatMap((target) => {
    const base = target.bases().find((one) => text.includes(one));
    return base === undefined ? [] : [{ target, base }];
  });
  // Two panels with the same version have the same files: the one that is being used is the likelier one.
  const used = named.filter(({ target }) => target.element.contains(document.activeElement));
  for (const { target, base } of used.length > 0 ? used : named) target.attributeError(error, base, fileIn(message, base));
  return named.length > 0;
}

/** `Failed to fetch dynamically imported module: …` names the chunk in its message, an ordinary error only in its stack. */
const fileIn = (message: string, base: string): string | undefined =>
  [...message.matchAll(/https?:\/\/[^\s"')]+/g)].map(([url]) => url).find((url) => url.startsWith(base));
