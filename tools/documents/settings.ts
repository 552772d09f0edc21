/** The tables of settings in README.md and docs/deployments.md: what each variable is for, and what holds without it as its reader says. */
import { COMMON_SETTINGS, type Environment, type SettingDoc, type SettingRead, Settings } from '@datamesh/service';
import { readConfig as readHost } from '../../host/server/config';
import { SETTINGS as HOST } from '../../host/server/settings';
import { readConfig as readSidecar } from '../../packages/sidecar/src/config';
import { SETTINGS as SIDECAR } from '../../packages/sidecar/src/settings';
import { readConfig as readRegistry } from '../../registry-api/src/config';
import { SETTINGS as REGISTRY } from '../../registry-api/src/settings';
import { DEVELOPMENT_SETTINGS } from '../../scripts/dev/settings';
import { START_SETTINGS } from '../../scripts/run/settings';
import { readPinotSetup, readConfig as readTracker } from '../../tracker/src/config';
import { SETTINGS as TRACKER } from '../../tracker/src/settings';

type Docs = Readonly<Record<string, SettingDoc>>;
interface Service {
  name: string;
  docs: Docs;
  read: readonly SettingRead[];
}

/** What `read` asks for, of an environment in which nothing that is required is missing. */
function readBy<Name extends string>(env: Environment, read: (env: Environment, settings: Settings<Name>) => unknown): SettingRead[] {
  const settings = new Settings<Name>(env);
  read(env, settings);
  return settings.all();
}

const KAFKA = { KAFKA_BROKERS: 'kafka:9092' };
const SERVICES: readonly Service[] = [
  { name: 'host', docs: HOST, read: readBy({}, readHost) },
  {
    name: 'registry-api',
    docs: REGISTRY,
    read: readBy({ OIDC_ISSUER: 'https://sign-in.example.com', OIDC_CLIENT_ID: 'dashboard' }, readRegistry),
  },
  {
    name: 'tracker',
    docs: TRACKER,
    read: [
      ...readBy({ ...KAFKA, SINKS: 'duckdb,kafka', QUERY_ENGINE: 'pinot', PINOT_BROKERS: 'pinot:8099' }, readTracker),
      ...readBy({ ...KAFKA, PINOT_CONTROLLER: 'http://pinot:9000' }, readPinotSetup),
    ],
  },
];
const POD = { REGISTRY_URL: 'http://registry-api:4100', POD_UID: 'uid', POD_NAME: 'pod', POD_NAMESPACE: 'namespace' };

/** By document: what stands between its marks. Throws where a variable is described and not read. */
export function renderSettings(): Readonly<Record<string, string>> {
  return {
    'README.md': [
      `### All services\n\n${commonTable()}`,
      ...SERVICES.map(({ name, docs, read }) => `### ${name}\n\n${table(docs, read, COMMON_SETTINGS)}`),
      `### npm start, npm run dev\n\n${startTable()}`,
    ].join('\n\n'),
    'docs/deployments.md': table(SIDECAR, readBy(POD, readSidecar)),
  };
}

const HEAD = '| variable | default | what |\n|---|---|---|';
const row = (name: string, holds: string, what: string): string => `| \`${name}\` | ${holds} | ${what} |`;

const readersOf = (name: string): { of: string; holds: string }[] =>
  SERVICES.flatMap(({ name: of, read }) =>
    read.filter((setting) => setting.name === name).map((setting) => ({ of, holds: holdsWithout(setting) })),
  );

/** What every service reads: one row each, with whose default it is where they differ. */
function commonTable(): string {
  const rows = Object.entries<SettingDoc>(COMMON_SETTINGS).flatMap(([name, { what }]) => {
    const read = readersOf(name);
    if (read.length < SERVICES.length) return [];
    const [first = '', ...others] = new Set(read.map(({ holds }) => holds));
    return [row(name, others.length === 0 ? first : read.map(({ of, holds }) => `${of} ${holds}`).join('; '), what)];
  });
  return [HEAD, ...rows].join('\n');
}

/** `common`: what stands in the table of all services, unless only some read it. */
function table(docs: Docs, read: readonly SettingRead[], common: Docs = {}): string {
  const found = new Map(read.map((setting) => [setting.name, setting]));
  const unread = Object.keys(docs).filter((name) => !found.has(name));
  if (unread.length > 0) throw new Error(`Described, and read by nothing: ${unread.join(', ')}`);
  const some = Object.entries(common).filter(([name]) => found.has(name) && readersOf(name).length < SERVICES.length);
  const rows = [...some, ...Object.entries(docs)].map(([name, { what, otherwise }]) =>
    row(name, otherwise ?? holdsWithout(found.get(name) as SettingRead), what),
  );
  return [HEAD, ...rows].join('\n');
}

const startTable = (): string =>
  [HEAD, ...Object.entries({ ...START_SETTINGS, ...DEVELOPMENT_SETTINGS }).map(([name, doc]) => row(name, doc.otherwise, doc.what))].join(
    '\n',
  );

const holdsWithout = ({ default: value, unit }: SettingRead): string =>
  value === null ? '–' : `\`${value.replaceAll(',', ', ')}\`${unit === null ? '' : ` ${unit}`}`;
