/** When others are told, and how long a page that says nothing more is still there. */
import type { LayoutContentInput, Presence } from '@datamesh/contracts';
import { contentOf } from '@datamesh/layout';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../http/caller';
import { identityStores } from '../../identity/stores';
import { person } from '../../testing/api';
import { stores } from '../../testing/stores';
import { createLayout } from '../layout';
import { layoutStores } from '../stores';
import { createPresenceRoutes, toEditors } from './presence';
import type { PresenceStore } from './store';

const alex = person('alex', ['power-user'], ['sales']);
const robin = person('robin', ['power-user'], ['sales']);
const casey = person('casey', ['viewer'], ['sales']);
const content: LayoutContentInput = {
  title: 'Morning',
  department: 'sales',
  visibility: 'department',
  tree: { type: 'stack', active: 0, panels: [] },
  panels: {},
};

describe.each(stores())('presence on $name', ({ open }) => {
  let now: number;
  let told: string[];
  let presence: PresenceStore;
  let routes: ReturnType<typeof createPresenceRoutes>;
  let create: () => Promise<string>;
  let close: () => Promise<void>;
  beforeEach(async () => {
    const storage = await open();
    const { people } = await identityStores(storage);
    const { layouts, ...others } = await layoutStores(storage);
    presence = others.presence;
    close = () => storage.close();
    now = 1_000_000;
    told = [];
    const clock = () => now;
    for (const id of ['alex', 'robin', 'casey'])
      await people.signedIn({ id, name: id, roles: [], departments: ['sales'], teams: [], signedInAt: now });
    routes = createPresenceRoutes({ layouts, presence, people, clock, presenceChanged: (layout) => told.push(layout) });
    create = async () => {
      const { head, ...rest } = createLayout(contentOf(content), { user: 'user:alex', name: 'Alex' }, new Date(now).toISOString());
      await layouts.create({ head, ...rest }, []);
      return head.id;
    };
  });
  afterEach(() => close());

  const request = (caller: Caller, layout: string, page: string, body?: unknown) => ({ caller, params: { layout, page }, body }) as never;
  async function says(as: Caller, layout: string, panel: string | null = null, page = 'one'): Promise<string[]> {
    let answer: Presence | undefined;
    const response = { json: (body: Presence) => (answer = body) } as never;
    await routes.report(request(as, layout, page, { editing: panel !== null, panel }), response, () => undefined);
    return answer?.people.map(({ name }) => name) ?? [];
  }
  /** What was told since the last time. */
  const news = () => told.splice(0);

  it('tells others of what changed, not of what is said again', async () => {
    const layout = await create();
    await says(casey, layout);
    // Nobody is there who would be told.
    await says(alex, layout, 'chart');
    expect(news()).toEqual([]);
    await says(robin, layout);
    expect(news()).toEqual([layout]);
    for (let n = 0; n < 3; n++) await says(robin, layout);
    expect(news()).toEqual([]);
    await says(robin, layout, 'chart');
    await says(robin, layout, 'table');
    expect(news()).toEqual([layout, layout]);
  });

  it('tells both places of who goes from one to the other', async () => {
    const [layout, other] = [await create(), await create()];
    await says(alex, layout);
    await says(casey, other);
    await says(robin, layout);
    news();
    await says(robin, other);
    expect(news()).toEqual([layout]);
    await says(alex, other);
    expect(news().sort()).toEqual([layout, other].sort());
    const leaving = request(robin, other, 'one');
    const response = { status: () => ({ end: () => undefined }) } as never;
    for (let n = 0; n < 2; n++) await routes.end(leaving, response, () => undefined);
    expect(news()).toEqual([other]);
  });

  it('is over 90 s after the last word of who may edit, and 180 s after that of who looks', async () => {
    const layout = await create();
    await says(robin, layout, 'chart');
    await says(casey, layout);
    now += 89_999;
    expect(await says(alex, layout)).toEqual(['robin', 'casey']);
    now += 1;
    expect(await says(alex, layout)).toEqual(['casey']);
    expect(await presence.forget(now)).toEqual([layout]);
    now += 89_999;
    expect(await says(alex, layout)).toEqual(['casey']);
    now += 1;
    expect(await says(alex, layout)).toEqual([]);
    // Nothing of them is kept.
    await presence.forget(now);
    expect((await presence.of(layout, 0, 10)).map(({ user }) => user)).toEqual(['user:alex']);
  });

  it('addresses those who may edit it and are there, by name of the layout alone', async () => {
    const [layout, other] = [await create(), await create()];
    await says(casey, layout);
    await says(casey, other, null, 'two');
    await says(alex, layout);
    await says(robin, layout, 'chart');
    const events = await toEditors(presence, () => now)([layout, other]);
    expect(events.map(({ data, audience }) => [data, audience])).toEqual([
      [{ layout }, { kind: 'users', users: ['user:robin', 'user:alex'], departments: [] }],
    ]);
  });
});
