import { ConfigError } from '@datamesh/service';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config';

const dev = { DATAMESH_DEV_ISSUER: '1' };
const oidc = { OIDC_ISSUER: 'https://sign-in.example.com', OIDC_CLIENT_ID: 'dashboard' };

describe('configuration', () => {
  it('has a default for everything but sign-in', () => {
    expect(readConfig(dev)).toMatchObject({
      host: '127.0.0.1',
      port: 4100,
      publicUrl: 'http://localhost:4000',
      mongoUrl: null,
      blobs: 'fs',
      oidc: null,
    });
    expect(readConfig(oidc)).toMatchObject({ devIssuer: false, oidc: { issuer: 'https://sign-in.example.com', clientSecret: null } });
  });

  it('takes an empty variable for one that is not set', () => {
    const names = ['HOST', 'PORT', 'PUBLIC_URL', 'DATA_DIR', 'MONGO_URL', 'BLOBS', 'OIDC_ISSUER', 'CLAIM_ROLES', 'CLAIM_DEPARTMENTS'];
    const more = ['CLAIM_TEAMS', 'BOOTSTRAP_FILE', 'SOURCES_ALLOWED', 'LOOKALIKES_ALLOWED', 'TRUSTED_PROXIES', 'LOG_LEVEL', 'NODE_ENV'];
    const empty = Object.fromEntries([...names, ...more].map((name) => [name, '']));
    expect(readConfig({ ...empty, ...dev })).toEqual(readConfig(dev));
    expect(() => readConfig({ DATAMESH_DEV_ISSUER: '' })).toThrow('OIDC_ISSUER must be');
  });

  it('can be told to allow nothing', () => {
    expect(readConfig({ ...dev, SOURCES_ALLOWED: 'none' })).toMatchObject({ sourcesAllowed: [] });
  });

  it('refuses what shares libraries that the page does not have, unless told to warn', () => {
    expect(readConfig(dev).sharedMismatch).toBe('refuse');
    expect(readConfig({ ...dev, SHARED_MISMATCH: 'warn' }).sharedMismatch).toBe('warn');
  });

  it('puts blobs where the documents are, unless told otherwise', () => {
    expect(readConfig({ ...dev, MONGO_URL: 'mongodb://db/x' }).blobs).toBe('gridfs');
    expect(readConfig({ ...dev, MONGO_URL: 'mongodb://db/x', BLOBS: 'fs' }).blobs).toBe('fs');
  });

  it('lets admins alone share with the company, or whom it is told', () => {
    const { sharing } = readConfig({ ...dev, SHARE_WITH_DEPARTMENT: 'viewer, power-user', SHARE_WITH_PEOPLE: 'admin' });
    expect(sharing).toEqual({ people: ['admin'], department: ['viewer', 'power-user'], company: [] });
  });

  it.each([
    ['no sign-in at all', {}],
    ['an open door to the world', { ...dev, PUBLIC_URL: 'https://dashboard.example.com' }],
    ['an issuer without a client', { OIDC_ISSUER: 'https://sign-in.example.com' }],
    ['a public address with a path', { ...dev, PUBLIC_URL: 'http://localhost:4000/app' }],
    ['a public address that is none', { ...dev, PUBLIC_URL: 'localhost' }],
    ['a port that is none', { ...dev, PORT: 'http' }],
    ['a look-alike without its team', { ...dev, LOOKALIKES_ALLOWED: 'series-charts' }],
    ['blobs nowhere', { ...dev, BLOBS: 's3' }],
    ['a role that there is not', { ...dev, SHARE_WITH_COMPANY: 'boss' }],
    ['GridFS without MongoDB', { ...dev, BLOBS: 'gridfs' }],
  ])('refuses to start with %s', (_what, env) => {
    expect(() => readConfig(env)).toThrow(ConfigError);
  });
});
