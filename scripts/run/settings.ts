/** What `npm start` takes from the environment, with the defaults of a developer's machine. */
import { join, resolve } from 'node:path';
import type { WantedPort } from '../setup/ports.ts';
import { ROOT } from '../setup/repository.ts';
import type { Site } from './demo-site.ts';
import type { Service } from './service.ts';

export interface Settings {
  ports: { host: number; registry: number; tracker: number };
  data: string;
  logs: string;
  publicUrl: string;
  registryUrl: string;
  /** The company's own sign-in, where there is one; else the embedded development issuer is switched on. */
  issuer: string | undefined;
  bootstrapFile: string;
}

/** What each variable is for that is the start's own: README's table is made of it. */
export const START_SETTINGS = {
  PORT_HOST: { otherwise: '`4000`', what: 'the edge’s port, where the page is' },
  PORT_REGISTRY: { otherwise: '`4100`', what: 'registry-api’s' },
  PORT_TRACKER: { otherwise: '`4200`', what: 'the tracker’s; all on 127.0.0.1' },
  DATAMESH_DATA: { otherwise: '`.data`; `npm run dev`: `.data/dev`', what: 'where data lives' },
} as const;
/** The others belong to a service as well. */
export type StartEnvironment = Readonly<
  Partial<Record<keyof typeof START_SETTINGS | 'PUBLIC_URL' | 'OIDC_ISSUER' | 'BOOTSTRAP_FILE', string>>
>;

export function readSettings(env: StartEnvironment = process.env): Settings {
  const ports = {
    host: Number(env.PORT_HOST || 4000),
    registry: Number(env.PORT_REGISTRY || 4100),
    tracker: Number(env.PORT_TRACKER || 4200),
  };
  const data = resolve(ROOT, env.DATAMESH_DATA || '.data');
  return {
    ports,
    data,
    logs: join(data, 'logs'),
    publicUrl: env.PUBLIC_URL || `http://localhost:${ports.host}`,
    registryUrl: `http://127.0.0.1:${ports.registry}`,
    issuer: env.OIDC_ISSUER || undefined,
    bootstrapFile: env.BOOTSTRAP_FILE ? resolve(env.BOOTSTRAP_FILE) : join(data, 'bootstrap.json'),
  };
}

/** The three processes. `sites` unless SITES is set. Anything else in the environment (MONGO_URL, LOG_LEVEL…) passes through. */
export function servicesOf(
  { ports, data, publicUrl, registryUrl, bootstrapFile, issuer, sites }: Omit<Settings, 'logs'> & { sites?: Site[] },
  env: NodeJS.ProcessEnv = process.env,
): (Service & WantedPort)[] {
  const trackerUrl = `http://127.0.0.1:${ports.tracker}`;
  const common = { HOST: '127.0.0.1', PUBLIC_URL: publicUrl };
  const upstreams = { REGISTRY_URL: env.REGISTRY_URL || registryUrl, TRACKER_URL: env.TRACKER_URL || trackerUrl };
  return [
    {
      name: 'registry-api',
      script: 'registry-api/dist/main.mjs',
      port: ports.registry,
      variable: 'PORT_REGISTRY',
      env: {
        ...common,
        PORT: ports.registry,
        DATA_DIR: join(data, 'registry'),
        BOOTSTRAP_FILE: bootstrapFile,
        TRACKER_URL: upstreams.TRACKER_URL,
        ...(issuer ? {} : { DATAMESH_DEV_ISSUER: '1' }),
      },
    },
    {
      name: 'tracker',
      script: 'tracker/dist/main.mjs',
      port: ports.tracker,
      variable: 'PORT_TRACKER',
      env: {
        ...common,
        PORT: ports.tracker,
        DATA_DIR: join(data, 'tracker'),
        REGISTRY_URL: registryUrl,
        ...(env.SITES || !sites ? {} : { SITES: JSON.stringify(sites) }),
      },
    },
    {
      name: 'host',
      script: 'host/dist-server/main.mjs',
      port: ports.host,
      variable: 'PORT_HOST',
      env: { ...common, PORT: ports.host, ...upstreams },
    },
  ];
}
