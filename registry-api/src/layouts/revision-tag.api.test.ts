/** Every operation that the contract wants `If-Match` of says so when it is left out, so that a program can tell it from what is malformed. */
import type { Layout } from '@datamesh/contracts';
import { registryDocument } from '@datamesh/contracts/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { person, startTestApi, type TestApi } from '../testing/api';
import { stores } from '../testing/stores';
import { widgetTarball } from '../testing/tarball';

interface Operation {
  operationId: string;
  parameters?: { $ref?: string }[];
}

/** By its id: how it is called. */
const conditional = Object.entries(registryDocument.paths).flatMap(([path, operations]) =>
  Object.entries(operations as Record<string, Operation>)
    .filter(([, { parameters }]) => parameters?.some(({ $ref }) => $ref === '#/components/parameters/IfMatch'))
    .map(([method, { operationId }]) => ({ operationId, method: method.toUpperCase(), path })),
);

const alex = person('alex', ['power-user'], ['sales']);
const content = {
  title: 'Morning',
  tree: { type: 'stack', active: 0, panels: ['p1'] },
  panels: { p1: { widget: 'series-chart@stable' } },
};
const bodies: Record<string, object> = {
  saveLayout: content,
  shareLayout: { department: null, visibility: 'private', grants: [] },
  pullLayout: { revision: 1, content },
};

describe.each(stores())('a write without the revision that it was made from on $name', ({ open }) => {
  let api: TestApi;
  let copy: Layout;
  beforeAll(async () => {
    api = await startTestApi(open);
    expect((await api.publish('series-chart', '1.0.0', widgetTarball())).status).toBe(201);
    const made = await api.call('/api/v1/layouts', { as: alex, method: 'POST', body: content });
    const cloned = await api.call(`/api/v1/layouts/${((await made.json()) as Layout).id}/clone`, { as: alex, method: 'POST', body: {} });
    copy = (await cloned.json()) as Layout;
  });
  afterAll(() => api.stop());

  it('is known here for each operation of the contract', () =>
    expect(conditional.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(bodies).sort()));

  describe.each(conditional)('$operationId', ({ operationId, method, path }) => {
    async function write(headers: Record<string, string>, body = bodies[operationId]): Promise<unknown> {
      const answer = await api.call(`/api/v1${path.replace('{layout}', copy.id)}`, { as: alex, method, body, headers });
      return [answer.status, await answer.json()];
    }
    const required = {
      title: 'Precondition required',
      code: 'if_match_required',
      detail: 'Say which revision this was made from: If-Match: "<revision>"',
    };

    it('is refused for that', async () => expect(await write({})).toMatchObject([428, required]));

    it('is refused for that before its content is looked at', async () => expect(await write({}, {})).toMatchObject([428, required]));

    it.each(['', '*', '1', '""', '"-1"', '"1', 'W/"1"', '"1", "2"', '"1234567890123456"'])('is malformed with %s', async (tag) => {
      const malformed = { code: 'request_invalid', errors: [{ path: '/headers/if-match' }] };
      expect(await write({ 'if-match': tag })).toMatchObject([400, malformed]);
    });

    it('is stale with another revision, even the largest there could be', async () => {
      expect(await write({ 'if-match': '"999999999999999"' })).toMatchObject([412, { code: 'revision_stale' }]);
    });
  });
});
