/**
 * Unit tests share a process: starting one for each of some 250 files takes longer than all of their tests. What a file replaced is put back
 * when it is over, and every module is evaluated anew for the next, so that none knows which came before it.
 */
import { afterAll, vi } from 'vitest';

const environment = { ...process.env };
const globals = new Set(Reflect.ownKeys(globalThis));

afterAll(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.resetModules();
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  // One by one: `TZ` counts where it is set on this object, not on another in its place.
  Object.assign(process.env, environment);
  for (const key of Reflect.ownKeys(globalThis)) if (!globals.has(key)) Reflect.deleteProperty(globalThis, key);
});
