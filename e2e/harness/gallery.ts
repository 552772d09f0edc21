/** The page of all components, as `npm run dev` serves it: built once, with nothing behind it. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { HttpService } from '@datamesh/service';
import { freePort } from '@datamesh/test-servers/process';
import { createDevelopmentApp } from '../../host/server/development/app';
import { Builds } from '../../host/server/development/builds';
import { refuse } from '../../host/server/gates';
import { edgeOptions } from '../../host/server/testing/edge';
import { Visitors } from './browser';

const ROOT = join(import.meta.dirname, '../..');

export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1440, height: 900 };

export interface ServedGallery {
  visitors: Visitors;
  close(): Promise<void>;
}

export async function serveGallery(): Promise<ServedGallery> {
  const folder = await mkdtemp(join(tmpdir(), 'datamesh-gallery-'));
  await promisify(execFile)(process.execPath, ['node_modules/@rspack/cli/bin/rspack.js', 'build', '-c', 'host/development.config.ts'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'development', DEVELOPMENT_BUILT: folder },
  });
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const base = { ...(await edgeOptions()), publicUrl: new URL(url) };
  const page = join(folder, 'host/dist');
  const builds = new Builds(join(folder, 'state'), page, base.log);
  await builds.follow();
  const service = new HttpService({ handle: createDevelopmentApp(base, builds, page), refuse });
  await service.listen(port, '127.0.0.1');
  const visitors = await Visitors.open({ url });
  return {
    visitors,
    async close() {
      await visitors.close();
      await service.stop({ grace: 0 });
      await rm(folder, { recursive: true, force: true });
    },
  };
}
