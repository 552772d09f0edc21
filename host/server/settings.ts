/** What each variable is for that config.ts reads, beside those of all services: README's table is made of it. */
import type { SettingDoc } from '@datamesh/service';

export const SETTINGS = {
  REGISTRY_URL: { what: 'registry-api' },
  TRACKER_URL: { what: 'the tracker' },
  DATA_SOURCES: {
    what: '`/data/{source}`: JSON or a file with it, see [docs/widgets.md](docs/widgets.md#data); `departments` says who may read a source, without it everybody who is signed in',
    otherwise: 'the two demo folders',
  },
  METRICS_PORT: {
    what: 'where Prometheus finds `/metrics`; without it only this machine does, by address (`http://127.0.0.1:4000/metrics`)',
  },
  LIMIT_DATA: { what: 'reads of `/data/`, of one person' },
} as const satisfies Readonly<Record<string, SettingDoc>>;
export type Setting = keyof typeof SETTINGS;
