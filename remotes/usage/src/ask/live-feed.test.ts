import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Live } from '@datamesh/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FeedState } from './feed';
import { LiveFeed } from './live-feed';

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
    const told: FeedState<Live>[] = [];
    feed = new LiveFeed((state) => told.push(state));
    feed.ask(url);
    return told;
  };

  it('shows a change, and draws nothing while there is none', async () => {
    const told = start();
    await expect.poll(() => answered.filter((status) => status === 304).length).toBeGreaterThanOrEqual(2);
    expect(told).toHaveLength(1);
    version = 2;
    await expect.poll(() => told.at(-1)?.known?.visitors).toBe(2);
  });

  it('asks nothing while nobody looks', async () => {
    const told = start();
    await expect.poll(() => told.length).toBe(1);
    feed?.setVisible(false);
    const before = answered.length;
    version = 2;
    feed?.setVisible(true);
    await expect.poll(() => told.at(-1)?.known?.visitors).toBe(2);
    expect(answered.length).toBe(before + 1);
  });

  it('keeps what it knows through a failure and recovers; a refusal ends it', async () => {
    const told = start();
    await expect.poll(() => told.length).toBe(1);
    refuse = { status: 503, code: 'query_timeout' };
    await expect.poll(() => told.at(-1)?.error?.code).toBe('query_timeout');
    expect(told.at(-1)?.known?.visitors).toBe(1);
    refuse = null;
    await expect.poll(() => told.at(-1)?.error, { timeout: 8000 }).toBeNull();
    refuse = { status: 404, code: 'site_unknown' };
    await expect.poll(() => told.at(-1)?.error?.code).toBe('site_unknown');
  });

  it('starts from nothing when it is asked something else, so that a failure shows no figures of another question', async () => {
    const told = start();
    await expect.poll(() => told.at(-1)?.known?.visitors).toBe(1);
    refuse = { status: 404, code: 'site_unknown' };
    feed?.ask(`${url}?site=docs`);
    expect(told.at(-1)).toMatchObject({ known: null, error: null, loading: true });
    await expect.poll(() => told.at(-1)?.error?.code).toBe('site_unknown');
    expect(told.at(-1)?.known).toBeNull();
  });
});
