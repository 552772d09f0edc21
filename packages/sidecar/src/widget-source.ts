/** The widget's files, wherever the pod has them, as a folder that can be packed. */
import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Config } from './config';
import { FILE_LIST } from './file-list';
import { call, reasonOf } from './http';

/** The files are not there yet, or not as they must be; the text is for the pod's owner. */
export class WidgetNotThere extends Error {}

export interface WidgetSource {
  /** Throws WidgetNotThere. `release` gives back what was copied. */
  folder(): Promise<{ path: string; release(): Promise<void> }>;
  /** Whether the widget's container serves just now; a mounted folder always does. */
  serves(): Promise<boolean>;
}

export const createWidgetSource = (config: Config['widget']): WidgetSource =>
  config.kind === 'folder' ? mounted(config.path) : served(config.url.replace(/\/$/, ''));

function mounted(path: string): WidgetSource {
  return {
    folder: async () => {
      await access(join(path, 'widget.json')).catch(() => {
        throw new WidgetNotThere(`${path} holds no widget.json`);
      });
      return { path, release: async () => {} };
    },
    serves: async () => true,
  };
}

const maxFiles = 5000;

function served(url: string): WidgetSource {
  async function list(): Promise<string[]> {
    const answer = await call({ url: `${url}/${FILE_LIST}` }).catch((error: unknown) => {
      throw new WidgetNotThere(`the widget’s container does not answer at ${url} (${reasonOf(error)})`);
    });
    if (answer.status !== 200) throw new WidgetNotThere(`${url}/${FILE_LIST} is answered ${answer.status}: write it with "datamesh files"`);
    const paths = parsed(answer.text);
    if (!Array.isArray(paths) || paths.length > maxFiles || !paths.every(isInside))
      throw new WidgetNotThere(`${url}/${FILE_LIST} is no list of the widget’s files: write it with "datamesh files"`);
    return paths;
  }
  return {
    folder: async () => {
      const paths = await list();
      const path = await mkdtemp(join(tmpdir(), 'datamesh-widget-'));
      const release = () => rm(path, { recursive: true, force: true });
      try {
        for (const file of paths) {
          await mkdir(join(path, dirname(file)), { recursive: true });
          await writeFile(join(path, file), await bytesAt(`${url}/${file}`));
        }
      } catch (error) {
        await release();
        throw error;
      }
      return { path, release };
    },
    serves: async () => {
      const answer = await call({ url: `${url}/widget.json`, timeout: 2000 }).catch(() => undefined);
      return answer?.status === 200;
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A path of letters that stays below the folder it is joined to. */
const isInside = (path: unknown): path is string =>
  typeof path === 'string' && /^[\w@.+-]+(\/[\w@.+-]+)*$/.test(path) && !path.split('/').some((part) => part === '.' || part === '..');

/** Bytes, which `call` would read as text. */
function bytesAt(url: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { signal: AbortSignal.timeout(30_000) }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.once('error', reject);
      answer.once('end', () => {
        if (answer.statusCode === 200) resolve(Buffer.concat(chunks));
        else reject(new WidgetNotThere(`${url} is answered ${answer.statusCode}`));
      });
    });
    asked.once('error', (error) => reject(new WidgetNotThere(`${url} does not answer (${reasonOf(error)})`)));
    asked.end();
  });
}
