/** The sidecars' processes: pods of this cluster run in the same namespace of processes as the test. */
import { readdir, readFile } from 'node:fs/promises';

/** Name of its container. */
export const SIDECAR = 'datamesh-sidecar';

/** The process id of a pod's sidecar; undefined while there is none. */
export async function sidecarProcess(pod: string): Promise<number | undefined> {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
    const words = (await read('cmdline')).split('\0').filter(Boolean);
    // Probes and preStop run the same program with words after it.
    if (!words.at(-1)?.endsWith('packages/sidecar/dist/main.cjs')) continue;
    if ((await read('environ')).split('\0').includes(`POD_NAME=${pod}`)) return Number(pid);
  }
  return undefined;
}

/** Resident memory in bytes, as the kernel counts it. */
export async function residentMemory(pid: number): Promise<number> {
  const kibibytes = /VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kibibytes) * 1024;
}
