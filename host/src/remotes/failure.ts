import type { ResolutionFailure } from '@datamesh/contracts';
import { i18n } from '../language/i18n';

/** What was being done when it failed. */
export type LoadPhase = 'resolve' | 'container' | 'element' | 'connect' | 'running';

/** Stable codes of what went wrong with a widget; docs/widgets.md says the same to whoever makes one. */
export type Reason =
  | 'wrong_bytes'
  | 'not_published'
  | 'unavailable'
  /** Its code neither came nor failed for longer than anybody waits. */
  | 'no_answer'
  | 'not_a_module'
  /** A worker's file, which is an ES module. */
  | 'not_a_script'
  | 'share_missing'
  | 'policy_refused'
  | 'no_element'
  | 'threw'
  /** A wrong copy lay in the browser's cache, where `immutable` would keep it for a year; now a right one does. */
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
    readonly stage: LoadPhase,
    readonly reason: Reason,
    /** Absolute address, with `:line` where that is known. */
    readonly file: string | undefined,
    cause: unknown,
    /** Where nothing was resolved: what the registry said of it. */
    readonly answer?: ResolutionFailure,
    /** `policy_refused`: the directive; `share_missing`: the module; `not_a_module`: what a module lacks that is no container. */
    readonly what?: string,
  ) {
    super(`${widget}: ${stage} failed (${[reason, what, file].filter(Boolean).join(', ')})`, { cause });
  }
}

/** Causes that are looked at behind one another; an error may well be its own. */
const MAX_CAUSES = 5;
const LONGEST = 2_000;

const wordless = (): string => i18n.t('something that has no words');

/** What was thrown, as something that can be looked at. A widget throws whatever it likes, also what throws itself when it is looked at: a proxy, a getter. */
export function tamed(thrown: unknown): unknown {
  try {
    if (thrown instanceof Error) String([thrown.name, thrown.message, thrown.stack]);
    return thrown;
  } catch {
    return new Error(wordless());
  }
}

/** What was thrown, in words. */
export function messageOf(cause: unknown): string {
  const messages: string[] = [];
  let at = tamed(cause);
  do {
    messages.push(wordsOf(at));
    at = at instanceof Error ? tamed(causeOf(at)) : undefined;
  } while (at && messages.length < MAX_CAUSES);
  return messages.join(' <- ');
}

function wordsOf(thrown: unknown): string {
  try {
    return String(thrown instanceof Error ? thrown.message : thrown).slice(0, LONGEST);
  } catch {
    return wordless(); // an object without a prototype, or one whose words throw
  }
}

function causeOf(error: Error): unknown {
  try {
    return error.cause;
  } catch {
    return undefined; // its own getter threw
  }
}
