/** Keys of trusted senders: servers that report visits themselves. A site's settings hold their SHA-256 only. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Site } from './site';

/** Of `Bearer …` in whatever form the operator made it; null for any other Authorization, such as a sign-in: a JWT, three parts with dots between. */
export function keyDigest(authorization: string | undefined): Buffer | null {
  if (!authorization?.startsWith('Bearer ')) return null;
  const key = authorization.slice('Bearer '.length).trim();
  return key === '' || key.split('.').length === 3 ? null : createHash('sha256').update(key).digest();
}

/** Looks at all keys whichever fits, so that the time it takes tells nothing. */
export function fitsKey(site: Site, digest: Buffer): boolean {
  let fits = false;
  for (const key of site.keys) if (timingSafeEqual(key, digest)) fits = true;
  return fits;
}
