/** What kustomize.json says: of which sources the committed program was built, and what its bytes are. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const sourcesHash = (): string =>
  sha256(['main.go', 'go.mod', 'go.sum'].map((name) => readFileSync(join(import.meta.dirname, name), 'utf8')).join('\0'));
