import { api, ask, onSignedOut } from '../../api/client';
import type { OpenDashboard } from '../open-dashboard';
import { PresenceReport, type Whereabouts } from './presence-report';

/** Milliseconds. Only a look at what this page holds anyway. */
const LOOK = 500;
/** Milliseconds after which nobody works on the panel that was used last. */
const IDLE = 120_000;

export interface Presence extends Pick<PresenceReport, 'onPresenceChanged'> {
  /** Tells where this page is, until the signal; where the session ends or the page goes, that nobody is there any more. */
  start(signal: AbortSignal): void;
}

/** Who else has the shown layout open. */
export function createPresence(dashboard: OpenDashboard): Presence {
  const page = crypto.randomUUID();
  const path = (layout: string) => ({ params: { path: { layout, page } } });
  let usedAt = performance.now();
  const here = (): Whereabouts | null => {
    const open = dashboard.active;
    if (!open || open.session.state.gone) return null;
    const editing = open.mode.getSnapshot().mode === 'edit';
    const { drawer } = dashboard.store.getSnapshot();
    const panel = drawer?.kind === 'settings' ? drawer.panel : open.focusedPanel;
    return { layout: open.id, editing, panel: editing && performance.now() - usedAt < IDLE ? panel : null };
  };
  const report = new PresenceReport({
    here,
    report: async ({ layout, ...body }) => ask(api.PUT('/layouts/{layout}/presence/{page}', { ...path(layout), body })),
    end: async (layout) => void (await ask(api.DELETE('/layouts/{layout}/presence/{page}', path(layout)))),
    company: (company) => dashboard.store.patch({ company }),
    now: () => performance.now(),
  });
  const hint = (): void => {
    const { company } = dashboard.store.getSnapshot();
    const at = here()?.panel ?? null;
    const names = company.people.filter(({ panels }) => at !== null && panels.includes(at)).map(({ name }) => name);
    dashboard.active?.workspace.sayWhoElse(at, names);
  };
  const start = (signal: AbortSignal): void => {
    for (const type of ['pointerdown', 'keydown'] as const)
      addEventListener(type, () => (usedAt = performance.now()), { capture: true, passive: true, signal });
    const timer = setInterval(() => {
      void report.look();
      hint();
    }, LOOK);
    signal.addEventListener('abort', () => clearInterval(timer));
    const unlisten = onSignedOut(() => {
      clearInterval(timer);
      report.leave();
    });
    signal.addEventListener('abort', unlisten);
    addEventListener(
      'pagehide',
      () => {
        const layout = report.leave();
        // What answers a page that is left reaches nobody.
        if (layout !== null)
          void fetch(`/api/v1/layouts/${layout}/presence/${page}`, { method: 'DELETE', keepalive: true }).catch(() => undefined);
      },
      { signal },
    );
  };
  return { onPresenceChanged: (layout) => report.onPresenceChanged(layout), start };
}
