import type { Session } from '@datamesh/contracts';
import { expect, it, vi } from 'vitest';
import { DashboardController } from '../dashboard/dashboard-controller';
import { LastSeen } from '../dashboard/last-seen/last-seen';
import { afterwards } from '../testing/mounting';
import { attachToPage } from './attach-to-page';

/** What code begins on the page from now on, and has not ended yet. */
function beginnings(): () => string[] {
  const going: string[] = [];
  const end = (what: string): void => void going.splice(going.indexOf(what), going.includes(what) ? 1 : 0);
  for (const target of [window, document] as EventTarget[]) {
    const add = target.addEventListener.bind(target);
    vi.spyOn(target, 'addEventListener').mockImplementation((type, listener, options) => {
      going.push(type);
      if (typeof options === 'object') options?.signal?.addEventListener('abort', () => end(type));
      add(type, listener, options);
    });
    const remove = target.removeEventListener.bind(target);
    vi.spyOn(target, 'removeEventListener').mockImplementation((type, listener, options) => {
      end(type);
      remove(type, listener, options);
    });
  }
  const [setInterval, clearInterval] = [window.setInterval, window.clearInterval];
  vi.spyOn(window, 'setInterval').mockImplementation(((...a: Parameters<typeof setInterval>) => {
    const id = setInterval(...a);
    going.push(`interval ${id}`);
    return id;
  }) as typeof setInterval);
  vi.spyOn(window, 'clearInterval').mockImplementation((id) => {
    end(`interval ${id}`);
    clearInterval(id);
  });
  const { close } = BroadcastChannel.prototype;
  const Channel = BroadcastChannel;
  vi.stubGlobal(
    'BroadcastChannel',
    class extends Channel {
      constructor(name: string) {
        super(name);
        going.push(`channel ${name}`);
      }
      override close(): void {
        end(`channel ${this.name}`);
        close.call(this);
      }
    },
  );
  afterwards(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });
  return () => going;
}

function openLibrary(): { dashboard: DashboardController; page: AbortController } {
  const session: Session = { user: { id: 'alex', name: 'Alex', roles: ['viewer'] }, departments: [] } as unknown as Session;
  const lastSeen = new LastSeen({ storage: null, key: async () => ({ key: '', user: null }), now: () => 0 });
  const dashboard = new DashboardController({ session, place: { kind: 'library', path: '/layouts' } }, lastSeen);
  const page = new AbortController();
  afterwards(() => page.abort());
  return { dashboard, page };
}

it('begins nothing before it is attached, and ends all that it began with its page', async () => {
  const going = beginnings();
  const { dashboard, page } = openLibrary();
  expect(going()).toEqual([]);
  attachToPage(dashboard, Promise.resolve(), page.signal);
  const all = ['beforeprint', 'keydown', 'online', 'pagehide', 'paste', 'popstate', 'storage', 'visibilitychange'];
  // Some of their code comes now.
  await expect.poll(going).toEqual(expect.arrayContaining(['channel datamesh.events.alex', ...all]));
  page.abort();
  expect(going()).toEqual([]);
});

it('begins nothing more when its page is gone before it has settled', async () => {
  const { dashboard, page } = openLibrary();
  let settle = (): void => {};
  const settled = new Promise<void>((done) => (settle = done));
  attachToPage(dashboard, settled, page.signal);
  page.abort();
  const going = beginnings();
  settle();
  await settled;
  await Promise.resolve();
  expect(going()).toEqual([]);
});

it('follows the way back and forth while its page lives', () => {
  const { dashboard, page } = openLibrary();
  const go = vi.spyOn(dashboard, 'go').mockResolvedValue();
  afterwards(() => vi.restoreAllMocks());
  attachToPage(dashboard, new Promise(() => undefined), page.signal);
  dispatchEvent(new PopStateEvent('popstate'));
  expect(go).toHaveBeenCalledExactlyOnceWith(location.pathname, 'stay');
  page.abort();
  dispatchEvent(new PopStateEvent('popstate'));
  expect(go).toHaveBeenCalledOnce();
});
