/** OpenComponents, a registry of micro frontends that teams publish to: brought from npm (MIT), measured, and part of nothing that we ship. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sh } from '../../../e2e/harness/commands';
import { cached, installOnce } from '../install-once';
import { startService } from '../service';
import { serveBucket } from './bucket';

const VERSION = '0.50.44';
const HOME = cached(`oc-${VERSION}`);
/** As the report names it. */
export const OC = `OpenComponents (oc ${VERSION})`;

/** With as many parameters as our widgets have settings; without code for the server, so that nothing but resolving is asked of it. */
const COMPONENT = {
  name: 'bench-component',
  version: '1.0.0',
  private: true,
  oc: {
    files: { template: { src: 'src/index.js', type: 'oc-template-es6' } },
    parameters: {
      symbol: { type: 'string', mandatory: false, default: 'AAPL', example: 'AAPL' },
      points: { type: 'number', mandatory: false, default: 12, example: 12 },
    },
  },
  devDependencies: { oc: VERSION, 'oc-template-es6-compiler': '7.1.4' },
};

/** What keeps it from being there, in one line; undefined when it is. Installed once, and with it a component that its own tools have packaged. */
export const ocObstacle = (): Promise<string | undefined> =>
  installOnce(HOME, async (unfinished) => {
    try {
      await mkdir(join(unfinished, 'src'), { recursive: true });
      await writeFile(join(unfinished, 'package.json'), JSON.stringify(COMPONENT));
      await writeFile(join(unfinished, 'src/index.js'), "export default ({ symbol }) => '<p>' + symbol + '</p>';\n");
      await sh('npm install --no-audit --no-fund --ignore-scripts', { cwd: unfinished });
      await sh('npx --no-install oc package .', { cwd: unfinished });
      return undefined;
    } catch (error) {
      const { message } = error as Error;
      return `npm has to bring and package it (${/^npm error (?!(?:code|syscall|errno|path) )(.+)/m.exec(message)?.[1] ?? message.trim().split('\n').at(-1)})`;
    }
  });

export interface Oc {
  url: string;
  stop(): Promise<void>;
}

/** Its registry in a process of its own, with each of these components in each of these versions. */
export async function startOc(names: string[], versions: string[]): Promise<Oc> {
  const packaged = JSON.parse(await readFile(join(HOME, '_package/package.json'), 'utf8')) as object;
  const template = await readFile(join(HOME, '_package/template.js'));
  const objects = new Map([['components/components.json', json({ lastEdit: 0, components: {} })]]);
  for (const name of names)
    for (const version of versions) {
      objects.set(`components/${name}/${version}/package.json`, json({ ...packaged, name, version }));
      objects.set(`components/${name}/${version}/template.js`, template);
    }
  const bucket = await serveBucket(objects);
  try {
    const service = await startService('bench/src/oc/registry.ts', { NODE_ENV: 'production', OC_HOME: HOME, BUCKET_URL: bucket.origin });
    return {
      url: service.url,
      stop: async () => {
        await service.stop();
        bucket.close();
      },
    };
  } catch (error) {
    bucket.close();
    throw error;
  }
}

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
