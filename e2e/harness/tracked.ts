/** What the tracker has of a site, by every way that it can be asked. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BrowserContext } from 'playwright-core';
import { expect } from 'vitest';
import type { Stack } from './stack';
import type { Stay } from './stay';

const CLI = join(import.meta.dirname, '../../tracker/dist/cli.mjs');

export interface Figures {
  value: string;
  views: number;
  visitors: number;
  dwellMs: number;
}

export interface Stored {
  event_name: string;
  path: string;
  ts: number;
  received_ts: number;
}

export class Tracked {
  constructor(
    private readonly stack: Stack,
    /** Of someone who is signed in and may see the site. */
    private readonly context: BrowserContext,
    private readonly site = 'shop',
  ) {}

  /** What the store answers, by the query API. */
  async top(dimension: string): Promise<Figures[]> {
    const [from = '', to = ''] = [Date.now() - 3_600_000, Date.now() + 3_600_000].map((at) => new Date(at).toISOString());
    const query = new URLSearchParams({ site: this.site, from, to, dimension, limit: '100' });
    const answer = await this.context.request.get(`/api/tracker/v1/top?${query}`);
    expect(answer.status()).toBe(200);
    return ((await answer.json()) as { items: Figures[] }).items;
  }

  /** Of the paths that begin like this. */
  async pages(prefix: string): Promise<Figures[]> {
    return (await this.top('path')).filter(({ value }) => value.startsWith(prefix));
  }

  /** The store's sum for a path is the time that it was looked at. */
  async dwellOf(path: string, stay: Stay): Promise<void> {
    const dwell = async (): Promise<number> => (await this.pages(path)).find(({ value }) => value === path)?.dwellMs ?? 0;
    await expect.poll(dwell).toBeGreaterThan(stay.least - 5);
    expect(await dwell()).toBeLessThan(stay.most + 5);
  }

  /** What is on the tracker's disk about paths that begin like this, in order. */
  async records(prefix: string): Promise<Stored[]> {
    const spool = join(this.stack.data, 'tracker/spool');
    const { stdout } = await promisify(execFile)(process.execPath, [CLI, 'spool', 'inspect', spool, '--records'], {
      maxBuffer: 64 * 1024 * 1024,
    });
    const lines = stdout.split('\n').flatMap((line) => line.match(/^\d+\t(\{.*)$/)?.[1] ?? []);
    return lines.map((line) => JSON.parse(line) as Stored).filter(({ path }) => path?.startsWith(prefix));
  }

  /** Events that were refused for this reason since the tracker started. */
  async drops(reason: string): Promise<number> {
    const metrics = await (await fetch(`${this.stack.trackerUrl}/metrics`)).text();
    return Number(metrics.match(new RegExp(`^tracker_events_total\\{outcome="${reason}"\\} (\\d+)$`, 'm'))?.[1] ?? 0);
  }
}
