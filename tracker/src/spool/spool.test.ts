import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DiskModel } from '../testing/disk-model';
import type { LogReader } from './log';
import { decodeRecord, encodeRecord } from './record';
import { SEGMENT_HEADER, segmentName } from './segment';
import { Spool, type SpoolOptions } from './spool';

const open = (files: DiskModel, options: Partial<SpoolOptions> = {}): Promise<Spool> =>
  Spool.open({ files, maxBytes: 1_000_000, now: () => performance.now(), ...options });

async function readAll(reader: LogReader, from: number): Promise<string[]> {
  const found: string[] = [];
  for (let at = from; ; ) {
    const { payloads, next } = await reader.read(at, 1000);
    if (payloads.length === 0) return found;
    found.push(...payloads.map(String));
    at = next;
  }
}

const contents = async (spool: Spool): Promise<string[]> => readAll(spool.reader('test', null), spool.reader('test', null).position());
const bytes = (...texts: string[]): Buffer[] => texts.map((text) => Buffer.from(text));

describe('spool', () => {
  it('gives back what was appended, in order, across segments', async () => {
    const spool = await open(new DiskModel(), { segmentBytes: 100 });
    const sent = Array.from({ length: 50 }, (_, index) => `event ${index}`);
    for (const text of sent) expect(await spool.append(bytes(text))).toMatchObject({ ok: true });
    expect(spool.usage().segments).toBeGreaterThan(5);
    expect(await contents(spool)).toEqual(sent);
  });

  it('pays one sync for all requests that wait', async () => {
    const disk = new DiskModel();
    let syncs = 0;
    disk.fault = (operation) => {
      if (operation === 'datasync') syncs++;
      return null;
    };
    const spool = await open(disk);
    await Promise.all(Array.from({ length: 500 }, (_, index) => spool.append(bytes(`event ${index}`))));
    expect(syncs).toBeLessThan(5);
  });

  it('never shows a reader what is not acknowledged', async () => {
    const disk = new DiskModel();
    const spool = await open(disk);
    await spool.append(bytes('kept'));
    disk.fault = (operation) => (operation === 'datasync' || operation === 'truncate' ? 'EIO' : null);
    expect(await spool.append(bytes('lost'))).toMatchObject({ ok: false, reason: 'spool_failed' });
    expect(await contents(spool)).toEqual(['kept']);
  });

  it('keeps every acknowledged record through power cuts, torn tails and restarts, in order', async () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ append: fc.array(fc.string({ maxLength: 1500 }), { minLength: 1, maxLength: 4 }) }) },
      { weight: 1, arbitrary: fc.record({ cut: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 64, maxLength: 64 }) }) },
      { weight: 1, arbitrary: fc.record({ fail: fc.constantFrom('write', 'datasync', 'truncate', 'open', 'syncFolder') }) },
      { weight: 1, arbitrary: fc.constant({ restart: true }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        let disk = new DiskModel();
        let clock = 0;
        const options = { segmentBytes: 2000, now: () => clock };
        let spool = await open(disk, options);
        const acknowledged: string[] = [];
        const sent = new Set<string>();
        let count = 0;
        for (const action of steps) {
          clock += 1000;
          if ('append' in action) {
            // Several requests at once; a power cut may come with some of them under way.
            const texts = action.append.map((text) => `${count++}:${text}`);
            for (const text of texts) sent.add(text);
            const results = await Promise.all(texts.map((text) => spool.append(bytes(text))));
            acknowledged.push(...texts.filter((_, index) => results[index]?.ok));
          } else if ('fail' in action) {
            let once = true;
            disk.fault = (operation) => {
              if (operation !== action.fail || !once) return null;
              once = false;
              return 'EIO';
            };
          } else {
            if ('cut' in action) {
              disk.fault = (operation) => (operation === 'datasync' ? 'EIO' : null);
              await spool.append(bytes('never acknowledged', 'x'.repeat(1200)));
              sent.add('never acknowledged').add('x'.repeat(1200));
              let at = 0;
              disk = disk.powerCut(() => action.cut[at++ % action.cut.length] ?? 0);
            } else {
              disk.fault = () => null;
              await spool.close();
            }
            spool = await open(disk, options);
          }
        }
        disk.fault = () => null;
        const found = await contents(spool);
        const kept = new Set(acknowledged);
        expect(found.filter((text) => kept.has(text))).toEqual(acknowledged);
        for (const text of found) expect(sent).toContain(text);
      }),
      { numRuns: 400 },
    );
  });

  it('repairs a tail torn at any byte, with zeros behind it or nothing, and goes on behind it', async () => {
    const disk = new DiskModel();
    const first = await open(disk, { segmentBytes: 200 });
    await first.append(bytes('one'));
    await first.append(bytes('two'));
    const whole = SEGMENT_HEADER + first.tail();
    await first.append(bytes('the torn one'));
    const file = disk.contents.get(segmentName(0))?.now ?? Buffer.alloc(0);
    for (let length = whole; length < SEGMENT_HEADER + first.tail(); length++)
      for (const rest of [0, 100]) {
        const damaged = new DiskModel();
        const piece = Buffer.concat([file.subarray(0, length), Buffer.alloc(rest)]);
        damaged.contents.set(segmentName(0), { durable: piece, now: piece, changes: [], nameDurable: true });
        const spool = await open(damaged);
        await spool.append(bytes('three'));
        expect(await contents(spool)).toEqual(['one', 'two', 'three']);
      }
  });

  it('steps over damage in the middle, reports it, and keeps what follows', async () => {
    const disk = new DiskModel();
    const first = await open(disk);
    await first.append(bytes('one'));
    await first.append(bytes('two'));
    await first.append(bytes('three'));
    const file = disk.contents.get(segmentName(0));
    if (file) file.now.writeUInt8(255, SEGMENT_HEADER + 11 + 9);
    const damages: number[] = [];
    const spool = await open(disk, { report: { damaged: (_, length) => damages.push(length) } });
    expect(await contents(spool)).toEqual(['one', 'three']);
    expect(damages).toEqual([11]);
  });

  it('refuses at its size limit, and takes again once the sinks have read', async () => {
    const spool = await open(new DiskModel(), { maxBytes: 40_000 });
    const reader = spool.reader('sink', null);
    let accepted = 0;
    let result = await spool.append(bytes('x'.repeat(500)));
    for (; result.ok; accepted++) result = await spool.append(bytes('x'.repeat(500)));
    expect(result).toMatchObject({ reason: 'spool_full', retryAfterSeconds: 5 });
    expect(accepted).toBeGreaterThan(50);
    expect((await readAll(reader, 0)).length).toBe(accepted);
    reader.commit(spool.tail());
    await expect.poll(() => spool.usage().bytes).toBeLessThan(10_000);
    expect(await spool.append(bytes('again'))).toMatchObject({ ok: true });
  });

  it('keeps a segment until the slowest sink has passed it', async () => {
    const disk = new DiskModel();
    const spool = await open(disk, { segmentBytes: 100 });
    const fast = spool.reader('fast', null);
    const slow = spool.reader('slow', null);
    const sent = Array.from({ length: 30 }, (_, index) => `event ${index}`);
    for (const text of sent) await spool.append(bytes(text));
    fast.commit(spool.tail());
    expect(await readAll(slow, 0)).toEqual(sent);
    slow.commit(spool.tail());
    await expect.poll(() => disk.contents.size).toBe(1);
  });

  it('refuses to acknowledge on a full disk, keeps serving reads, and recovers when space returns', async () => {
    const disk = new DiskModel();
    let clock = 0;
    const spool = await open(disk, { now: () => clock, segmentBytes: 40 });
    await spool.append(bytes('before'));
    disk.capacity = disk.used() + 10;
    expect(await spool.append(bytes('does not fit any more'))).toMatchObject({ ok: false, reason: 'spool_full' });
    expect(await contents(spool)).toEqual(['before']);
    disk.capacity = Number.POSITIVE_INFINITY;
    clock += 1000;
    expect(await spool.append(bytes('after'))).toMatchObject({ ok: true });
    expect(await contents(spool)).toEqual(['before', 'after']);
    await spool.close();
    expect(await contents(await open(disk))).toEqual(['before', 'after']);
  });

  it('does not show after a restart what it refused', async () => {
    const disk = new DiskModel();
    let clock = 0;
    const spool = await open(disk, { now: () => clock });
    await spool.append(bytes('one'));
    // The sync fails and the file cannot be cut back either: only the next segment's base tells where this one ends.
    disk.fault = (operation) => (operation === 'datasync' || operation === 'truncate' ? 'EIO' : null);
    await spool.append(bytes('refused'));
    disk.fault = () => null;
    clock += 1000;
    await spool.append(bytes('two'));
    expect(await contents(await open(disk))).toEqual(['one', 'two']);
  });

  it('goes on where a sink already is when the folder was emptied', async () => {
    const spool = await open(new DiskModel(), { startAt: 5000 });
    const reader = spool.reader('sink', 5000);
    await spool.append(bytes('new'));
    expect(await readAll(reader, 5000)).toEqual(['new']);
  });

  it('refuses while it closes, after finishing what it had accepted', async () => {
    const disk = new DiskModel();
    const spool = await open(disk);
    const accepted = spool.append(bytes('accepted'));
    const closing = spool.close();
    expect(await spool.append(bytes('late'))).toMatchObject({ ok: false, reason: 'stopping' });
    expect(await accepted).toMatchObject({ ok: true });
    await closing;
    expect(await contents(await open(disk))).toEqual(['accepted']);
  });
});

/** What is on disks already must be read by every later version: these bytes never change. */
describe('the bytes of a record', () => {
  const written = Buffer.from('050000005bac12516576656e74', 'hex');

  it('are its length, the checksum of length and payload, and the payload', () => {
    expect(encodeRecord(Buffer.from('event')).toString('hex')).toBe(written.toString('hex'));
    expect(decodeRecord(written, 0)).toMatchObject({ kind: 'record', next: written.length });
  });

  it('are no record once any bit of them is another', () => {
    for (let bit = 0; bit < written.length * 8; bit++) {
      const flipped = Buffer.from(written);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(decodeRecord(flipped, 0).kind).not.toBe('record');
    }
  });
});
