import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FILE_LIST } from './file-list';
import { serveFiles } from './serve-files';
import { createWidgetSource } from './widget-source';

let folder = '';
let server: Server;
let url = '';
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'serve-files-'));
  for (const [path, text] of [
    ['widget.json', '{}'],
    ['package.json', '{"version":"1.0.0"}'],
    ['secret.txt', 'not listed'],
    [FILE_LIST, '["package.json","widget.json"]'],
  ] as const)
    writeFileSync(join(folder, path), text);
  server = await serveFiles(folder, 0, '127.0.0.1');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});

/** To the letter: fetch would tidy the path up first. */
const statusOf = (path: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    get(url, { path }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).once('error', reject);
  });

it('gives a sidecar what it asks for', async () => {
  const source = createWidgetSource({ kind: 'url', url });
  expect(await source.serves()).toBe(true);
  const { release } = await source.folder();
  await release();
});

it.each(['/secret.txt', '/', '/../package.json', '/%2e%2e/package.json', '/widget.json?x', '//widget.json'])(
  'has no %s: only what is listed',
  async (path) => {
    expect(await statusOf(path)).toBe(404);
  },
);

it('outlives a caller that goes away, and a file that is gone', async () => {
  writeFileSync(join(folder, 'widget.json'), 'x'.repeat(5_000_000));
  await new Promise<void>((resolve) => {
    const request = get(`${url}/widget.json`, (answer) => {
      answer.once('data', () => request.destroy());
      answer.once('close', resolve);
      answer.on('error', () => {});
    });
    request.on('error', () => {});
  });
  rmSync(join(folder, 'widget.json'));
  expect(await statusOf('/widget.json')).toBe(500);
  expect(await statusOf('/package.json')).toBe(200);
});

it('takes no other methods, and answers HEAD without a body', async () => {
  expect((await fetch(`${url}/widget.json`, { method: 'POST' })).status).toBe(405);
  const answer = await fetch(`${url}/widget.json`, { method: 'HEAD' });
  expect([answer.status, await answer.text()]).toEqual([200, '']);
});

it('says of a list that is not there that it cannot start', () => {
  expect(() => serveFiles(join(folder, 'nowhere'), 0, '127.0.0.1')).toThrow(/ENOENT/);
});
