import { homedir } from 'node:os';
import { join } from 'node:path';

export interface Config {
  /** Undefined: where somebody logged in last. */
  url: string | undefined;
  token: string | undefined;
  /** A Chromium; undefined: one that is found. */
  chromium: string | undefined;
  /** Folders in which programs are looked for. */
  path: string;
  /** The file that `datamesh login` writes. */
  credentials: string;
  /** npm's own script, where npm has started this; undefined: `npm` on the path. */
  npm: string | undefined;
  /** By the names of Argo CD's own command line. */
  argocd: { url: string | undefined; token: string | undefined };
}

/** What the command line leaves out comes from the environment. */
export const config = (env: NodeJS.ProcessEnv = process.env): Config => ({
  url: env['DATAMESH_URL'],
  token: env['DATAMESH_TOKEN'],
  chromium: env['CHROMIUM_PATH'] || undefined,
  path: env['PATH'] ?? '',
  credentials: join(env['XDG_CONFIG_HOME'] ?? env['APPDATA'] ?? join(homedir(), '.config'), 'datamesh', 'credentials.json'),
  npm: env['npm_execpath']?.endsWith('npm-cli.js') ? env['npm_execpath'] : undefined,
  argocd: { url: env['ARGOCD_SERVER'], token: env['ARGOCD_AUTH_TOKEN'] },
});
