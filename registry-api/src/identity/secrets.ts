import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, base64url, optionally with a prefix that tells people and scanners what it is. */
export const createSecret = (prefix = ''): string => `${prefix}${randomBytes(32).toString('base64url')}`;

/** What a store keeps of a secret. The secrets are 256 random bits, so a plain hash cannot be guessed back. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Compares in a time that does not depend on where the two differ (nor on their lengths: hashes are compared). */
export function sameSecret(given: string, wanted: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(given)), Buffer.from(hashOf(wanted)));
}

const shape = /^[A-Za-z0-9_-]{43}$/;
/** Whether this looks like a value of newSecret without prefix, so that nothing else ever reaches a store. */
export const isSecret = (value: string | undefined): value is string => value !== undefined && shape.test(value);
