import { describe, expect, it } from 'vitest';
import { MemoryLog } from '../spool/memory-log';
import { Pump } from './pump';
import type { Sink } from './sink';

/** A sink that keeps what it gets, and can be away. */
class RecordingSink implements Sink {
  readonly name = 'recording';
  readonly got: string[] = [];
  readonly batches: number[] = [];
  away = false;

  async position(): Promise<null> {
    return null;
  }

  async write(payloads: readonly Buffer[]) {
    if (this.away) throw new Error('away');
    this.got.push(...payloads.map(String));
    this.batches.push(payloads.length);
    return { inserted: payloads.length, duplicates: 0, deadLetters: 0, rejected: 0 };
  }

  async close(): Promise<void> {}
}

function start({ lingerMs = 5, maxBytes, before = [] }: { lingerMs?: number; maxBytes?: number; before?: string[] } = {}) {
  const log = new MemoryLog(1_000_000);
  void append(log, ...before);
  const sink = new RecordingSink();
  const failures: number[] = [];
  const report = { written: () => undefined, failed: (_: string, __: unknown, attempt: number) => void failures.push(attempt) };
  const reader = log.reader('recording', 0);
  const pump = new Pump({ log, reader, sink, report, now: () => performance.now(), lingerMs, ...(maxBytes ? { maxBytes } : {}) });
  pump.start();
  return { log, sink, pump, failures, lag: () => log.tail() - reader.position() };
}

const append = (log: MemoryLog, ...texts: string[]) => log.append(texts.map((text) => Buffer.from(text)));

describe('pump', () => {
  it('brings everything to the sink, in order, and lets go of it', async () => {
    const { log, sink, pump } = start();
    for (let index = 0; index < 50; index++) await append(log, `${index}`);
    await expect.poll(() => sink.got.length).toBe(50);
    expect(sink.got).toEqual(Array.from({ length: 50 }, (_, index) => `${index}`));
    await expect.poll(() => log.usage().bytes).toBe(0);
    await pump.stop(1000);
  });

  it('gathers more behind what it wrote, but what fills a batch goes at once; told to stop, it waits for nothing', async () => {
    const { sink, pump, lag } = start({ lingerMs: 3_600_000, maxBytes: 10, before: [...'0123456789abcdefghijkl'] });
    await expect.poll(() => lag()).toBe(2);
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    expect(sink.batches).toEqual([10, 10]);
    await pump.stop(60_000);
    expect(sink.batches).toEqual([10, 10, 2]);
    expect(sink.got.join('')).toBe('0123456789abcdefghijkl');
  });

  it('keeps what an absent sink did not take, and goes on when it is back', async () => {
    const { log, sink, pump, failures, lag } = start();
    sink.away = true;
    await append(log, 'a');
    await expect.poll(() => failures.length).toBeGreaterThan(1);
    expect(await append(log, 'b')).toMatchObject({ ok: true });
    expect(lag()).toBe(2);
    sink.away = false;
    await expect.poll(() => sink.got).toEqual(['a', 'b']);
    await pump.stop(1000);
  });

  it('empties the log when it is stopped, and gives up in time when it cannot', async () => {
    const { log, sink, pump } = start();
    await append(log, 'last');
    await pump.stop(1000);
    expect(sink.got).toEqual(['last']);

    const stuck = start();
    stuck.sink.away = true;
    await append(stuck.log, 'kept');
    await stuck.pump.stop(50);
    expect(stuck.lag()).toBe(4);
  });
});
