import { i18n } from '../../language/i18n';
import { messageOf, type WidgetFailure } from '../../remotes/failure';
import { mendOf, sentenceOf } from '../../remotes/failure-words';
import { button, node } from '../nodes';

export interface FailureNotice {
  title: string;
  failure: WidgetFailure;
  version: string | undefined;
  /** What can be done, the likeliest first. */
  actions: { label: string; run(): void }[];
  /** Said below the buttons. */
  hint?: string;
}

/** Instead of a widget: what failed, what can be done, and the details for whoever is asked for help. */
export function failureNotice({ title, failure, version, actions, hint }: FailureNotice): HTMLElement {
  const element = node('div', 'dm-failure');
  element.setAttribute('role', 'alert');
  const withdrawn = failure.reason === 'version_yanked';
  const buttons = node('div', 'dm-failure-actions');
  buttons.append(...actions.map(({ label, run }) => button('dm-button', label, run)));
  element.append(
    node('p', 'dm-failure-title', withdrawn ? i18n.t('{title} was withdrawn', { title }) : i18n.t('{title} cannot be shown', { title })),
    node('p', 'dm-failure-text', sentenceOf(failure)),
    buttons,
  );
  const mend = mendOf(failure);
  if (mend) element.append(node('p', 'dm-failure-hint', mend));
  if (hint) element.append(node('p', 'dm-failure-hint', hint));
  element.append(details(failure, version));
  return element;
}

function details(failure: WidgetFailure, version: string | undefined): HTMLElement {
  const element = document.createElement('details');
  element.className = 'dm-failure-details';
  element.append(node('summary', '', i18n.t('Details')));
  const list = document.createElement('dl');
  const facts: [string, string | undefined][] = [
    [i18n.t('Widget'), failure.widget],
    [i18n.t('Version'), version],
    [i18n.t('Step'), failure.stage],
    [i18n.t('Code'), failure.reason],
    [i18n.t('File'), failure.file?.replace(location.origin, '')],
    [i18n.t('Message'), failure.cause === undefined ? undefined : messageOf(failure.cause)],
  ];
  for (const [name, value] of facts) if (value) list.append(node('dt', '', name), node('dd', '', value));
  element.append(list);
  return element;
}
