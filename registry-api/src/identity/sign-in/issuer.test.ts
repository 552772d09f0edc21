import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { lazyIssuer } from './issuer';

let server: Server | undefined;
afterEach(() => server?.close());

describe('the issuer’s configuration', () => {
  it('is not asked for before the first sign-in, is kept, and a failure is not', async () => {
    let asked = 0;
    let broken = true;
    server = createServer((_req, res) => {
      asked++;
      res.statusCode = broken ? 500 : 200;
      res.setHeader('content-type', 'application/json');
      res.end(
        JSON.stringify({ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks` }),
      );
    });
    await new Promise<void>((listening) => server?.listen(0, '127.0.0.1', listening));
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const configuration = lazyIssuer({ issuer, clientId: 'dashboard', clientSecret: 'secret', scope: 'openid' });
    expect(asked).toBe(0);
    await expect(configuration()).rejects.toMatchObject({ status: 503, code: 'issuer_unavailable' });
    const tries = asked;
    expect(tries).toBeGreaterThan(1);
    broken = false;
    const [one, two] = await Promise.all([configuration(), configuration()]);
    expect(one.serverMetadata()).toEqual(two.serverMetadata());
    expect(one.serverMetadata().authorization_endpoint).toBe(`${issuer}/auth`);
    expect(asked).toBe(tries + 1);
  });
});
