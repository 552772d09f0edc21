/** What is said in a panel about the versions of its widget. */

import type { PanelBinding } from '@datamesh/contracts';
import { shownVersion } from '@datamesh/contracts/versions';
import { listOf } from '../../language/formats';
import { i18n } from '../../language/i18n';
import type { WidgetFailure } from '../../remotes/failure';
import { mendOf, sentenceOf } from '../../remotes/failure-words';
import type { Resolution } from '../../remotes/resolution';
import type { Reach } from '../error-attribution';
import type { Effect, Hold } from '../lifecycle/types';
import type { Note, NoteAction } from './notes';

export const readyNote = ({ version }: Resolution, hold: Hold, update: () => void): Note => ({
  tone: 'info',
  text: [
    i18n.t('{version} is ready.', { version: shownVersion(version) }),
    ...(hold === 'dirty' ? [i18n.t('What you entered might be lost.')] : []),
  ].join(' '),
  actions: [{ label: i18n.t('Update now'), run: update }],
});

export const keptNote = (failed: Resolution | null, runs: Resolution, failure: WidgetFailure, again: () => void): Note => ({
  tone: 'warn',
  text: i18n.t('{failed} failed to start. {runs} goes on running.', {
    failed: failed ? shownVersion(failed.version) : i18n.t('The newer version'),
    runs: shownVersion(runs.version),
  }),
  detail: whole(failure),
  actions: [{ label: i18n.t('Try again'), run: again }],
});

export const lateNote = (late: Resolution | null, runs: Resolution, again: () => void): Note => ({
  tone: 'warn',
  text: i18n.t('{late} does not answer. {runs} goes on running.', {
    late: late ? shownVersion(late.version) : i18n.t('The registry'),
    runs: shownVersion(runs.version),
  }),
  actions: [{ label: i18n.t('Try again'), run: again }],
});

export const returnedNote = ({ from, to, failure }: Extract<Effect, { kind: 'returned' }>, again: () => void): Note => ({
  tone: 'warn',
  text: i18n.t('{failed} failed, so you see {shown}.', {
    failed: shownVersion(from.version),
    shown: shownVersion(to.version),
  }),
  detail: whole(failure),
  actions: [{ label: i18n.t('Try again'), run: again }],
});

/** For whoever looks into it: the sentence, what helps, and the code. */
export const whole = (failure: WidgetFailure): string => [sentenceOf(failure), mendOf(failure), failure.message].filter(Boolean).join(' ');

/** A version that its publisher took back, and why. */
export interface Withdrawal {
  version: string;
  reason: string | undefined;
}

/** `runs`: what took the place of the withdrawn version. */
export const withdrawnNote = (gone: Withdrawal, runs: string): Note => ({
  tone: 'warn',
  text: `${withdrawal(gone)} ${i18n.t('You see {version} now.', { version: shownVersion(runs) })}`,
});

export const withdrawal = ({ version, reason }: Withdrawal): string =>
  reason
    ? i18n.t('{version} was withdrawn by its publisher: “{reason}”.', { version: shownVersion(version), reason })
    : i18n.t('{version} was withdrawn by its publisher.', { version: shownVersion(version) });

export const problemNote = (message: string, reload: () => void): Note => ({
  tone: 'bad',
  text: i18n.t('Something in this widget failed.'),
  detail: message,
  actions: [{ label: i18n.t('Reload'), run: reload }],
});

export const deprecatedNote = (text: string, onDismiss: () => void): Note => ({
  tone: 'info',
  text: i18n.t('The publisher advises against this version: “{text}”', { text }),
  onDismiss,
});

/** What the layout wired does not fit what the widget takes. */
export const wireNote = ({ setting, attribute, take }: PanelBinding, why: string): Note => ({
  tone: 'warn',
  text: i18n.t('The wire to “{setting}” brought something that cannot be set.', { setting: setting ?? attribute }),
  detail: `${take}: ${why}`,
});

/** Both go on: nothing is locked. */
export const whoElseNote = (names: readonly string[]): Note => ({
  tone: 'info',
  text: i18n.t('{count, plural, one {{people} is working on this panel, too.} other {{people} are working on this panel, too.}}', {
    count: names.length,
    people: listOf(names),
  }),
  detail: i18n.t('What both of you change is put together when the second one saves; where it clashes, you are asked.'),
});

/** The browser has one class for a tag, whatever versions define it. */
export const sharedNote = (tags: readonly string[]): Note => ({
  tone: 'info',
  text: i18n.t('This browser cannot keep versions apart: {tags} of this widget is what another version on this page made it.', {
    tags: listOf(tags.map((tag) => `<${tag}>`)),
  }),
});

/** What a widget was kept from. */
const reaches = (): Record<Reach, string> => ({
  title: i18n.t('changing the page’s title'),
  address: i18n.t('changing the page’s address'),
  keys: i18n.t('taking keys typed elsewhere'),
  events: i18n.t('taking clicks made elsewhere'),
  cover: i18n.t('covering the page'),
  dialog: i18n.t('stopping the page with a dialog'),
  screen: i18n.t('looking at the screen'),
});

export const reachedNote = (reached: readonly Reach[], show: (() => void) | undefined): Note => ({
  tone: 'warn',
  text: i18n.t('This widget was kept from {reached}.', { reached: listOf(reached.map((reach) => reaches()[reach])) }),
  ...(show ? { actions: [{ label: i18n.t('Show it'), run: show }] } : {}),
});

/** What a panel offers instead of a version that cannot be shown; `use` takes a spec. */
export function substitutes(name: string, failure: WidgetFailure, good: Resolution | null, use: (spec: string) => void): NoteAction[] {
  const { nearest, stable } = failure.answer?.error.instead ?? { nearest: null, stable: null };
  const version = nearest ?? (failure.stage === 'resolve' ? null : (good?.version ?? null));
  return [
    ...(version ? [{ label: i18n.t('Use {version}', { version: shownVersion(version) }), run: () => use(`${name}@${version}`) }] : []),
    ...(stable
      ? [{ label: i18n.t('Follow stable ({version})', { version: shownVersion(stable) }), run: () => use(`${name}@stable`) }]
      : []),
  ];
}
