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

  /** One sentence for the person who looks at the panel. */
  get text(): string {
    return SENTENCES[this.reason](this);
  }

  /** What its team can do about it; undefined where there is nothing but to try again. */
  get mend(): string | undefined {
    return mends()[this.reason];
  }
}

const SENTENCES: Record<Reason, (failure: WidgetFailure) => string> = {
  wrong_bytes: () => i18n.t('A file of this widget is not the one that was published, so the browser refused it.'),
  not_published: ({ file }) =>
    i18n.t('This widget asks for {file}, which is not part of its published version, so the browser refused it.', {
      file: fileName(file),
    }),
  unavailable: ({ stage }) =>
    stage === 'resolve'
      ? i18n.t('The registry cannot be reached, so this widget is not known yet.')
      : i18n.t('A file of this widget could not be fetched.'),
  no_answer: ({ stage }) =>
    stage === 'resolve'
      ? i18n.t('The registry has not answered for 15 seconds. It is shown as soon as it does.')
      : i18n.t('This widget has not answered for 15 seconds. It is shown as soon as it does.'),
  not_a_module: ({ file, what }) =>
    what === undefined
      ? builtAsScript(file)
      : i18n.t('{file} of this widget is a module, but no container: it does not export {what}.', { file: fileName(file), what }),
  not_a_script: ({ file }) =>
    i18n.t('The worker {file} of this widget was built as a module, and a worker is one script.', { file: fileName(file) }),
  share_missing: ({ what }) => i18n.t('This widget needs the module “{what}” from the dashboard, which does not offer it.', { what }),
  policy_refused: ({ what, file }) =>
    i18n.t('The page’s policy ({what}) refused what {file} of this widget does.', { what, file: fileName(file) }),
  no_element: ({ cause }) => i18n.t('This widget has no element to show: {reason}.', { reason: messageOf(cause) }),
  threw: ({ stage }) =>
    stage === 'running' ? i18n.t('This widget ran into an error.') : i18n.t('This widget ran into an error while starting.'),
  mended: () => i18n.t('A damaged copy of a file was replaced. Try again.'),
  widget_unknown: () => i18n.t('The registry knows no widget of this name.'),
  version_unknown: () => i18n.t('No published version of this widget fits what the layout asks for.'),
  version_yanked: ({ answer }) =>
    answer?.error.reason
      ? i18n.t('Its publisher says: “{reason}”', { reason: answer.error.reason })
      : i18n.t('Its publisher withdrew this version.'),
  spec_invalid: () => i18n.t('The layout asks for this widget in a way that cannot be understood.'),
};

const builtAsScript = (file: string | undefined): string =>
  i18n.t('This widget was built as a script: {file} is no ES module, so there is nothing in it to load.', { file: fileName(file) });

const mends = (): Partial<Record<Reason, string>> => ({
  wrong_bytes: i18n.t('Something between the registry and this browser changed it: a proxy, a cache or a disk. The widget itself is fine.'),
  not_published: i18n.t('Its team publishes that file with the widget, or builds without it.'),
  unavailable: i18n.t('Try again in a moment.'),
  no_answer: i18n.t('Whoever runs the dashboard sees what the registry and its files answer.'),
  not_a_module: i18n.t('Its team builds the container as a module (library type “module”) and publishes a new version.'),
  not_a_script: i18n.t('Its team builds the worker as one classic script (format “iife”), without imports and exports.'),
  share_missing: i18n.t('Its team builds the module into the widget, or shares it with a copy of its own to fall back on.'),
  policy_refused: i18n.t('Its team does without it: docs/widgets.md says what the policy lets through, and what to use instead.'),
  no_element: i18n.t('Its team exports the class by default, or names the tag as “element” in widget.json.'),
});

/** Path below the version of a widget, for people. */
const fileName = (file: string | undefined): string =>
  file?.replace(/^https?:\/\/[^/]+\/remotes\/[^/]+\/[^/]+\//, '').replace(/\?\d+/, '') || i18n.t('a file');

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
