import { useState } from 'react';
import Dialogs from '../../app/Dialogs';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import type { Dialog } from '../../dashboard/open-dashboard';
import { Store } from '../../ui/store';
import { Specimen } from './Specimen';

/** Those that need nothing of a server. */
const DIALOGS: readonly Dialog[] = [
  { kind: 'rename' },
  { kind: 'name' },
  { kind: 'save' },
  { kind: 'delete', layout: { id: 'layout', title: 'Markets morning' } },
  { kind: 'delete-for-ever', layout: { id: 'layout', title: 'Markets morning' }, done: () => undefined },
  { kind: 'keys' },
];

/** Over the page, as they always are: each is opened by its button. */
export function OpenDialogs() {
  const [dialog, open] = useState<Dialog | null>(null);
  const controller = {
    active: null,
    powerUser: true,
    store: new Store({ place: { kind: 'loading', path: '/' }, session: { user: { roles: ['admin'] } } }),
    actions: {},
    openDialog: open,
  } as unknown as DashboardController;
  return (
    <section>
      <h2>Dialogs</h2>
      <Specimen of="dialogs">
        <div className="gallery-row">
          {DIALOGS.map((one) => (
            <button key={one.kind} type="button" className="button" onClick={() => open(one)}>
              {one.kind}
            </button>
          ))}
        </div>
      </Specimen>
      {dialog ? <Dialogs controller={controller} dialog={dialog} /> : null}
    </section>
  );
}
