import { i18n } from '../language/i18n';
import { messageOf, type WidgetFailure } from '../remotes/failure';

/** Most widgets are there by then, and nothing was drawn for them in vain; milliseconds. */
const UNSEEN = 300;

/** Shown while a widget loads. */
export function skeleton(): HTMLElement {
  const element = node('div', 'dm-skeleton');
  element.setAttribute('role', 'status');
  setTimeout(() => element.isConnected && element.append(node('span', 'dm-hidden', i18n.t('Loading')), bars()), UNSEEN);
  return element;
}

function bars(): HTMLElement {
  const element = node('div', 'dm-skeleton-bars');
  for (const width of ['40', '90', '75', '82', '60']) {
    const bar = node('i', 'dm-skeleton-bar');
    bar.style.width = `${width}%`;
    element.append(bar);
  }
  return element;
}

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
    node('p', 'dm-failure-text', failure.text),
    buttons,
  );
  if (failure.mend) element.append(node('p', 'dm-failure-hint', failure.mend));
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

export function node<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string, text?: string): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

export function button(className: string, label: string, run: () => void): HTMLButtonElement {
  const element = node('button', className, label);
  element.type = 'button';
  element.addEventListener('click', run);
  return element;
}
