import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type Asset, type Assets, readAssets } from '../assets';
import { PAGE, type Part, readParts } from './parts';
import type { Told } from './told';

/** Milliseconds until a build is looked at again that was written anew while it was read. */
const AGAIN = 50;

/** Follows the page's builds, and how the other parts fare. */
export class Builds {
  /** The last good one; null before there is any. */
  assets: Assets | null = null;
  /** Also of the builds before: a page that is still open may yet ask for what is loaded late. */
  readonly files = new Map<string, Asset>();
  #parts: Part[] = [];
  #looking = false;
  #stale = false;
  readonly #listeners = new Set<(told: Told) => void>();

  /** `state`: the folder of the parts' files, `page`: where the page is built. */
  constructor(
    private readonly state: string,
    private readonly page: string,
    private readonly log: Logger,
  ) {}

  async follow(): Promise<void> {
    watch(this.state, () => void this.#look());
    await this.#look();
  }

  get told(): Told {
    const files = [...(this.assets?.files ?? [])];
    return {
      scripts: files.map(([path]) => path).filter((path) => path.endsWith('.mjs')),
      styles: Object.fromEntries(files.filter(([path]) => path.endsWith('.css')).map(([path, { integrity }]) => [path, integrity])),
      faults: this.#parts.flatMap(({ part, fault }) => (fault ? [{ part, fault }] : [])),
    };
  }

  /** Calls back after each change; answers what ends that. */
  subscribe(listener: (told: Told) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #look(): Promise<void> {
    this.#stale = true;
    if (this.#looking) return;
    this.#looking = true;
    while (this.#stale) {
      this.#stale = false;
      try {
        await this.#read();
      } catch (error) {
        // Half a build: its end is told, or was while this one was read.
        this.log.warn({ err: error }, 'the build is read again');
        await pause(AGAIN);
        this.#stale = true;
      }
    }
    this.#looking = false;
  }

  async #read(): Promise<void> {
    const parts = await readParts(this.state);
    const page = parts.find(({ part }) => part === PAGE);
    // What does not build is not written: the folder has the last that did, or nothing yet.
    if (page && !(page.fault && !existsSync(join(this.page, 'entry.json')))) {
      this.assets = await readAssets(this.page, false);
      for (const [path, file] of this.assets.files) this.files.set(path, file);
    }
    this.#parts = parts;
    for (const listener of this.#listeners) listener(this.told);
  }
}
