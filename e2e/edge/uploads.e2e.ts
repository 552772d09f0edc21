/** Uploads that were made to hurt, as they come in from outside: through the edge, into a registry that goes on working. */
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Layout, Problem } from '@datamesh/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rawEntry, rawHeader } from '../../registry-api/src/testing/raw-tar';
import { tar, widgetEntries, widgetTarball } from '../../registry-api/src/testing/tarball';
import { HealthProbe } from '../harness/health-probe';
import { Stack } from '../harness/stack';
import { Wire } from '../harness/wire';
import { signedIn, tokenOf } from './people';

const TEAM = 'hostile-team';
let stack: Stack;
let hostile: Record<string, string>;
let probe: HealthProbe;

beforeAll(async () => {
  stack = await Stack.start();
  hostile = await tokenOf(stack, TEAM);
});
afterAll(async () => {
  await stack?.stop();
});
beforeEach(async () => {
  probe = await HealthProbe.start(stack);
});
afterEach(({ task }) => probe.stop(task.name));

const widget = (name: string, publisher = TEAM, settings?: unknown): Buffer =>
  widgetTarball({ name, manifest: { publisher, ...(settings ? { settings } : {}) } });

async function publish(name: string, body: Uint8Array, headers = hostile): Promise<[status: number, code: string | undefined]> {
  const answer = await fetch(`${stack.url}/api/v1/widgets/${name}/versions/1.0.0`, {
    method: 'PUT',
    headers: { ...headers, 'content-type': 'application/gzip' },
    body: Buffer.from(body),
  });
  return [answer.status, ((await answer.json()) as Partial<Problem>).code];
}

describe('an archive', () => {
  const good = tar(widgetEntries({ name: 'bomb-widget', manifest: { publisher: TEAM } }));
  const zeros = Buffer.alloc(50 * 1024 * 1024);
  const zstdMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x04, 0x00, 0x01, 0x00, 0x00]);
  const bomb = gzipSync(gzipSync(gzipSync(zeros, { level: 9 }), { level: 9 }), { level: 9 });

  it.each([
    ['of some hundred bytes that are 50 MB of zeros, three times over', bomb, 'tarball_malformed'],
    ['in an archive', gzipSync(gzipSync(good)), 'tarball_malformed'],
    ['that begins like zstd', gzipSync(Buffer.concat([zstdMagic, good])), 'tarball_malformed'],
    ['that is brotli', gzipSync(brotliCompressSync(zeros, {})), 'tarball_malformed'],
    ['of a gigabyte', gzipSync(Buffer.alloc(1024 * 1024 * 1024)), 'tarball_too_large'],
    [
      'with millions of pax records',
      gzipSync(
        Buffer.concat([
          good.subarray(0, -1024),
          rawEntry({ type: 'x' }, '6 a=b\n'.repeat(600_000)),
          rawHeader({ name: '/x' }),
          Buffer.alloc(1024),
        ]),
      ),
      'path_unsafe',
    ],
  ])('%s is refused', async (_what, archive, code) => {
    expect(await publish('bomb-widget', archive)).toEqual([expect.toSatisfy((status) => [400, 413, 422].includes(status as number)), code]);
  });
});

describe('settings', () => {
  const pattern = (text: string) => ({ type: 'object', properties: { code: { type: 'string', pattern: text } } });

  it.each([
    ['looks ahead and goes back for ever', '^(?=(a+)+$).*$'],
    ['refers to its own group', '^(a+)+\\1$'],
  ])('whose pattern %s are not published', async (_what, text) => {
    expect(await publish('pattern-widget', widget('pattern-widget', TEAM, pattern(text)))).toEqual([422, 'settings_invalid']);
  });

  it('of two hundred panels with a pattern, in one write of a viewer, are checked beside everything else', async () => {
    expect(await publish('linear-widget', widget('linear-widget', TEAM, pattern('^(a+)+$')))).toEqual([201, undefined]);
    const casey = { ...(await signedIn(stack, 'casey')), 'content-type': 'application/json' };
    const ids = Array.from({ length: 200 }, (_, index) => `p${index}`);
    const content = {
      title: 'Hostile',
      tree: {
        type: 'row',
        children: [ids.slice(0, 100), ids.slice(100)].map((panels) => ({ size: 0.5, node: { type: 'stack', active: 0, panels } })),
      },
      panels: Object.fromEntries(ids.map((id) => [id, { widget: 'linear-widget@latest' }])),
    };
    const made = await fetch(`${stack.url}/api/v1/layouts`, { method: 'POST', headers: casey, body: JSON.stringify(content) });
    expect(made.status).toBe(201);
    const { id } = (await made.json()) as Layout;
    const settings = { code: `${'a'.repeat(50)}!` };
    const body = JSON.stringify({ panels: Object.fromEntries(ids.map((panel) => [panel, { settings }])) });
    const mine = await fetch(`${stack.url}/api/v1/layouts/${id}/mine`, { method: 'PUT', headers: casey, body });
    const { code, errors } = (await mine.json()) as Problem;
    expect([mine.status, code, errors?.length]).toEqual([422, 'settings_invalid', 200]);
  });
});

describe('uploads that never end', () => {
  it('of one team, as many as it likes, hold up neither another team nor anybody else', async () => {
    const host = new URL(stack.url).host;
    const slow = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const wire = await Wire.open(stack.url);
        const lines = [`PUT /api/v1/widgets/slow-widget-${index}/versions/1.0.0 HTTP/1.1`, `host: ${host}`];
        for (const [name, value] of Object.entries(hostile)) lines.push(`${name}: ${value}`);
        await wire.send([...lines, 'content-type: application/gzip', 'content-length: 100000', '\r\n'].join('\r\n'));
        await wire.send('x');
        return wire;
      }),
    );
    const others = await tokenOf(stack, 'quick-team');
    for (const name of ['quick-widget-one', 'quick-widget-two', 'quick-widget-three'])
      expect(await publish(name, widget(name, 'quick-team'), others)).toEqual([201, undefined]);
    // All of them, still under way while others were done with theirs.
    const rest = await Promise.all(slow.map((wire) => wire.send('x')));
    expect(rest).toEqual(Array(20).fill(true));
    for (const wire of slow) wire.destroy();
    expect(await publish('slow-widget-after', widget('slow-widget-after'))).toEqual([201, undefined]);
  });
});
