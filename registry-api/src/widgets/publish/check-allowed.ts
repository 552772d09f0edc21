/** What this instance lets widgets ask for. */
import type { WidgetManifest } from '@datamesh/contracts';
import { refused } from '@datamesh/publishing';
import type { Config } from '../../config';

export type Allowed = Pick<Config, 'trustedTypesAllowed' | 'sourcesAllowed'>;

export function checkAllowed(manifest: WidgetManifest, allowed: Allowed): void {
  const policy = manifest.trustedTypes?.find((name) => !allowed.trustedTypesAllowed.includes(name));
  if (policy) {
    throw refused(
      'trusted_types_refused',
      `This instance does not allow the Trusted Types policy ${policy}; an admin adds it to TRUSTED_TYPES_ALLOWED`,
    );
  }
  const { sourcesAllowed } = allowed;
  const source = sourcesAllowed && manifest.sources?.find((name) => !sourcesAllowed.includes(name));
  if (source)
    throw refused('source_refused', `This instance does not offer the data source ${source}; an admin adds it to SOURCES_ALLOWED`);
}
