/** A whole page of the dashboard as it is when the services answer so: a room in one of its states, with a dialog over it if one is named. */
import type { LayoutAnswer, Session } from '@datamesh/contracts';
import { emptyLayout } from '@datamesh/layout';
import { DashboardController } from '../../dashboard/dashboard-controller';
import { LastSeen } from '../../dashboard/last-seen/last-seen';
import { loadPlaceFor, type Place } from '../../dashboard/loading';
import type { Dialog } from '../../dashboard/open-dashboard';
import { layoutPath } from '../../dashboard/route';
import { answerWith, exampleOf } from './answers';
import type { Answers } from './states';

/** Sees everything. */
const session = (): Session => {
  const { user, ...rest } = exampleOf('Session') as Session;
  return { ...rest, user: { ...user, roles: ['admin', 'power-user', 'publisher'], teams: ['markets'] } };
};

const OF_A_LAYOUT: ReadonlySet<string> = new Set(['share', 'history']);

/** The layout that a dialog is about: without panels, as their widgets are not there. */
function layoutPlace(): Place {
  const answer = exampleOf('LayoutAnswer') as LayoutAnswer;
  const { tree, panels } = emptyLayout('');
  return {
    kind: 'layout',
    path: layoutPath(answer.layout.id),
    answer: { ...answer, layout: { ...answer.layout, tree, panels } },
    pin: null,
  };
}

/** `dialog`: over it; null: none. */
export async function openRoom(path: string, answers: Answers, dialog: string | null): Promise<DashboardController> {
  const who = session();
  const place = dialog !== null && OF_A_LAYOUT.has(dialog) ? layoutPlace() : await loadPlaceFor(who, path);
  const nowhere = new LastSeen({ storage: null, key: () => Promise.reject(new Error('nothing is kept')), now: Date.now });
  answerWith(answers);
  const controller = new DashboardController({ session: who, place }, nowhere);
  controller.store.patch({ connection: 'live' });
  if (dialog !== null) controller.openDialog({ kind: dialog } as Dialog);
  return controller;
}
