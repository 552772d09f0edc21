import type { Pin } from '@datamesh/contracts';
import { afterEach, expect, it, vi } from 'vitest';
import { ApiProblem } from '../../api/problem';
import type { Resolution } from '../../remotes/resolution';
import { Store } from '../../ui/store';
import type { Place } from '../loading';
import type { DashboardState } from '../open-dashboard';
import { PinsAhead } from './pins-ahead';

const pin = { department: { id: 'sales', layout: 'home' }, pinned: ['home', 'desk', 'floor'].map((layout) => ({ layout })) } as Pin;
const widget = (name: string): Resolution => ({ name, version: '1.0.0', base: `/remotes/${name}/1.0.0/` }) as Resolution;
const DESK = '/d/sales/desk';
const FLOOR = '/d/sales/floor';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

interface Given {
  answers?: (path: string) => Place;
  kept?: Record<string, number>;
  sparing?: boolean;
  connection?: string;
  idle?: () => Promise<void>;
}

/** A page that shows the home of Sales and is at rest; what it asks for is answered at once. */
function atRest(given: Given = {}) {
  const { answers = (path) => placeAt(path), kept = {}, sparing = false, connection = 'live', idle = async () => undefined } = given;
  const store = new Store({ connection, asOf: null, signedOut: false } as DashboardState);
  const asked: string[] = [];
  const keeps: string[] = [];
  const code: string[] = [];
  let now = 10_000_000;
  let sleeping = (): void => undefined;
  const over = new AbortController();
  ends.push(() => over.abort());
  const active = { id: 'home', pin };
  const dashboard = { store, active: active as never, layouts: () => [{ id: 'home' }] as never };
  const ahead = new PinsAhead(
    dashboard,
    {
      find: async (path) => (path in kept ? ({ at: new Date(kept[path] ?? 0).toISOString() } as never) : undefined),
      keepAhead: async ({ path }) => void keeps.push(path),
    },
    {
      load: async (path) => {
        asked.push(path);
        return answers(path);
      },
      preload: ({ name }) => code.push(name),
      idle,
      wait: (milliseconds, signal) =>
        new Promise((resolve) => {
          if (milliseconds < 60_000 || signal.aborted) return resolve();
          sleeping = resolve;
          signal.addEventListener('abort', () => resolve());
        }),
      now: () => now,
      sparing: () => sparing,
    },
  );
  ahead.start(over.signal);
  const pass = (milliseconds: number): void => {
    now += milliseconds;
    sleeping();
  };
  return { ahead, active, store, asked, keeps, code, pass };
}

const placeAt = (path: string, ...widgets: string[]): Place =>
  ({ kind: 'layout', path, answer: { resolution: widgets.map(widget) }, pin: null }) as unknown as Place;
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

it('keeps what is pinned beside the shown one, with the code of each widget once', async () => {
  const { asked, keeps, code } = atRest({ answers: (path) => placeAt(path, 'chart', path === FLOOR ? 'map' : 'table') });
  await vi.waitFor(() => expect(keeps).toEqual([DESK, FLOOR]));
  expect(asked).toEqual([DESK, FLOOR]);
  await vi.waitFor(() => expect(code).toEqual(['chart', 'table', 'map']));
});

it('asks for nothing that another page has fetched within the hour, and for all of it after one', async () => {
  const { asked, pass } = atRest({ kept: { [DESK]: 9_000_000, [FLOOR]: 6_000_000 } });
  await vi.waitFor(() => expect(asked).toEqual([FLOOR]));
  await settled();
  pass(3_600_001);
  await vi.waitFor(() => expect(asked).toEqual([FLOOR, DESK, FLOOR]));
});

it('asks anew for one that was changed, and for all once what was kept is gone', async () => {
  const { ahead, asked, keeps } = atRest();
  await vi.waitFor(() => expect(keeps).toHaveLength(2));
  await settled();
  ahead.layoutChanged('floor');
  ahead.layoutChanged('of-another-department');
  await vi.waitFor(() => expect(asked.slice(2)).toEqual([FLOOR]));
  await settled();
  ahead.forgotten();
  await vi.waitFor(() => expect(asked.slice(3)).toEqual([DESK, FLOOR]));
});

it('waits until the server is there, and asks again when it is back', async () => {
  let away = true;
  const answers = (path: string): Place => {
    if (away) throw new ApiProblem({ status: 502, code: 'upstream_unavailable' });
    return placeAt(path);
  };
  const { store, asked, keeps } = atRest({ answers, connection: 'connecting' });
  await settled();
  expect(asked).toEqual([]);
  store.patch({ connection: 'live' });
  await vi.waitFor(() => expect(asked).toEqual([DESK]));
  await settled();
  store.patch({ connection: 'offline' });
  await settled();
  expect(asked).toEqual([DESK]);
  away = false;
  store.patch({ connection: 'live' });
  await vi.waitFor(() => expect(keeps).toEqual([DESK, FLOOR]));
});

it('asks for none that is pinned no more by the time the page has nothing else to do', async () => {
  let rest = (): void => undefined;
  const idle = new Promise<void>((resolve) => {
    rest = resolve;
  });
  const { active, asked, keeps } = atRest({ idle: () => idle });
  await settled();
  active.pin = { ...pin, pinned: pin.pinned.filter(({ layout }) => layout !== 'desk') };
  rest();
  await vi.waitFor(() => expect(keeps).toEqual([FLOOR]));
  expect(asked).toEqual([FLOOR]);
});

it('keeps no other layout in the place of one that is pinned no more', async () => {
  const { asked, keeps } = atRest({ answers: (path) => placeAt(path === DESK ? '/d/sales' : path) });
  await vi.waitFor(() => expect(keeps).toEqual([FLOOR]));
  expect(asked).toEqual([DESK, FLOOR]);
});

it('fetches nothing for somebody who spares what is loaded, nor while what is shown was only seen', async () => {
  const spared = atRest({ sparing: true });
  const { store, asked } = atRest({ connection: 'connecting' });
  store.patch({ asOf: '2026-11-28T09:31:00.000Z', connection: 'live' });
  await settled();
  expect([spared.asked, asked]).toEqual([[], []]);
});
