/** Archives that were made to hurt: each is refused with a code, and nobody else notices. */
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Problem } from '@datamesh/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publisherOf, startTestApi, type TestApi } from '../../testing/api';
import { allowedWait, probed } from '../../testing/probe';
import { base256, octal, rawEntry, rawHeader } from '../../testing/raw-tar';
import { stores } from '../../testing/stores';
import { tar, widgetEntries } from '../../testing/tarball';
import { createPool } from '../../workers/pool';
import { examine } from './examine';
import { examineIn } from './in-threads';

const asked = { name: 'hostile-widget', version: '1.0.0' };
const good = tar(widgetEntries({ name: 'hostile-widget' }));
/** Without the two blocks that end an archive. */
const open = good.subarray(0, good.length - 1024);
const end = Buffer.alloc(1024);
const withEntry = (...blocks: Buffer[]) => gzipSync(Buffer.concat([open, ...blocks, end]));
/** Numbers that look random and are the same in each run. */
const seeded = (seed: number) => () => {
  seed = (seed * 1_664_525 + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};
const repeated = (block: Buffer, times: number) => Buffer.concat(Array.from({ length: times }, () => block));
const zeros = Buffer.alloc(50 * 1024 * 1024);
const zstdMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x04, 0x00, 0x01, 0x00, 0x00]);

const archives: [string, Buffer, string][] = [
  ['gzip in gzip', gzipSync(gzipSync(good)), 'tarball_malformed'],
  ['a bomb in gzip in gzip', gzipSync(gzipSync(gzipSync(zeros))), 'tarball_malformed'],
  ['a zstd magic in gzip', gzipSync(Buffer.concat([zstdMagic, good])), 'tarball_malformed'],
  ['nothing but a zstd magic in gzip', gzipSync(zstdMagic), 'tarball_malformed'],
  ['brotli in gzip', gzipSync(brotliCompressSync(zeros)), 'tarball_malformed'],
  ['one byte of brotli in gzip', gzipSync(Buffer.from([0x8b])), 'tarball_malformed'],
  ['an empty gzip', gzipSync(Buffer.alloc(0)), 'tarball_malformed'],
  ['a gzip of a gigabyte', gzipSync(Buffer.alloc(1024 * 1024 * 1024)), 'tarball_too_large'],
  ['a hundred thousand empty entries', withEntry(repeated(rawHeader({ name: 'dist', type: '5' }), 100_000)), 'too_many_entries'],
  ['twenty thousand pax headers', gzipSync(repeated(rawHeader({ type: 'x' }), 20_000)), 'manifest_missing'],
  ['a pax header that says four gigabytes', withEntry(rawHeader({ type: 'x', size: octal(4 * 2 ** 30 - 1) })), 'tarball_malformed'],
  [
    'a pax header of millions of records',
    withEntry(rawEntry({ type: 'x' }, '6 a=b\n'.repeat(600_000)), rawHeader({ name: '/x' })),
    'path_unsafe',
  ],
  ['a pax size beyond everything', withEntry(rawEntry({ type: 'x' }, '25 size=99999999999999999\n'), rawHeader()), 'tarball_too_large'],
  ['a pax size that is none', withEntry(rawEntry({ type: 'x' }, '12 size=abc\n'), rawHeader()), 'tarball_malformed'],
  ['a negative pax size', withEntry(rawEntry({ type: 'x' }, '11 size=-5\n'), rawHeader()), 'tarball_malformed'],
  ['a pax path that leaves the archive', withEntry(rawEntry({ type: 'x' }, '16 path=../../a\n'), rawHeader()), 'path_unsafe'],
  ['a pax record for a prototype', withEntry(rawEntry({ type: 'x' }, '17 __proto__=a=b\n'), rawHeader({ name: '/x' })), 'path_unsafe'],
  ['a long name of a megabyte', withEntry(rawEntry({ type: 'L' }, 'a'.repeat(1_000_000)), rawHeader()), 'path_unsafe'],
  ['a sparse file', withEntry(rawHeader({ type: 'S' })), 'entry_type_refused'],
  ['an entry of a kind that nobody knows', withEntry(rawHeader({ type: 'Z' })), 'entry_type_refused'],
  ['a negative size in base 256', withEntry(rawHeader({ size: base256(0xff, 0xff, 0x00) })), 'tarball_malformed'],
  ['a size of 2^80 in base 256', withEntry(rawHeader({ size: base256(0x80, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) })), 'tarball_too_large'],
  ['a size that goes beyond the end', withEntry(rawHeader({ size: octal(10_000_000) })), 'tarball_malformed'],
  ['a size that is no number', withEntry(rawHeader({ size: 'zzzzzzzzzzz' })), 'tarball_malformed'],
  ['a size that is no number in base 256', withEntry(rawHeader({ size: base256(0xc2, 1) })), 'tarball_malformed'],
  ['a folder with a size', withEntry(rawHeader({ name: 'dist/more', type: '5', size: octal(100) })), 'tarball_malformed'],
  [
    'a folder with a size at the very end',
    gzipSync(Buffer.concat([open, rawHeader({ name: 'dist', type: '5', size: octal(7) })])),
    'tarball_malformed',
  ],
  ['a wrong checksum', withEntry(rawHeader({ checksum: false })), 'tarball_malformed'],
  ['an entry without a name', withEntry(rawHeader({ name: '' })), 'path_unsafe'],
  ['a tar that is cut off in a header', gzipSync(open.subarray(0, open.length - 100)), 'tarball_malformed'],
  ['garbage after the end of the tar', gzipSync(Buffer.concat([good, Buffer.alloc(512, 0x41)])), 'tarball_malformed'],
  ['garbage after the end of the gzip', Buffer.concat([gzipSync(good), Buffer.from('garbage')]), 'tarball_malformed'],
  ['a second gzip that is none', Buffer.concat([gzipSync(good), Buffer.from([0x1f, 0x8b, 8, 0])]), 'tarball_malformed'],
  ['a bomb as second gzip', Buffer.concat([gzipSync(good), gzipSync(zeros), gzipSync(zeros)]), 'tarball_too_large'],
];

describe('archives that were made to hurt', () => {
  const allowed = { sourcesAllowed: null };
  const pool = createPool({ file: 'publishing', threads: 1, heap: 128, onError: () => {} });
  afterAll(() => pool.stop());

  it('takes a tar in two gzip members, as gzip allows', async () => {
    const parts = [good.subarray(0, 700), good.subarray(700)].map((part) => gzipSync(part));
    const { described } = await examineIn(pool, Buffer.concat(parts), asked, allowed);
    expect(described.files).toHaveLength(5);
  });

  it('comes to an end with any sizes in any headers', async () => {
    const random = seeded(8);
    const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
    const sizes = [
      () => Uint8Array.from({ length: 12 }, () => Math.floor(random() * 256)),
      () => base256(one([0x80, 0x81, 0xc0, 0xff]), ...one([[], [1, 0, 0, 0, 0, 0], [Math.floor(random() * 256)]])),
      () => octal(Math.floor(random() * 2000)),
      () => one(['-1', ' ', '8', '   7', '99999999999', 'NaN', '1e3', '0x10']),
    ];
    for (let round = 0; round < 300; round++) {
      const entries = Array.from({ length: 1 + Math.floor(random() * 4) }, () =>
        rawEntry({ type: one([...'00155xgLKS27Z']), size: one(sizes)() }, one(['', '12 size=abc\n', '11 size=-5\n', 'x'.repeat(700)])),
      );
      const answer = await examine({ upload: gzipSync(Buffer.concat([...entries, one([end, Buffer.alloc(0)])])), asked, allowed });
      expect('refusal' in answer).toBe(true);
    }
  });

  it('ends what takes too long, and goes on', async () => {
    // Whatever it may be that takes longer than the bound: here a large file, of which a warm thread needs far more than the first tick of a clock.
    const large = gzipSync(tar(widgetEntries({ name: 'hostile-widget', code: '// '.repeat(3_000_000) })));
    await expect(examineIn(pool, large, asked, allowed, 0)).rejects.toMatchObject({ status: 422, code: 'tarball_too_costly' });
    expect((await examineIn(pool, large, asked, allowed)).manifest.name).toBe('hostile-widget');
  });

  it('gives nobody a thread that is being ended: it may just have finished, and looks free', async () => {
    for (let times = 0; times < 40; times++) {
      const ended = examineIn(pool, gzipSync(good), asked, allowed, 0).catch(() => 'ended');
      const others = Array.from({ length: 4 }, () => examineIn(pool, gzipSync(good), asked, allowed));
      for (const { manifest } of await Promise.all(others)) expect(manifest.name).toBe('hostile-widget');
      await ended;
    }
  });

  describe.each(stores().slice(0, 1))('at the service', ({ open: openStore }) => {
    let api: TestApi;
    beforeAll(async () => {
      api = await startTestApi(openStore);
    });
    afterAll(() => api.stop());

    it.each(archives)('refuses %s, while a health check never waits', async (_what, archive, code) => {
      const { result, longest, machine } = await probed(
        () => api.publish('hostile-widget', '1.0.0', archive, publisherOf('markets-data')),
        () => api.call('/healthz'),
      );
      expect(((await result.json()) as Problem).code).toBe(code);
      expect(longest).toBeLessThan(allowedWait(machine));
    });
  });
});
