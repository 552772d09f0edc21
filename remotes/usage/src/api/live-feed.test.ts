import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Live } from '@datamesh/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LiveFeed } from './live-feed';
import type { FeedState } from './polling';

describe('the live feed', () => {
  let server: Server;
  let url = '';
  let version = 1;
  let refuse: { status: number; code: string } | null = null;
  let answered: number[] = [];
  let feed: LiveFeed | undefined;

  beforeEach(async () => {
    version = 1;
    refuse = null;
    answered = [];
    server = createServer((request, response) => {
      const etag = `"${version}"`;
      const status = refuse?.status ?? (request.headers['if-none-match'] === etag ? 304 : 200);
      answered.push(status);
      if (refuse)
        response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ code: refuse.code, title: 'No' }));
      else if (status === 304) response.writeHead(304, { etag }).end();
      else response.writeHead(200, { etag, 'content-type': 'application/json' }).end(JSON.stringify({ visitors: version }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/live`;
  });
  afterEach(async () => {
    feed?.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const start = (): FeedState<Live>[] => {
    const states: FeedState<Live>[] = [];
    feed = new LiveFeed((state) => states.push(state));
    feed.setQuery(url);
    return states;
  };

  it('shows a change, and draws nothing while there is none', async () => {
    const states = start();
    await expect.poll(() => answered.filter((status) => status === 304).length).toBeGreaterThanOrEqual(2);
    expect(states).toHaveLength(1);
    version = 2;
    await expect.poll(() => states.at(-1)?.data?.visitors).toBe(2);
  });

  it('asks nothing while nobody looks', async () => {
    const states = start();
    await expect.poll(() => states.length).toBe(1);
    feed?.setVisible(false);
    const before = answered.length;
    version = 2;
    feed?.setVisible(true);
    await expect.poll(() => states.at(-1)?.data?.visitors).toBe(2);
    expect(answered.length).toBe(before + 1);
  });

  it('keeps what it knows through a failure and recovers; a refusal ends it', async () => {
    const states = start();
    await expect.poll(() => states.length).toBe(1);
    refuse = { status: 503, code: 'query_timeout' };
    await expect.poll(() => states.at(-1)?.error?.code).toBe('query_timeout');
    expect(states.at(-1)?.data?.visitors).toBe(1);
    refuse = null;
    await expect.poll(() => states.at(-1)?.error).toBeNull();
    refuse = { status: 404, code: 'site_unknown' };
    await expect.poll(() => states.at(-1)?.error?.code).toBe('site_unknown');
  });

  it('starts from nothing when it is asked something else, so that a failure shows no figures of another question', async () => {
    const states = start();
    await expect.poll(() => states.at(-1)?.data?.visitors).toBe(1);
    refuse = { status: 404, code: 'site_unknown' };
    feed?.setQuery(`${url}?site=docs`);
    expect(states.at(-1)).toMatchObject({ data: null, error: null, loading: true });
    await expect.poll(() => states.at(-1)?.error?.code).toBe('site_unknown');
    expect(states.at(-1)?.data).toBeNull();
  });
});
