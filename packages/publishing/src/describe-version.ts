/** A version is its sorted list of (path, sha384): archives that unpack to the same list are the same version. */
import { createHash } from 'node:crypto';
import type { Files } from './unpack';

export interface DescribedFile {
  path: string;
  integrity: string;
  content: Uint8Array;
}

export interface Described {
  digest: string;
  bytes: number;
  files: DescribedFile[];
}

/** As import maps and `integrity` attributes write it. */
export const integrityOf = (bytes: Uint8Array): string => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;

export function describeVersion(files: Files): Described {
  const described = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, content]) => ({ path, content, integrity: integrityOf(content) }));
  const list = described.map(({ path, integrity }) => [path, integrity]);
  return {
    digest: createHash('sha256').update(JSON.stringify(list)).digest('hex'),
    bytes: described.reduce((sum, { content }) => sum + content.length, 0),
    files: described,
  };
}
