/** For the browser tests of a project: what it has built, on the page that `datamesh dev` shows, and a Chromium to open that with. */
import { join } from 'node:path';
import { checkFolder } from './check/check';
import { config } from './config';
import { CliError } from './problem';
import { findChromium } from './workbench/chromium';
import { startWorkbench } from './workbench/server';

export interface OpenWorkbench {
  /** Where the widget is shown, under the dashboard's own policies. */
  url: string;
  /** The program of a browser that is on this machine. */
  chromium: string;
  close(): Promise<void>;
}

/** Rejects with `chromium_missing` where there is no browser, and with what publishing would refuse. `folder`: the project's. */
export async function openWorkbench(folder: string = process.cwd()): Promise<OpenWorkbench> {
  const settings = config();
  const chromium = findChromium(settings.chromium, settings.path);
  if (!chromium)
    throw new CliError(
      'chromium_missing',
      'nothing was tested in a browser: there is no Chromium on the path, and CHROMIUM_PATH names none; install one, or set CHROMIUM_PATH',
    );
  const { packed } = await checkFolder(folder);
  const { url, close } = await startWorkbench({ packed, page: join(import.meta.dirname, '../dist/workbench'), port: 0 });
  return { url, chromium, close };
}
