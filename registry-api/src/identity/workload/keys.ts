/** The public keys of an issuer: cached, and fetched anew for a key that is not known yet. Only what the operator set is ever fetched. */
import { readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createLocalJWKSet, createRemoteJWKSet, customFetch, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { WorkloadIssuer } from './issuer';

/** Where an issuer's keys are; `jwks` null: where it says so itself. */
export type KeySource = Pick<WorkloadIssuer, 'issuer' | 'jwks' | 'ca' | 'token'>;

/** The issuer's keys cannot be had now. */
export class KeysUnavailable extends Error {}

/** Milliseconds. A key that is not known is looked for at most this often: tokens are anybody's, and name any key. */
const cooldown = 1_000;
const timeout = 5_000;
/** The largest answer that is read, in bytes. */
const largest = 1024 * 1024;

export function keysOf(source: KeySource): JWTVerifyGetKey {
  if (source.jwks !== null && !/^https?:/.test(source.jwks)) return keysOfFile(source.jwks);
  let found: Promise<JWTVerifyGetKey> | undefined;
  return async (header, token) => {
    found ??= remoteKeys(source).catch((error: unknown) => {
      // A failure is not kept: the next token tries again.
      found = undefined;
      throw error;
    });
    return (await found)(header, token);
  };
}

/** Read anew for each token: a mounted file is small, and changes when keys are rotated. */
function keysOfFile(path: string): JWTVerifyGetKey {
  return async (header, token) => {
    let set: JSONWebKeySet;
    try {
      set = JSON.parse(await readFile(path, 'utf8')) as JSONWebKeySet;
    } catch (error) {
      throw new KeysUnavailable(`${path} holds no keys`, { cause: error });
    }
    return createLocalJWKSet(set)(header, token);
  };
}

async function remoteKeys(source: KeySource): Promise<JWTVerifyGetKey> {
  const get = getter(source);
  const address = source.jwks ?? (await discover(source, get));
  const set = createRemoteJWKSet(new URL(address), { cooldownDuration: cooldown, timeoutDuration: timeout, [customFetch]: get });
  return async (header, token) => {
    try {
      return await set(header, token);
    } catch (error) {
      throw isFetchFailure(error) ? new KeysUnavailable(`${address} does not give keys`, { cause: error }) : error;
    }
  };
}

async function discover({ issuer }: KeySource, get: Getter): Promise<string> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const answer = await get(address, { headers: new Headers(), signal: AbortSignal.timeout(timeout) });
    const found = (await answer.json()) as { issuer?: unknown; jwks_uri?: unknown };
    if (!answer.ok || typeof found.jwks_uri !== 'string') throw new Error(`it answers ${answer.status} without jwks_uri`);
    if (found.issuer !== issuer) throw new Error(`it calls itself ${String(found.issuer)}`);
    return found.jwks_uri;
  } catch (error) {
    throw new KeysUnavailable(`${address} does not say where the keys are`, { cause: error });
  }
}

type Getter = (url: string, options: { headers: Headers; signal: AbortSignal }) => Promise<Response>;

/** A GET that trusts the issuer's own authority and shows the token that it wants, neither of which `fetch` offers per call. */
function getter({ ca, token }: KeySource): Getter {
  return async (url, { headers, signal }) => {
    const sent = new Headers(headers);
    if (token !== null) sent.set('authorization', `Bearer ${(await readFile(token, 'utf8')).trim()}`);
    const authority = ca === null ? {} : { ca: await readFile(ca) };
    const send = url.startsWith('https:') ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const request = send(url, { headers: Object.fromEntries(sent), signal, ...authority }, (answer) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        answer.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > largest) answer.destroy(new Error(`${url} answers with more than ${largest} bytes`));
          else chunks.push(chunk);
        });
        answer.once('error', reject);
        answer.once('end', () => resolve(new Response(Buffer.concat(chunks), { status: answer.statusCode ?? 502 })));
      });
      request.once('error', reject);
      request.end();
    });
  };
}

/** jose tells a fetch that failed by a plain JOSEError, everything about a token or a key by one of its kinds. */
function isFetchFailure(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return (
    !(typeof code === 'string' && code.startsWith('ERR_J')) ||
    code === 'ERR_JOSE_GENERIC' ||
    code === 'ERR_JWKS_TIMEOUT' ||
    code === 'ERR_JWKS_INVALID'
  );
}
