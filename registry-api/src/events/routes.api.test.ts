import type { Problem } from '@datamesh/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually, person, publisherOf, startTestApi, type TestApi } from '../testing/api';
import { openStreamReader } from '../testing/event-reader';
import { stores } from '../testing/stores';
import { widgetTarball } from '../testing/tarball';

const casey = person('casey');

describe.each(stores())('GET /events on $name', ({ open }) => {
  let api: TestApi;
  beforeEach(async () => {
    api = await startTestApi(open);
    for (const version of ['1.0.0', '1.0.1']) await api.publish('series-chart', version, widgetTarball({ version }));
  });
  afterEach(() => api.stop());

  const figure = async (name: string) => {
    const text = await (await api.call('/metrics')).text();
    return Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text)?.[1]);
  };

  it('is a stream that no proxy keeps back, and goes on where a browser was', async () => {
    const first = await openStreamReader(api, casey, 0);
    const [one, two] = await first.take(2);
    expect([one?.id, two?.id]).toEqual([1, 2]);
    await first[Symbol.asyncDispose]();
    // A browser that reconnects sends what it saw last; that is newer than the address.
    await using again = await openStreamReader(api, casey, 0, { 'last-event-id': '1' });
    expect((await again.take(1)).map(({ id, event }) => [id, event.data['version']])).toEqual([[2, '1.0.1']]);
    const abort = new AbortController();
    const answer = await api.call('/api/v1/events', { as: casey, signal: abort.signal });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    abort.abort();
  });

  it('tells who asks for a number that never was to start again', async () => {
    // A publish is answered before its event has a number.
    await using all = await openStreamReader(api, casey, 0);
    await all.take(2);
    await using stream = await openStreamReader(api, casey, 99);
    expect(await stream.take(1)).toMatchObject([{ kind: 'reset', id: 2 }]);
  });

  it('counts streams, and forgets those that left', async () => {
    const stream = await openStreamReader(api, casey, null);
    await eventually(async () => ((await figure('registry_event_streams')) === 1 ? true : undefined), 'one stream');
    await stream[Symbol.asyncDispose]();
    await eventually(async () => ((await figure('registry_event_streams')) === 0 ? true : undefined), 'no stream');
  });

  it('is had by one person as often as they may, and again once one has ended', async () => {
    const few = await startTestApi(open, { streamsOfOne: 2 });
    try {
      const first = await openStreamReader(few, casey, null);
      await using _second = await openStreamReader(few, casey, null);
      const refused = await few.call('/api/v1/events', { as: casey });
      expect([refused.status, ((await refused.json()) as Problem).code]).toEqual([429, 'too_many_streams']);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      await using _others = await openStreamReader(few, person('alex'), null);
      await first[Symbol.asyncDispose]();
      const again = async () => {
        const gone = new AbortController();
        const { status } = await few.call('/api/v1/events', { as: casey, signal: gone.signal });
        gone.abort();
        return status === 200 ? true : undefined;
      };
      await eventually(again, 'a stream in place of the one that ended');
    } finally {
      await few.stop();
    }
  });

  it('is for people who signed in', async () => {
    const refusal = async (answer: Response) => [answer.status, ((await answer.json()) as Problem).code];
    expect(await refusal(await api.call('/api/v1/events'))).toEqual([401, 'session_unknown']);
    expect(await refusal(await api.call('/api/v1/events', { as: publisherOf('platform') }))).toEqual([403, 'session_required']);
    expect(await refusal(await api.call('/api/v1/events', { as: casey, headers: { 'last-event-id': 'x' } }))).toEqual([
      400,
      'event_id_invalid',
    ]);
    expect(await refusal(await api.call('/api/v1/events?after=-1', { as: casey }))).toEqual([400, 'request_invalid']);
  });
});
