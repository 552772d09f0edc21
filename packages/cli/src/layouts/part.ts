import { type Change, targetIn } from '@datamesh/layout';
import { inLine } from '../printable';

const FIELDS: Record<string, string> = { title: 'Title', tree: 'Arrangement', defaultChannel: 'Default channel' };
const PARTS: Record<string, string> = { widget: 'Version', title: 'Title', channel: 'Channel', direction: 'Direction' };

/** What of a layout a change is about, in a person's words: "Setting “symbol” of Price chart". */
export const partOf = (change: Pick<Change, 'path' | 'panel'>): string => inLine(describeChange(change));

function describeChange({ path, panel }: Pick<Change, 'path' | 'panel'>): string {
  const [room, id, part, ...rest] = path.split('/');
  if (room === 'filters') return `Filter ${id}`;
  if (panel === null) return FIELDS[path] ?? path;
  if (part === undefined) return `Panel ${panel}`;
  if (part === 'bindings') return `Wire to “${targetIn(rest.join('/'))}” of ${panel}`;
  return part === 'settings' ? `Setting “${rest.join('/')}” of ${panel}` : `${PARTS[part] ?? part} of ${panel}`;
}
