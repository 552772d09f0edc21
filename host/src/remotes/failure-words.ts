/** What went wrong with a widget, for people. */
import { i18n } from '../language/i18n';
import { messageOf, type Reason, type WidgetFailure } from './failure';

/** One sentence for the person who looks at the panel. */
export const sentenceOf = (failure: WidgetFailure): string => SENTENCES[failure.reason](failure);

/** What its team can do about it; undefined where there is nothing but to try again. */
export const mendOf = ({ reason }: WidgetFailure): string | undefined => mends()[reason];

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
