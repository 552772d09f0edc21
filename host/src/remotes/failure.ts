import type { ResolutionFailure } from '@datamesh/contracts';
import { idOf, type Resolution, urlOf } from './resolution';

/** What was being done when it failed. */
export type Stage = 'resolve' | 'container' | 'element' | 'connect' | 'running';

/**
 * Stable codes of what went wrong with a widget.
 * `no_answer`: its code neither came nor failed for longer than anybody waits. `mended`: a wrong copy lay in the browser's cache, where `immutable` would keep it for a year; now a right one does.
 */
export type Reason =
  | 'wrong_bytes'
  | 'no_hash'
  | 'unavailable'
  | 'no_answer'
  | 'no_element'
  | 'threw'
  | 'mended'
  | 'widget_unknown'
  | 'version_unknown'
  | 'version_yanked'
  | 'spec_invalid';

/** What a panel shows instead of its widget. */
export class WidgetFailure extends Error {
  override readonly name = 'WidgetFailure';
  constructor(
    /** `name@version`, or the spec where nothing was resolved. */
    readonly widget: string,
    readonly stage: Stage,
    readonly reason: Reason,
    readonly file: string | undefined,
    cause: unknown,
    /** Where nothing was resolved: what the registry said of it. */
    readonly answer?: ResolutionFailure,
  ) {
    super(`${widget}: ${stage} failed (${reason}${file ? `, ${file}` : ''})`, { cause });
  }

  /** One sentence for the person who looks at the panel. */
  get text(): string {
    return SENTENCES[this.reason](this);
  }
}

const SENTENCES: Record<Reason, (failure: WidgetFailure) => string> = {
  wrong_bytes: () => 'A file of this widget is not the one that was published, so the browser refused it.',
  no_hash: () => 'A file of this widget is not part of its published version, so the browser refused it.',
  unavailable: ({ stage }) =>
    stage === 'resolve'
      ? 'The registry cannot be reached, so this widget is not known yet.'
      : 'A file of this widget could not be fetched.',
  no_answer: ({ stage }) =>
    `${stage === 'resolve' ? 'The registry' : 'This widget'} has not answered for 15 seconds. It is shown as soon as it does.`,
  no_element: ({ cause }) => `This widget has no element to show: ${messageOf(cause)}.`,
  threw: ({ stage }) => (stage === 'running' ? 'This widget ran into an error.' : 'This widget ran into an error while starting.'),
  mended: () => 'A damaged copy of a file was replaced. Try again.',
  widget_unknown: () => 'The registry knows no widget of this name.',
  version_unknown: () => 'No published version of this widget fits what the layout asks for.',
  version_yanked: ({ answer }) =>
    answer?.error.reason ? `Its publisher says: “${answer.error.reason}”` : 'Its publisher withdrew this version.',
  spec_invalid: () => 'The layout asks for this widget in a way that cannot be understood.',
};

/** `import()` only says that it failed. Which file, and why, is found out afterwards. */
export async function explain(widget: Resolution, stage: Stage, cause: unknown): Promise<WidgetFailure> {
  if (cause instanceof WidgetFailure) return cause;
  const id = idOf(widget);
  const base = urlOf(widget, '');
  const file = [...messageOf(cause).matchAll(/https?:\/\/[^\s"')]+/g)].map(([url]) => url).find((url) => url.startsWith(base));
  if (!file) return new WidgetFailure(id, stage, 'threw', undefined, cause);
  const expected = widget.integrity[file.slice(base.length).replace(/\?.*/, '')];
  return new WidgetFailure(id, stage, expected ? await examine(file, expected) : 'no_hash', file, cause);
}

/** Past the cache, and into it: whatever comes replaces the copy that was refused. */
async function examine(url: string, expected: string): Promise<Reason> {
  try {
    const response = await fetch(url, { cache: 'reload' });
    if (!response.ok) return 'unavailable';
    const digest = await crypto.subtle.digest('SHA-384', await response.arrayBuffer());
    const actual = `sha384-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
    return actual === expected ? 'mended' : 'wrong_bytes';
  } catch {
    // The only way to get here is a network that does not answer, which is what the code says.
    return 'unavailable';
  }
}

/** Causes that are looked at behind one another; an error may well be its own. */
const MOST_CAUSES = 5;
const LONGEST = 2_000;

/** What was thrown, in words: a widget throws whatever it likes. */
export function messageOf(cause: unknown): string {
  const messages: string[] = [];
  let at = cause;
  do {
    messages.push(wordsOf(at));
    at = at instanceof Error ? causeOf(at) : undefined;
  } while (at && messages.length < MOST_CAUSES);
  return messages.join(' <- ');
}

function wordsOf(thrown: unknown): string {
  try {
    return String(thrown instanceof Error ? thrown.message : thrown).slice(0, LONGEST);
  } catch {
    return 'something that has no words'; // an object without a prototype, or one whose words throw
  }
}

function causeOf(error: Error): unknown {
  try {
    return error.cause;
  } catch {
    return undefined; // its own getter threw
  }
}
