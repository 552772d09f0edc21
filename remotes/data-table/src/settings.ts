/** widget.json's settings as the table uses them. Values come checked from the host; a bare page may give none. */
import type { Settings } from '@datamesh/widget-sdk';

export interface TableSettings {
  source: string;
  columns: readonly string[];
  sort: string;
  context: string;
  contextId: string;
  idColumn: string;
  nameColumn: string;
  density: 'compact' | 'comfortable';
  filterBox: boolean;
}

export function readSettings(settings: Settings): TableSettings {
  const text = (key: string, fallback: string): string => {
    const value = settings[key];
    return typeof value === 'string' && value !== '' ? value : fallback;
  };
  const columns = settings['columns'];
  return {
    source: text('source', 'markets/instruments.json'),
    columns: Array.isArray(columns) ? columns.filter((id) => typeof id === 'string') : [],
    sort: text('sort', ''),
    context: text('context', 'fdc3.instrument'),
    contextId: text('context-id', 'id.ticker'),
    idColumn: text('id-column', 'symbol'),
    nameColumn: text('name-column', 'name'),
    density: settings['density'] === 'compact' ? 'compact' : 'comfortable',
    filterBox: settings['filter-box'] !== false,
  };
}
