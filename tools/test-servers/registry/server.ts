/** The built registry-api as a process of its own: what only a real one can show, such as its death. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ended, line } from '../process';

const PROGRAM = join(import.meta.dirname, '../../../registry-api/dist/main.mjs');

export interface RegistryOptions {
  /** Holds bootstrap.json and registry/; kept when the process ends. */
  folder: string;
  port: number;
  /** Over PORT, DATA_DIR and the development issuer; nothing of this process's environment but PATH reaches it. */
  env?: Record<string, string>;
}

export interface RegistryProcess {
  url: string;
  process: ChildProcess;
  /** What may do everything that setting an instance up needs. */
  secret(): Promise<string>;
  end(signal?: NodeJS.Signals): Promise<void>;
}

/** Answers when it listens; throws with what it said where it ends before. */
export async function startRegistry({ folder, port, env = {} }: RegistryOptions): Promise<RegistryProcess> {
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [PROGRAM], {
    env: {
      PATH: process.env['PATH'],
      DATAMESH_DEV_ISSUER: '1',
      PUBLIC_URL: url,
      PORT: String(port),
      DATA_DIR: join(folder, 'registry'),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await line(child, 'registry-api', /listening/);
  return {
    url,
    process: child,
    secret: async () => (JSON.parse(await readFile(join(folder, 'bootstrap.json'), 'utf8')) as { secret: string }).secret,
    end: (signal = 'SIGTERM') => ended(child, signal),
  };
}
