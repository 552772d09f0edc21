import { Banners } from '../../app/Banners';
import { Connection } from '../../app/Connection';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import type { DashboardState } from '../../dashboard/open-dashboard';
import { Store } from '../../ui/store';
import { ToastList } from '../../ui/ToastList';
import { Toasts } from '../../ui/toasts';
import { Specimen } from './Specimen';

const SINCE = '2026-01-05T08:30:00Z';

const toasts = new Toasts();
toasts.show('info', 'Dana Petrova changed “Markets morning”. You see the newest version.');
toasts.show('good', 'Saved.');
toasts.show('warn', 'Dana Petrova saved “Markets morning” in between. Both are merged when you save.', {
  label: 'Show it',
  run: () => undefined,
});
toasts.show('bad', 'The server does not answer right now. Try again in a moment.');
// What is looked at here stays.
for (const { id } of toasts.store.getSnapshot().items) toasts.pause(id);

/** As much of a controller as is shown. */
const controller = (state: Partial<DashboardState>): DashboardController =>
  ({
    store: new Store({ signedOut: false, place: { kind: 'loading', path: '/' }, auditBroken: null, reload: false, asOf: null, ...state }),
    looksAfter: () => true,
  }) as unknown as DashboardController;

const layout = (state: object): Partial<DashboardState> =>
  ({
    place: {
      kind: 'layout',
      path: '/',
      open: { id: 'layout', session: { store: new Store({ offered: null, gone: null, upstream: null, layout: {}, ...state }) } },
    },
  }) as unknown as Partial<DashboardState>;

const BANNERS: Record<string, Partial<DashboardState>> = {
  'signed out': { signedOut: true },
  'many versions': { reload: true },
  'broken audit log': { auditBroken: { seq: 4711, kind: 'changed', detail: 'the hash of the entry before is another one' } },
  'unsaved changes': layout({ offered: { updatedAt: SINCE } }),
  'deleted layout': layout({ gone: 'deleted' }),
  'withdrawn layout': layout({ gone: 'withdrawn' }),
  'changed original': layout({ upstream: { revision: 2, title: 'Markets morning' } }),
};

export function Messages() {
  return (
    <section>
      <h2>Messages</h2>
      <Specimen of="toasts">
        <ToastList toasts={toasts} />
      </Specimen>
      {Object.entries(BANNERS).map(([name, state]) => (
        <Specimen key={name} of={`banner: ${name}`}>
          <Banners controller={controller(state)} />
        </Specimen>
      ))}
      <Specimen of="connection: live, offline, as of">
        <div className="gallery-row">
          <Connection controller={controller({ connection: 'live' })} />
          <Connection controller={controller({ connection: 'offline' })} />
          <Connection controller={controller({ connection: 'offline', asOf: SINCE })} />
        </div>
      </Specimen>
    </section>
  );
}
