/** What is said in a panel about the versions of its widget. */

import type { PanelBinding } from '@datamesh/contracts';
import { shownVersion } from '@datamesh/contracts/versions';
import type { WidgetFailure } from '../remotes/failure';
import type { Resolution } from '../remotes/resolution';
import type { Reach } from './faults';
import type { Effect, Hold } from './lifecycle/types';
import type { Note, NoteAction } from './notes';

export const readyNote = ({ version }: Resolution, hold: Hold, update: () => void): Note => ({
  tone: 'info',
  text: `${shownVersion(version)} is ready.${hold === 'dirty' ? ' What you entered might be lost.' : ''}`,
  actions: [{ label: 'Update now', run: update }],
});

export const keptNote = (failed: Resolution | null, runs: Resolution, failure: WidgetFailure, again: () => void): Note => ({
  tone: 'warn',
  text: `${failed ? shownVersion(failed.version) : 'The newer version'} failed to start. ${shownVersion(runs.version)} goes on running.`,
  detail: whole(failure),
  actions: [{ label: 'Try again', run: again }],
});

export const lateNote = (late: Resolution | null, runs: Resolution, again: () => void): Note => ({
  tone: 'warn',
  text: `${late ? shownVersion(late.version) : 'The registry'} does not answer. ${shownVersion(runs.version)} goes on running.`,
  actions: [{ label: 'Try again', run: again }],
});

export const returnedNote = ({ from, to, failure }: Extract<Effect, { kind: 'returned' }>, again: () => void): Note => ({
  tone: 'warn',
  text: `${shownVersion(from.version)} failed, so you see ${shownVersion(to.version)}, which worked before.`,
  detail: whole(failure),
  actions: [{ label: 'Try again', run: again }],
});

/** For whoever looks into it: the sentence, what helps, and the code. */
export const whole = (failure: WidgetFailure): string => [failure.text, failure.mend, failure.message].filter(Boolean).join(' ');

/** A version that its publisher took back, and why. */
export interface Withdrawal {
  version: string;
  reason: string | undefined;
}

/** `runs`: what took the place of the withdrawn version. */
export const withdrawnNote = (gone: Withdrawal, runs: string): Note => ({
  tone: 'warn',
  text: `${withdrawal(gone)} You see ${shownVersion(runs)} now.`,
});

export const withdrawal = ({ version, reason }: Withdrawal): string =>
  `${shownVersion(version)} was withdrawn by its publisher${reason ? `: “${reason}”` : ''}.`;

export const problemNote = (message: string, reload: () => void): Note => ({
  tone: 'bad',
  text: 'Something in this widget failed.',
  detail: message,
  actions: [{ label: 'Reload', run: reload }],
});

export const deprecatedNote = (text: string, onDismiss: () => void): Note => ({
  tone: 'info',
  text: `The publisher advises against this version: “${text}”`,
  onDismiss,
});

/** What the layout wired does not fit what the widget takes. */
export const wireNote = ({ setting, attribute, take }: PanelBinding, why: string): Note => ({
  tone: 'warn',
  text: `The wire to “${setting ?? attribute}” brought something that cannot be set.`,
  detail: `${take}: ${why}`,
});

/** The browser has one class for a tag, whatever versions define it. */
export const sharedNote = (tags: readonly string[]): Note => ({
  tone: 'info',
  text: `This browser cannot keep versions apart: ${new Intl.ListFormat('en').format(tags.map((tag) => `<${tag}>`))} of this widget is what another version on this page made it.`,
});

/** What a widget was kept from. */
export const REACHES: Record<Reach, string> = {
  title: 'changing the page’s title',
  address: 'changing the page’s address',
  keys: 'taking keys typed elsewhere',
  events: 'taking clicks made elsewhere',
  cover: 'covering the page',
  dialog: 'stopping the page with a dialog',
};

export const reachedNote = (reached: readonly Reach[], show: (() => void) | undefined): Note => ({
  tone: 'warn',
  text: `This widget was kept from ${new Intl.ListFormat('en').format(reached.map((reach) => REACHES[reach]))}.`,
  ...(show ? { actions: [{ label: 'Show it', run: show }] } : {}),
});

/** What a panel offers instead of a version that cannot be shown; `use` takes a spec. */
export function substitutes(name: string, failure: WidgetFailure, good: Resolution | null, use: (spec: string) => void): NoteAction[] {
  const { nearest, stable } = failure.answer?.error.instead ?? { nearest: null, stable: null };
  const version = nearest ?? (failure.stage === 'resolve' ? null : (good?.version ?? null));
  return [
    ...(version ? [{ label: `Use ${shownVersion(version)}`, run: () => use(`${name}@${version}`) }] : []),
    ...(stable ? [{ label: `Follow stable (${shownVersion(stable)})`, run: () => use(`${name}@stable`) }] : []),
  ];
}
