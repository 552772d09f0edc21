/** Layout and department are two documents: what others do between the writes to them is made to happen here each time. */
import type { LayoutContentInput } from '@datamesh/contracts';
import { contentOf } from '@datamesh/layout';
import type { Request, Response } from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identityStores } from '../identity/stores';
import { person } from '../testing/api';
import { stores } from '../testing/stores';
import { createPool } from '../workers/pool';
import type { LayoutsContext } from './context';
import { createPinRoutes } from './departments/pinning';
import { changedEvent, createLayout, type LayoutRecord } from './layout';
import { createLayoutRoutes } from './routes';
import { defaultSharing } from './sharing';
import { layoutStores } from './stores';

const alex = person('alex', ['power-user'], ['sales']);
const input = (visibility: 'department' | 'private'): LayoutContentInput => ({
  title: 'Morning',
  department: 'sales',
  visibility,
  tree: { type: 'stack', active: 0, panels: ['p1'] },
  panels: { p1: { widget: 'notes@stable' } },
});

describe.each(stores())('pins on $name', ({ open }) => {
  let context: LayoutsContext;
  let now: number;
  let close: () => Promise<void>;
  beforeEach(async () => {
    const storage = await open();
    const { people } = await identityStores(storage);
    close = () => storage.close();
    now = Date.UTC(2026, 0, 1);
    context = {
      ...(await layoutStores(storage)),
      people,
      clock: () => now++,
      sharing: defaultSharing,
      wakeRelay: () => undefined,
      presenceChanged: () => undefined,
      resolve: async () => [],
      settingsThreads: createPool({ file: 'settings', threads: 1, heap: 64, onError: () => undefined }),
      knownWidgets: async (names) => new Set(names),
      checkLooksAfter: async () => {},
    };
    await context.departments.put('sales', 'Sales', []);
  });
  afterEach(() => close());

  async function created(): Promise<string> {
    const at = new Date(now).toISOString();
    const layout = createLayout(contentOf(input('department')), { user: 'user:alex', name: 'Alex' }, at);
    await context.layouts.create(layout, [changedEvent(layout.head)]);
    return layout.head.id;
  }
  const found = async (id: string): Promise<LayoutRecord> => {
    const layout = await context.layouts.find(id);
    if (!layout) throw new Error(`there is no layout ${id}`);
    return layout;
  };
  const request = (params: object, body: unknown, headers: Record<string, string> = {}) =>
    ({ caller: alex, params, body, query: {}, requestId: 'r', get: (name: string) => headers[name] }) as never;
  const response = (): Response => ({ set: response, json: () => undefined, status: response }) as never;
  const unused = () => undefined;
  const pin = async (layout: string, using = context) =>
    createPinRoutes(using).put(request({ department: 'sales' }, { layout }), response(), unused);
  const save = async (id: string, content: LayoutContentInput) =>
    createLayoutRoutes(context).save(
      request({ layout: id }, content, { 'if-match': '"1"' }) as Request<{ layout: string }>,
      response(),
      unused,
    );

  it('still holds a layout that was pinned anew while another pin was letting go of it', async () => {
    const [one, two] = [await created(), await created()];
    await pin(one);
    let meanwhile = true;
    const departments: typeof context.departments = {
      ...context.departments,
      setPins: async (...change) => {
        const done = await context.departments.setPins(...change);
        if (meanwhile) await pin(one);
        meanwhile = false;
        return done;
      },
    };
    await pin(two, { ...context, departments });
    expect((await context.departments.find('sales'))?.home).toBe(one);
    expect((await found(one)).pins.map(({ department }) => department)).toEqual(['sales']);
    await expect(save(one, input('private'))).rejects.toMatchObject({ code: 'layout_pinned' });
  });

  it('lets the owner hide a layout that a crash left half pinned, a minute later', async () => {
    const id = await created();
    await context.layouts.setPins(await found(id), [{ department: 'sales', at: new Date(now).toISOString() }]);
    await expect(save(id, input('private'))).rejects.toMatchObject({ code: 'layout_pinned' });
    now += 60_000;
    await save(id, input('private'));
    expect((await found(id)).head.visibility).toBe('private');
  });
});
