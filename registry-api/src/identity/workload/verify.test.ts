import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UsedTokens } from '../used-tokens/store';
import { readWorkloadIssuers, type WorkloadIssuer } from './issuer';
import { createWorkloads } from './verify';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const SUBJECT = 'system:serviceaccount:markets:series-chart';

interface Key {
  kid: string;
  privateKey: CryptoKey;
  jwk: JWK;
}

async function newKey(kid: string, alg = 'ES256'): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, privateKey: privateKey as CryptoKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

/** An issuer as Kubernetes has one: discovery and keys over http, on this machine. */
class Issuer {
  keys: JWK[] = [];
  down = false;
  fetches = 0;
  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  static async start(): Promise<Issuer> {
    const server = createServer((request, response) => {
      const self = holder.issuer;
      if (!self || self.down) return void response.writeHead(500).end();
      if (request.url === '/.well-known/openid-configuration')
        return void response.end(JSON.stringify({ issuer: self.url, jwks_uri: `${self.url}/keys` }));
      self.fetches += 1;
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: self.keys }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const holder: { issuer?: Issuer } = {};
    holder.issuer = new Issuer(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, server);
    return holder.issuer;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

interface Claims {
  [claim: string]: unknown;
}

function sign(issuer: Issuer, key: Key, claims: Claims = {}, alg = 'ES256'): Promise<string> {
  const seconds = NOW / 1000;
  const payload = { iss: issuer.url, sub: SUBJECT, aud: 'datamesh', iat: seconds, exp: seconds + 600, ...claims };
  return new SignJWT(payload).setProtectedHeader({ alg, kid: key.kid }).sign(key.privateKey);
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = (issuer: Issuer, header: Claims, signature = '') =>
  `${part(header)}.${part({ iss: issuer.url, sub: SUBJECT, aud: 'datamesh', exp: NOW / 1000 + 600 })}.${signature}`;

function onlyOnce(): Pick<UsedTokens, 'use'> {
  const seen = new Set<string>();
  return { use: async (issuer, jti) => seen.size < seen.add(`${issuer} ${jti}`).size };
}

describe('a workload’s token', () => {
  let issuer: Issuer;
  let key: Key;
  beforeEach(async () => {
    issuer = await Issuer.start();
    key = await newKey('first');
    issuer.keys = [key.jwk];
  });
  afterEach(() => issuer.stop());

  const workloads = (fields: Partial<WorkloadIssuer> = {}, now = NOW) => {
    const [read] = readWorkloadIssuers([{ issuer: issuer.url, audience: 'datamesh' }]);
    return createWorkloads([{ ...(read as WorkloadIssuer), ...fields }], onlyOnce(), () => now);
  };

  it('of a known issuer, made for this registry, says who comes', async () => {
    const token = await sign(issuer, key, { 'kubernetes.io': { namespace: 'markets', pod: { uid: 'pod-1' } } });
    const known = workloads();
    expect(known.isFor(token)).toBe(true);
    expect(await known.verify(token)).toMatchObject({
      issuer: issuer.url,
      subject: SUBJECT,
      claims: { 'kubernetes.io': { pod: { uid: 'pod-1' } } },
    });
  });

  it('is taken again and again, with the keys fetched once', async () => {
    const known = workloads();
    for (let beat = 0; beat < 5; beat += 1) await known.verify(await sign(issuer, key));
    expect(issuer.fetches).toBe(1);
  });

  it('that is signed with a new key is taken at once, without anybody restarting', async () => {
    const known = workloads({}, NOW);
    await known.verify(await sign(issuer, key));
    const rotated = await newKey('second');
    issuer.keys = [key.jwk, rotated.jwk];
    await expect.poll(async () => known.verify(await sign(issuer, rotated)).then(({ subject }) => subject, String)).toBe(SUBJECT);
  });

  it.each<[string, string, (issuer: Issuer, key: Key) => Promise<string> | string]>([
    ['is over', 'workload_token_expired', (to, by) => sign(to, by, { exp: NOW / 1000 - 61 })],
    ['is not valid yet', 'workload_token_early', (to, by) => sign(to, by, { nbf: NOW / 1000 + 61 })],
    ['is for somebody else', 'workload_audience_wrong', (to, by) => sign(to, by, { aud: 'vault' })],
    ['has no audience', 'workload_audience_wrong', (to, by) => sign(to, by, { aud: undefined })],
    ['has no subject', 'workload_token_malformed', (to, by) => sign(to, by, { sub: undefined })],
    ['names its subject in a list', 'workload_token_malformed', (to, by) => sign(to, by, { sub: [SUBJECT] as never })],
    ['never ends', 'workload_token_malformed', (to, by) => sign(to, by, { exp: undefined })],
    ['names a key that nobody has', 'workload_key_unknown', async (to) => sign(to, await newKey('other'))],
    ['is signed with another key of that name', 'workload_signature_invalid', async (to) => sign(to, await newKey('first'))],
    [
      'is signed with an algorithm that was not agreed',
      'workload_algorithm_refused',
      async (to) => sign(to, await newKey('p', 'PS256'), {}, 'PS256'),
    ],
    ['is not signed at all', 'workload_algorithm_refused', (to) => unsigned(to, { alg: 'none' })],
    [
      'is signed with the public key as if it were a secret',
      'workload_algorithm_refused',
      (to, by) => {
        const text = unsigned(to, { alg: 'HS256', kid: by.kid }).slice(0, -1);
        return `${text}.${createHmac('sha256', JSON.stringify(by.jwk)).update(text).digest('base64url')}`;
      },
    ],
    ['is damaged', 'workload_signature_invalid', async (to, by) => `${(await sign(to, by)).slice(0, -4)}AAAA`],
    ['is no token', 'workload_token_malformed', () => 'a.b.c'],
  ])('that %s is refused: %s', async (_what, code, make) => {
    await expect(workloads().verify(await make(issuer, key))).rejects.toMatchObject({ status: 401, code });
  });

  it('of an issuer that nobody set is refused, and its address never fetched', async () => {
    const stranger = await Issuer.start();
    stranger.keys = [key.jwk];
    const token = await sign(stranger, key);
    const known = workloads();
    expect(known.isFor(token)).toBe(false);
    await expect(known.verify(token)).rejects.toMatchObject({ status: 401, code: 'workload_issuer_unknown' });
    expect(stranger.fetches).toBe(0);
    await stranger.stop();
  });

  it('cannot be checked while its issuer is away, which is nobody’s refusal, and is taken when it is back', async () => {
    issuer.down = true;
    const known = workloads();
    const token = await sign(issuer, key);
    await expect(known.verify(token)).rejects.toMatchObject({ status: 503, code: 'workload_issuer_unavailable' });
    issuer.down = false;
    expect(await known.verify(token)).toMatchObject({ subject: SUBJECT });
  });

  it('of a CI job is taken once', async () => {
    const known = workloads({ singleUse: true });
    const token = await sign(issuer, key, { jti: 'job-1' });
    await known.verify(token);
    await expect(known.verify(token)).rejects.toMatchObject({ status: 401, code: 'workload_token_replayed' });
    await known.verify(await sign(issuer, key, { jti: 'job-2' }));
    await expect(known.verify(await sign(issuer, key))).rejects.toMatchObject({ code: 'workload_token_malformed' });
  });

  it('is checked against a file of keys where the operator gave one, also after the file changed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'datamesh-jwks-'));
    const jwks = join(folder, 'keys.json');
    try {
      const known = workloads({ jwks });
      await expect(known.verify(await sign(issuer, key))).rejects.toMatchObject({ status: 503 });
      await writeFile(jwks, JSON.stringify({ keys: [key.jwk] }));
      expect(await known.verify(await sign(issuer, key))).toMatchObject({ subject: SUBJECT });
      const rotated = await newKey('second');
      await writeFile(jwks, JSON.stringify({ keys: [rotated.jwk] }));
      expect(await known.verify(await sign(issuer, rotated))).toMatchObject({ subject: SUBJECT });
      await expect(known.verify(await sign(issuer, key))).rejects.toMatchObject({ code: 'workload_key_unknown' });
      expect(issuer.fetches).toBe(0);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('WORKLOAD_ISSUERS', () => {
  const entry = { issuer: 'https://kubernetes.default.svc', audience: 'datamesh' };
  it.each([
    ['no list', '{}', /must be a list of issuers/],
    ['a misspelt member', JSON.stringify([{ ...entry, audiences: 'x' }]), /\[0\] has the unknown member "audiences"/],
    ['an issuer over http', JSON.stringify([{ ...entry, issuer: 'http://issuer.example' }]), /\[0\]\.issuer must be an https address/],
    ['keys over http', JSON.stringify([{ ...entry, jwks: 'http://issuer.example/keys' }]), /\[0\]\.jwks must be an https address/],
    ['no audience', JSON.stringify([{ issuer: entry.issuer }]), /\[0\]\.audience must be a text/],
    ['a symmetric algorithm', JSON.stringify([{ ...entry, algorithms: ['HS256'] }]), /\[0\]\.algorithms must be a list of RS256/],
    ['no algorithm', JSON.stringify([{ ...entry, algorithms: [] }]), /\[0\]\.algorithms/],
    ['one issuer twice', JSON.stringify([entry, entry]), /names the issuer .* twice/],
  ])('with %s is refused in one sentence', (_what, text, sentence) => {
    expect(() => readWorkloadIssuers(JSON.parse(text))).toThrow(sentence);
  });

  it('reads what Kubernetes needs', () => {
    const [read] = readWorkloadIssuers([{ ...entry, jwks: '/var/run/keys.json', ca: '/ca.crt', token: '/token' }]);
    expect(read).toEqual({
      ...entry,
      algorithms: ['RS256', 'ES256'],
      jwks: '/var/run/keys.json',
      ca: '/ca.crt',
      token: '/token',
      singleUse: false,
    });
  });
});
