/** What this instance lets widgets ask for. */
import type { WidgetManifest } from '@datamesh/contracts';
import { refused } from '@datamesh/publishing';
import type { Config } from '../../config';

export type Allowed = Pick<Config, 'sourcesAllowed'>;

export function checkAllowed(manifest: WidgetManifest, allowed: Allowed): void {
  const { sourcesAllowed } = allowed;
  const source = sourcesAllowed && manifest.sources?.find((name) => !sourcesAllowed.includes(name));
  if (source)
    throw refused('source_refused', `This instance does not offer the data source ${source}; an admin adds it to SOURCES_ALLOWED`);
}
