/** Who else has a layout open, over HTTP and the event stream. */
import { randomUUID } from 'node:crypto';
import type { Layout, LayoutContentInput, Presence, RegistryEvent } from '@datamesh/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../http/caller';
import { openMongo } from '../../storage/storage';
import { person, startTestApi, type TestApi } from '../../testing/api';
import { openStreamReader } from '../../testing/event-reader';
import { freshMongoUrl, stores } from '../../testing/stores';

const alex = person('alex', ['power-user'], ['sales']);
const robin = person('robin', ['power-user'], ['sales']);
const casey = person('casey', ['viewer'], ['sales']);
const morgan = person('morgan', ['power-user'], ['finance']);
const body: LayoutContentInput = {
  title: 'Morning',
  department: 'sales',
  visibility: 'department',
  tree: { type: 'stack', active: 0, panels: [] },
  panels: {},
};

/** The pages of people: each says where it is, and is told who else is there. */
function pages(api: () => TestApi, layout: () => string) {
  const at = (page: string, where = layout()) => `/api/v1/layouts/${where}/presence/${page}`;
  const report = (as: Caller, page: string, editing = false, panel: string | null = null, where?: string) =>
    api().call(at(page, where), { as, method: 'PUT', body: { editing, panel } });
  return {
    report,
    says: async (...args: Parameters<typeof report>): Promise<Presence> => {
      const answer = await report(...args);
      expect(answer.status).toBe(200);
      return (await answer.json()) as Presence;
    },
    ends: async (as: Caller, page: string, where?: string) =>
      expect((await api().call(at(page, where), { as, method: 'DELETE' })).status).toBe(204),
  };
}
const create = async (api: TestApi, content: LayoutContentInput = body, as = alex): Promise<string> =>
  ((await (await api.call('/api/v1/layouts', { as, method: 'POST', body: content })).json()) as Layout).id;
const isPresence = ({ type }: RegistryEvent): boolean => type === 'presence.changed';
const names = ({ people }: Presence) => people.map(({ name }) => name);

describe.each(stores())('who has a layout open, on $name', ({ open }) => {
  let api: TestApi;
  let layout: string;
  beforeAll(async () => {
    api = await startTestApi(open);
  });
  beforeEach(async () => {
    layout = await create(api);
  });
  afterAll(() => api.stop());
  const { report, says, ends } = pages(
    () => api,
    () => layout,
  );
  let one: string;
  let two: string;
  let three: string;
  beforeEach(() => {
    [one, two, three] = [randomUUID(), randomUUID(), randomUUID()];
  });

  it('is told to each of the others, who edits first, and each person once', async () => {
    expect(await says(alex, one, true, 'chart')).toEqual({ againSeconds: 30, people: [], more: false });
    expect(await says(casey, two)).toEqual({
      againSeconds: 60,
      people: [{ user: 'user:alex', name: 'alex', editing: true, panels: ['chart'] }],
      more: false,
    });
    expect((await says(alex, three)).people).toEqual([{ user: 'user:casey', name: 'casey', editing: false, panels: [] }]);
    expect((await says(robin, randomUUID(), true)).people).toEqual([
      { user: 'user:alex', name: 'alex', editing: true, panels: ['chart'] },
      { user: 'user:casey', name: 'casey', editing: false, panels: [] },
    ]);
    await ends(alex, one);
    expect((await says(casey, two)).people.map(({ name, editing }) => [name, editing])).toEqual([
      ['robin', true],
      ['alex', false],
    ]);
    await ends(alex, three);
    await ends(alex, three);
    expect(names(await says(casey, two))).toEqual(['robin']);
  });

  it('is where a page is now, and nowhere else', async () => {
    const other = await create(api, { ...body, title: 'Evening' });
    await says(alex, one);
    await says(alex, one, false, null, other);
    expect(names(await says(casey, two))).toEqual([]);
    // A goodbye that comes late takes nothing away from where it went.
    await ends(alex, one);
    expect(names(await says(robin, three, false, null, other))).toEqual(['alex']);
    // A page is one of its session: nobody says anything in the name of another's.
    await ends(casey, one, other);
    expect(names(await says(robin, three, false, null, other))).toEqual(['alex']);
  });

  it('is of no concern to who may not see it, and who loses sight of it is there no more', async () => {
    const refused = await report(morgan, one);
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([404, 'layout_unknown']);
    await says(robin, two, true, 'chart');
    expect(names(await says(alex, three))).toEqual(['robin']);
    const kept = await api.call(`/api/v1/layouts/${layout}/sharing`, {
      as: alex,
      method: 'PUT',
      body: { department: null, visibility: 'private', grants: [] },
      headers: { 'if-match': '"1"' },
    });
    expect(kept.status).toBe(200);
    expect((await report(robin, two, true)).status).toBe(404);
    expect(names(await says(alex, three))).toEqual([]);
  });

  it('takes no editing of who may not edit, and no panel of who does not', async () => {
    await says(casey, one, true, 'chart');
    await says(robin, two, false, 'chart');
    expect((await says(alex, three)).people.map(({ editing, panels }) => [editing, panels])).toEqual([
      [false, []],
      [false, []],
    ]);
    expect((await report(alex, three, true, 'not a panel')).status).toBe(400);
  });

  const isOfIt = (event: RegistryEvent): boolean => isPresence(event) && event.data['layout'] === layout;

  it('is told of at once to whoever may edit and has it open, by the event stream, without a name', async () => {
    await says(alex, one, true);
    await using ours = await openStreamReader(api, alex, null);
    await using theirs = await openStreamReader(api, casey, null);
    await says(casey, two);
    const [came] = (await ours.takeUntil(isOfIt)).filter(isOfIt);
    expect(came?.data).toEqual({ layout });
    await says(robin, three, true, 'chart');
    await ours.takeUntil(isOfIt);
    await ends(robin, three);
    await ours.takeUntil(isOfIt);
    // Casey has heard of none of it, though the next thing of all is heard.
    await create(api, { ...body, title: 'Next' });
    expect((await theirs.takeUntil(({ type }) => type === 'layouts.changed')).filter(isPresence)).toEqual([]);
  });

  it('names thirty people and says that there are more', async () => {
    for (let n = 0; n < 32; n++) await says(person(`p${`${n}`.padStart(2, '0')}`), randomUUID(), false);
    const answer = await says(alex, one);
    expect([answer.people.length, answer.more]).toEqual([30, true]);
  });
});

const server = process.env['TEST_MONGO_URL'];
describe.skipIf(!server)('who has a layout open, with two replicas of the registry', () => {
  it('is the same on both, and told through both', async () => {
    const url = freshMongoUrl(server);
    const storages: Awaited<ReturnType<typeof openMongo>>[] = [];
    const replica = async () =>
      startTestApi(async () => {
        const storage = await openMongo(url);
        storages.push(storage);
        return storage;
      });
    const [first, second] = [await replica(), await replica()];
    try {
      const layout = await create(first);
      const [here, there] = [first, second].map((api) =>
        pages(
          () => api,
          () => layout,
        ),
      );
      const page = randomUUID();
      await here?.says(alex, randomUUID(), true);
      await using stream = await openStreamReader(first, alex, null);
      expect(await there?.says(robin, page, true, 'chart')).toMatchObject({ people: [{ name: 'alex', editing: true }] });
      await stream.takeUntil(isPresence);
      expect(await here?.says(alex, randomUUID(), true)).toMatchObject({ people: [{ name: 'robin', panels: ['chart'] }] });
      await there?.ends(robin, page);
      await stream.takeUntil(isPresence);
      expect(await here?.says(alex, randomUUID(), true)).toMatchObject({ people: [] });
    } finally {
      const [storage] = storages;
      if (storage?.kind === 'mongo') await storage.connection.dropDatabase();
      await first.stop();
      await second.stop();
    }
  });
});
