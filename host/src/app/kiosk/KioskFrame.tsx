import { useEffect, useState } from 'react';
import { signInPath } from '../../api/client';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import { leaveKiosk } from '../../dashboard/kiosk/kiosk';
import type { Kiosk } from '../../dashboard/open-dashboard';
import type { OpenLayout } from '../../dashboard/open-layout';
import { listOf } from '../../language/formats';
import { i18n } from '../../language/i18n';
import { browserClock } from '../../layouts/ports';
import { useStore } from '../../ui/use-store';
import { AsOf } from '../AsOf';
import { Connection } from '../Connection';
import { Pointer } from './pointer';
import { turnLayouts } from './turning';
import { browserScreen, keepScreenAwake } from './wake-lock';
import './kiosk.css';

/** What is over the layouts of a kiosk, and whatever makes it one. */
export default function KioskFrame({ controller, kiosk }: { controller: DashboardController; kiosk: Kiosk }) {
  const { signedOut, place } = useStore(controller.store);
  const open = place.kind === 'layout' ? place.open : null;
  const pointed = usePointer();
  const [missing, setMissing] = useState<readonly string[]>([]);
  useEffect(() => turnLayouts(controller, kiosk, setMissing), [controller, kiosk]);
  useEffect(() => keepScreenAwake(browserScreen), []);
  useViewing(controller);
  useEffect(() => {
    controller.toasts.unattended = true;
    return () => {
      controller.toasts.unattended = false;
    };
  }, [controller]);
  return (
    <aside className="kiosk" aria-label={i18n.t('Kiosk')} data-pointed={pointed ? '' : undefined}>
      <div className="kiosk-veil" />
      <button type="button" className="button kiosk-leave" onClick={() => leaveKiosk(controller)}>
        {i18n.t('Leave the kiosk')} <kbd>Esc</kbd>
      </button>
      <div className="kiosk-news" role="status">
        {signedOut ? (
          <div className="kiosk-signed-out">
            <p>
              <strong>{i18n.t('Somebody has to sign in here.')}</strong>{' '}
              {i18n.t('The session has ended: what is shown stays as it was, and nothing new comes.')}
            </p>
            <a className="button primary large" href={signInPath(`${location.pathname}${location.search}`)}>
              {i18n.t('Sign in again')}
            </a>
          </div>
        ) : (
          <Connection controller={controller} />
        )}
      </div>
      {open ? <KioskTitle controller={controller} open={open} missing={missing} /> : null}
    </aside>
  );
}

interface KioskTitleProps {
  controller: DashboardController;
  open: OpenLayout;
  /** Ids of pinned layouts whose turn it was, and that did not come. */
  missing: readonly string[];
}

/** What is shown, below it, since when it may be out of date, and what should take its turn and does not. The heading of the page says the title to whoever listens. */
function KioskTitle({ controller, open, missing }: KioskTitleProps) {
  const { content } = useStore(open.session.store);
  const { connection, asOf } = useStore(controller.store);
  const offline = connection === 'offline';
  const [lostAt, setLostAt] = useState<string | null>(null);
  useEffect(() => setLostAt(offline ? new Date(browserClock.now()).toISOString() : null), [offline]);
  // What was only seen says so itself, beside it.
  const stale = asOf === null ? lostAt : null;
  const titles = open.pin?.pinned.flatMap(({ layout, title }) => (missing.includes(layout) ? title : [])) ?? [];
  return (
    <p className="kiosk-title">
      <span aria-hidden="true">{content.title}</span>
      {stale ? (
        <span>
          <AsOf at={stale} now={browserClock.now()} />
        </span>
      ) : null}
      {titles.length > 0 ? (
        <span>
          {i18n.t('{count, plural, one {{titles} does not come right now.} other {{titles} do not come right now.}}', {
            count: titles.length,
            titles: listOf(titles.map((title) => `“${title}”`)),
          })}
        </span>
      ) : null}
    </p>
  );
}

function usePointer(): boolean {
  const [pointed, setPointed] = useState(false);
  useEffect(() => {
    const pointer = new Pointer(browserClock, setPointed);
    const moved = ({ clientX, clientY, pointerType }: PointerEvent): void => {
      if (pointerType !== 'touch') pointer.at(clientX, clientY);
    };
    const touched = ({ pointerType }: PointerEvent): void => {
      if (pointerType === 'touch') pointer.seen();
    };
    const over = new AbortController();
    const listening = { capture: true, passive: true, signal: over.signal };
    addEventListener('pointermove', moved, listening);
    addEventListener('pointerdown', touched, listening);
    return () => {
      over.abort();
      pointer.stop();
    };
  }, []);
  return pointed;
}

/** Nobody edits in a kiosk, whatever the page before was doing. */
function useViewing(controller: DashboardController): void {
  const { place } = useStore(controller.store);
  const open = place.kind === 'layout' ? place.open : null;
  useEffect(() => {
    if (!open) return;
    const view = (): void => {
      const { mode, switching } = open.mode.getSnapshot();
      if (mode === 'edit' && !switching) void controller.actions.setMode('view');
    };
    view();
    return open.mode.subscribe(view);
  }, [controller, open]);
}
