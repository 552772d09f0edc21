import { errors, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ServiceTokenCheck, verifyServiceToken } from './service-token';

const NOW = Date.UTC(2026, 4, 1);
const CLAIMS = {
  sub: 'casey',
  name: 'Casey Brooks',
  roles: ['viewer'],
  departments: ['sales'],
  teams: [],
  sid: 'session',
  auth_time: NOW / 1000 - 60,
};

let sign: (claims?: JWTPayload, alg?: string) => Promise<string>;
let check: (token: string, more?: Partial<ServiceTokenCheck>) => ReturnType<typeof verifyServiceToken>;
beforeAll(async () => {
  const pairs = { ES256: await generateKeyPair('ES256'), RS256: await generateKeyPair('RS256') } as const;
  sign = (claims = {}, alg = 'ES256') =>
    new SignJWT({ iss: 'https://mesh.example', aud: 'tracker', exp: NOW / 1000 + 60, ...CLAIMS, ...claims })
      .setProtectedHeader({ alg })
      .sign(alg === 'RS256' ? pairs.RS256.privateKey : pairs.ES256.privateKey);
  check = (token, more) =>
    verifyServiceToken(token, {
      keys: ({ alg }) => Promise.resolve(alg === 'RS256' ? pairs.RS256.publicKey : pairs.ES256.publicKey),
      issuer: 'https://mesh.example',
      audience: 'tracker',
      now: NOW,
      ...more,
    });
});

describe('a service token', () => {
  it('tells who calls, and until when', async () => {
    expect(await check(await sign())).toEqual({ claims: CLAIMS, until: NOW + 60_000 });
    const began = { ...CLAIMS, signed_in_at: 1 };
    expect(await check(await sign(began), { tolerance: 600 })).toEqual({ claims: began, until: NOW + 660_000 });
  });

  it('gives no role that is unknown here', async () => {
    expect((await check(await sign({ roles: ['viewer', 'owner-of-everything'] }))).claims.roles).toEqual(['viewer']);
  });

  it.each<[string, JWTPayload, Partial<ServiceTokenCheck>, string]>([
    ['for another service', { aud: 'registry-api' }, {}, 'JWTClaimValidationFailed'],
    ['of another instance', { iss: 'https://other.example' }, {}, 'JWTClaimValidationFailed'],
    ['that is over', { exp: NOW / 1000 - 1 }, {}, 'JWTExpired'],
    ['that is over by more than clocks may differ', { exp: NOW / 1000 - 601 }, { tolerance: 600 }, 'JWTExpired'],
    ['that begins later', { nbf: NOW / 1000 + 5 }, {}, 'JWTClaimValidationFailed'],
    ['without an end', { exp: undefined }, {}, 'JWTClaimValidationFailed'],
    ['of nobody', { sub: undefined }, {}, 'JWTClaimValidationFailed'],
    ['of no session', { sid: undefined }, {}, 'JWTClaimValidationFailed'],
    ['whose roles are a word', { roles: 'admin' }, {}, 'JWTInvalid'],
    ['whose teams are numbers', { teams: [1] }, {}, 'JWTInvalid'],
    ['without a name', { name: undefined }, {}, 'JWTInvalid'],
  ])('%s is refused', async (_what, claims, more, name) => {
    await expect(check(await sign(claims), more)).rejects.toMatchObject({ name });
  });

  it('cannot say itself by which algorithm it is checked', async () => {
    await expect(check(await sign({}, 'RS256'))).rejects.toBeInstanceOf(errors.JOSEAlgNotAllowed);
    const [, body] = (await sign()).split('.');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`;
    await expect(check(unsigned)).rejects.toBeInstanceOf(errors.JOSEError);
  });
});
