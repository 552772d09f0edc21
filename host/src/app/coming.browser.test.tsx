/** Another layout of the department that does not come: what is shown stays, and nobody loses what they went on with. */
import type { LayoutAnswer, Pin, Session } from '@datamesh/contracts';
import { expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { DashboardController } from '../dashboard/dashboard-controller';
import { LastSeen } from '../dashboard/last-seen/last-seen';
import { afterwards, mount } from '../testing/mounting';
import { Banners } from './Banners';

const session = {
  user: { id: 'casey', name: 'Casey', roles: ['viewer'], departments: ['sales'], teams: [] },
  departments: [],
} as unknown as Session;
const answerOf = (id: string, title: string): LayoutAnswer =>
  ({
    layout: { id, title, revision: 1, tree: { type: 'stack', active: 0, panels: [] }, panels: {}, owner: 'user:dana' },
    mayEdit: false,
    mine: null,
    upstream: null,
    resolution: [],
  }) as unknown as LayoutAnswer;
const pinOf = (layout: string): Pin =>
  ({
    department: { id: 'sales', title: 'Sales', layout: 'home-1234', layouts: ['home-1234', 'desk-1234'] },
    layout,
    pinned: [
      { layout: 'home-1234', title: 'Home' },
      { layout: 'desk-1234', title: 'Desk' },
    ],
  }) as unknown as Pin;
const DESK = '/d/sales/desk-1234';
const NOTICE = /“Desk” cannot be shown while the server is out of reach/;

/** The home of Sales, with a server that answers only once it is back. */
function atHome(): { dashboard: DashboardController; comeBack(): void; shown(): string | undefined } {
  let away = true;
  vi.stubGlobal('fetch', async (request: Request) => {
    if (away) throw new TypeError('Failed to fetch');
    const { pathname } = new URL(request.url);
    return pathname.includes('/pins/')
      ? Response.json({ ...pinOf('desk-1234'), answer: answerOf('desk-1234', 'Desk') })
      : new Response(null, { status: 204 });
  });
  const before = location.href;
  const lastSeen = new LastSeen({ storage: null, key: async () => ({ key: '', user: null }), now: () => 0 });
  const place = { kind: 'layout', path: '/d/sales', answer: answerOf('home-1234', 'Home'), pin: pinOf('home-1234') } as const;
  const dashboard = new DashboardController({ session, place }, lastSeen);
  afterwards(() => {
    dashboard.stay();
    vi.unstubAllGlobals();
    history.replaceState(null, '', before);
  });
  mount(<Banners controller={dashboard} />);
  const shown = (): string | undefined => dashboard.active?.session.state.content.title;
  return { dashboard, comeBack: () => (away = false), shown };
}

it('stays, says so, and gives way once the other one comes', async () => {
  const { dashboard, comeBack, shown } = atHome();
  void dashboard.go(DESK);
  expect(shown()).toBe('Home');
  await expect.element(page.getByText(NOTICE)).toBeVisible();
  expect([shown(), location.pathname]).toEqual(['Home', '/d/sales']);
  comeBack();
  // The key once more is the same as asking now.
  void dashboard.go(DESK);
  await expect.poll(shown).toBe('Desk');
  expect(location.pathname).toBe(DESK);
  await expect.element(page.getByText(NOTICE)).not.toBeInTheDocument();
});

it('is not taken away any more from whoever says that they stay, or goes on with it', async () => {
  const { dashboard, comeBack, shown } = atHome();
  void dashboard.go(DESK);
  await page.getByRole('button', { name: 'Stay here' }).click();
  await expect.element(page.getByText(NOTICE)).not.toBeInTheDocument();

  void dashboard.go(DESK);
  await expect.element(page.getByText(NOTICE)).toBeVisible();
  dashboard.stage.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  comeBack();
  void dashboard.go(DESK);
  const offered = (): string[] => dashboard.toasts.store.getSnapshot().items.map(({ text }) => text);
  await expect.poll(offered).toEqual(['“Desk” can be shown again.']);
  expect(shown()).toBe('Home');
  dashboard.toasts.store.getSnapshot().items[0]?.actions[0]?.run();
  await expect.poll(shown).toBe('Desk');
});

it('goes at once where the address leads elsewhere already, by the way back', async () => {
  const { dashboard } = atHome();
  void dashboard.go(DESK, 'stay');
  expect(dashboard.store.getSnapshot()).toMatchObject({ place: { kind: 'loading', path: DESK }, coming: null });
});
