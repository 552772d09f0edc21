/** What `npm run dev` takes from the environment: the same as `npm start`, with a data folder of its own, and where debuggers are let in. */
import { readSettings } from '../run/settings.mjs';
import { Failure } from '../setup/failure.mjs';

/** The first of three ports; Node's own is 9229, which belongs to whatever else is being debugged. */
const INSPECT = 9230;

export function readDevelopmentSettings(env = process.env) {
  const settings = readSettings({ ...env, DATAMESH_DATA: env.DATAMESH_DATA || '.data/dev' });
  const first = env.INSPECT === 'off' ? undefined : Number(env.INSPECT || INSPECT);
  if (first !== undefined && !Number.isInteger(first)) throw new Failure('INSPECT must be the first of three ports, or off.');
  return {
    ...settings,
    /** As requireFreePorts takes them; in the order of the services. */
    inspectorsOf: (services) =>
      first === undefined ? [] : services.map(({ name }, i) => ({ name: `inspector of ${name}`, port: first + i, variable: 'INSPECT' })),
  };
}
