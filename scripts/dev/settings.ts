/** What `npm run dev` takes from the environment: the same as `npm start`, with a data folder of its own, and where debuggers are let in. */
import { readSettings, type Settings, type StartEnvironment } from '../run/settings.ts';
import { Failure } from '../setup/failure.ts';
import type { WantedPort } from '../setup/ports.ts';

/** The first of three ports; Node's own is 9229, which belongs to whatever else is being debugged. */
const INSPECT = 9230;

/** What each variable is for that only a development start reads: README's table is made of it. */
export const DEVELOPMENT_SETTINGS = {
  INSPECT: {
    otherwise: `\`${INSPECT}\``,
    what: '`npm run dev`: the first of three ports where debuggers are let in, see [CONTRIBUTING.md](CONTRIBUTING.md#development); `off` for none',
  },
} as const;

export interface DevelopmentSettings extends Settings {
  /** In the order of the services. */
  inspectorsOf(services: readonly { name: string }[]): WantedPort[];
}

export function readDevelopmentSettings(
  env: StartEnvironment & Readonly<Partial<Record<keyof typeof DEVELOPMENT_SETTINGS, string>>> = process.env,
): DevelopmentSettings {
  const settings = readSettings({ ...env, DATAMESH_DATA: env.DATAMESH_DATA || '.data/dev' });
  const first = env.INSPECT === 'off' ? undefined : Number(env.INSPECT || INSPECT);
  if (first !== undefined && !Number.isInteger(first)) throw new Failure('INSPECT must be the first of three ports, or off.');
  return {
    ...settings,
    inspectorsOf: (services) =>
      first === undefined ? [] : services.map(({ name }, i) => ({ name: `inspector of ${name}`, port: first + i, variable: 'INSPECT' })),
  };
}
