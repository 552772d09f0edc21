import { api, ask } from '../api/client';
import { i18n } from '../language/i18n';
import { browserClock } from '../layouts/ports';
import { versionsLeftBehind } from '../remotes/federation';
import { fieldHasFocus } from '../workspace/lifecycle/fields';
import { type CarriedLayout, carry } from './carried';
import type { OpenDashboard } from './open-dashboard';
import { QuietReload } from './quiet-reload';

const HANDS = ['pointerdown', 'pointermove', 'touchmove', 'wheel', 'keydown', 'input'] as const;

/** The one of this page, once there is one. */
let opened: OpenDashboard | null = null;

/** Until the signal. */
export function offerReloads(dashboard: OpenDashboard, signal: AbortSignal): void {
  opened = dashboard;
  const quiet = new QuietReload({
    clock: browserClock,
    leftBehind: versionsLeftBehind,
    calm: () => !fieldHasFocus() && whyNot(dashboard) === null,
    offer: () => dashboard.store.patch({ reload: true }),
  });
  // What a widget fires by itself is no person.
  const onInput = ({ isTrusted }: Event): void => {
    if (isTrusted) quiet.touched();
  };
  for (const type of HANDS) addEventListener(type, onInput, { capture: true, passive: true, signal });
  signal.addEventListener('abort', () => {
    quiet.stop();
    if (opened === dashboard) opened = null;
  });
}

/** Loads the page anew with everything as it was; where that cannot be promised right now, says why, and the page stays. */
export async function reloadPage(dashboard: OpenDashboard): Promise<void> {
  const stays = await reloadQuietly(dashboard);
  if (stays !== null) dashboard.toasts.show('warn', stays);
}

/** The same where nobody has asked for it: answers why the page stays, in a person's words; null: it goes. */
export async function reloadQuietly(dashboard: OpenDashboard): Promise<string | null> {
  // A stream can be open that leads nowhere: a page that works is given up only for one that will come.
  return whyNot(dashboard) ?? (await unreachable()) ?? whyNot(dashboard) ?? leave(dashboard);
}

/** The same for whoever knows no dashboard, whatever the page shows. */
export async function reloadThisPage(): Promise<string | null> {
  if (opened) return reloadQuietly(opened);
  location.reload();
  return null;
}

/** What would be gone with the page, or keep the next one from coming; in a person's words. */
function whyNot(dashboard: OpenDashboard): string | null {
  const { drawer, dialog, connection, signedOut, place } = dashboard.store.getSnapshot();
  if (signedOut) return i18n.t('Sign in again first, then reload.');
  if (connection !== 'live') return away();
  if (drawer || dialog) return i18n.t('Close what is open over the dashboard first, then reload.');
  if (place.kind === 'loading') return i18n.t('Something is still loading. Reload when it is there.');
  for (const open of dashboard.layouts()) {
    const reason = open.whyItStays;
    if (reason !== null) return reason;
  }
  return null;
}

const away = (): string => i18n.t('The server is out of reach, so this page stays. Reload when it is back.');

async function unreachable(): Promise<string | null> {
  try {
    await ask(api.GET('/session'));
    return null;
  } catch {
    // Whatever it is, the next page would meet it as well; that one is no longer signed in is said by its banner.
    return away();
  }
}

function leave(dashboard: OpenDashboard): string | null {
  const { user } = dashboard.store.getSnapshot().session;
  const layouts = new Map<string, CarriedLayout>(dashboard.untouched);
  for (const open of dashboard.layouts()) layouts.set(open.id, open.carried);
  try {
    carry(user.id, layouts, () => sessionStorage);
  } catch (cause) {
    console.warn('This browser does not keep what is open.', cause);
    dashboard.store.patch({ reload: false });
    return i18n.t('This browser has no room to keep what is open, so this page stays. Save your work, then reload it yourself.');
  }
  location.reload();
  return null;
}
