/** What a request costs beside its own work, counted. */
import { countCompiled } from '@datamesh/service/testing/compiled';
import type { RequestHandler } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { person, publisherOf, startTestApi, type TestApi } from '../testing/api';
import { stores } from '../testing/stores';
import { widgetTarball } from '../testing/tarball';
import { sampled } from './contract';

const alex = person('alex', ['power-user'], ['sales']);

describe('a request of the API', () => {
  let api: TestApi;
  beforeAll(async () => {
    const [store] = stores();
    if (!store) throw new Error('no store to test on');
    api = await startTestApi(store.open);
    expect((await api.publish('series-chart', '1.0.0', widgetTarball())).status).toBe(201);
  });
  afterAll(() => api.stop());

  it('compiles no pattern of a path that was compiled before', async () => {
    const paths = ['/widgets', '/widgets/series-chart', '/widgets/series-chart/versions/1.0.0', '/layouts', '/events-of-nobody'];
    const ask = async () => {
      for (const path of paths) await (await api.call(`/api/v1${path}`, { as: alex })).text();
    };
    await ask();
    const made: string[] = [];
    const { RegExp: Original } = globalThis;
    globalThis.RegExp = new Proxy(Original, {
      construct: (target, [source, flags]: [string, string?]) => {
        if (String(source).includes('widgets')) made.push(String(source));
        return new target(source, flags);
      },
    });
    try {
      await ask();
    } finally {
      globalThis.RegExp = Original;
    }
    expect(made).toEqual([]);
  });

  it('compiles nothing for a media type that somebody has invented', async () => {
    const ask = async (type: string) => {
      await api.call('/api/v1/widgets', { as: alex, headers: { 'content-type': type } });
      await api.call('/api/v1/resolve', { as: alex, method: 'POST', body: { widgets: [] }, headers: { 'content-type': type } });
    };
    expect(await countCompiled(() => ask('application/json'))).toBeGreaterThan(0);
    const invented = async () => {
      for (let i = 0; i < 5; i += 1) {
        for (const type of [`text/x-${i}`, `application/json; v=${i}`, `Application/JSON;charset=utf-8;v=${i}`, `${i}`]) await ask(type);
      }
    };
    expect(await countCompiled(invented)).toBe(0);
  });

  it.each([
    ['application/json; charset=utf-8', 200],
    ['Application/Json', 200],
    ['application/json; charset=utf-16', 415],
    ['text/plain', 415],
  ])('with a body as %s is answered %i', async (type, status) => {
    const headers = { 'content-type': type };
    expect((await api.call('/api/v1/resolve', { as: alex, method: 'POST', body: { widgets: [] }, headers })).status).toBe(status);
  });

  it.each([
    ['GET', '/widgets/series-chart', 200],
    ['GET', '/widgets/series-chart/', 200],
    ['GET', '/Widgets/series-chart', 404],
    ['GET', '/widgets/series%2Dchart', 200],
    ['GET', '/widgets/%zz', 400],
    ['POST', '/widgets/series-chart', 405],
    ['HEAD', '/widgets/series-chart', 405],
    ['GET', '/widgets/a/b', 404],
    ['GET', '/layout-titles-of-mine', 404],
  ])('%s %s is answered %s', async (method, path, status) => {
    expect((await api.call(`/api/v1${path}`, { as: alex, method })).status).toBe(status);
  });

  it('says which methods an address has', async () => {
    const answer = await api.call('/api/v1/widgets/series-chart/versions/1.0.0', { as: publisherOf('markets-data'), method: 'DELETE' });
    expect([answer.status, answer.headers.get('allow')?.split(', ').sort()]).toEqual([405, ['GET', 'PUT']]);
  });
});

describe('answers outside tests', () => {
  it('are checked while an operation is new, and then now and then', () => {
    const checked: unknown[] = [];
    const check: RequestHandler = (req, _res, next) => {
      checked.push(req.path);
      next();
    };
    const handle = sampled(check);
    const ask = (schema: object, path: string) => {
      const req = { openapi: { schema }, path } as unknown as Parameters<RequestHandler>[0];
      let passed = 0;
      handle(req, {} as Parameters<RequestHandler>[1], () => {
        passed += 1;
      });
      expect(passed).toBe(1);
      return req.answerIsChecked === true;
    };
    const resolve = {};
    for (let at = 0; at < 1000; at++) ask(resolve, 'resolve');
    expect(checked).toHaveLength(20 + 10);
    expect(ask({}, 'another')).toBe(true);
    expect(ask(resolve, 'resolve')).toBe(false);
  });
});
