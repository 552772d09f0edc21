import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { ownHosts } from './hosts';
import { RateLimiter } from './rate-limit';

it('counts by key, takes more than is left not at all, and says what is left', async () => {
  const limiter = new RateLimiter('events', { quota: 10, window: 60 });
  expect(await limiter.take('a', 4)).toEqual({ allowed: true, remaining: 6, reset: 60 });
  expect(await limiter.take('b', 10)).toEqual({ allowed: true, remaining: 0, reset: 60 });
  const refused = await limiter.take('b');
  expect(refused).toMatchObject({ allowed: false, remaining: 0 });
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  if (refused) limiter.setHeaders(response, refused);
  expect(response.getHeaders()).toMatchObject({
    'ratelimit-policy': '"events";q=10;w=60',
    ratelimit: `"events";r=0;t=${refused?.reset}`,
    'retry-after': String(refused?.reset),
  });
  expect(refused?.reset).toBeGreaterThan(0);
  expect(await new RateLimiter('none', { quota: null, window: 60 }).take('a', 1e9)).toBeNull();
});

it('begins anew with the next window', async () => {
  const limiter = new RateLimiter('short', { quota: 1, window: 1 });
  expect(await limiter.take('a')).toMatchObject({ allowed: true });
  expect(await limiter.take('a')).toMatchObject({ allowed: false });
  await expect.poll(async () => (await limiter.take('a'))?.allowed).toBe(true);
});

it('lets a service be called by addresses, localhost, its public name and the names that it is told', () => {
  const isOwn = ownHosts(new URL('https://dashboard.example.com'), ['Registry-API', 'registry-api.mesh.svc']);
  for (const host of [
    '127.0.0.1:4100',
    '[::1]:4100',
    '10.2.3.4',
    'localhost:4100',
    'a.localhost',
    'dashboard.example.com',
    'registry-api:4100',
    'REGISTRY-API.mesh.svc',
  ])
    expect(isOwn(host), host).toBe(true);
  for (const host of [
    'evil.example',
    'evil.example:4100',
    'dashboard.example.com:81',
    'dashboard.example.com.evil.example',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '',
    undefined,
  ])
    expect(isOwn(host), host).toBe(false);
});
