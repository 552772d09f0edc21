import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWidgetSource } from './widget-source';

describe('a widget that its container serves', () => {
  let server: Server;
  let url: string;
  let files: Record<string, Buffer | string>;
  beforeEach(async () => {
    files = {};
    server = createServer((request, response) => {
      const body = files[(request.url ?? '').slice(1)];
      if (body === undefined) response.writeHead(404).end();
      else response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it('is copied byte by byte, and given back', async () => {
    const icon = Buffer.from([0, 255, 128, 10]);
    files = {
      'files.json': '["widget.json","dist/a.mjs","shots/1.png"]',
      'widget.json': '{}',
      'dist/a.mjs': 'export {}',
      'shots/1.png': icon,
    };
    const source = createWidgetSource({ kind: 'url', url });
    expect(await source.serves()).toBe(true);
    const folder = await source.folder();
    expect((await readFile(join(folder.path, 'shots/1.png'))).equals(icon)).toBe(true);
    expect((await readdir(folder.path)).sort()).toEqual(['dist', 'shots', 'widget.json']);
    await folder.release();
    await expect(readdir(folder.path)).rejects.toThrow();
  });

  it.each([
    ['is not listed', {}, /files\.json is answered 404: write it with "datamesh files"/],
    ['lists no files', { 'files.json': '{"a":1}' }, /is no list of the widget’s files/],
    ['lists something outside', { 'files.json': '["../../etc/passwd"]' }, /is no list of the widget’s files/],
    ['lists an absolute path', { 'files.json': '["/etc/passwd"]' }, /is no list of the widget’s files/],
    ['lists what it does not have', { 'files.json': '["widget.json"]' }, /widget\.json is answered 404/],
  ])('that %s is not there yet, in words', async (_what, served, sentence) => {
    files = served;
    await expect(createWidgetSource({ kind: 'url', url }).folder()).rejects.toThrow(sentence);
  });

  it('that does not answer is not there yet', async () => {
    const source = createWidgetSource({ kind: 'url', url: 'http://127.0.0.1:1' });
    expect(await source.serves()).toBe(false);
    await expect(source.folder()).rejects.toThrow(/does not answer at http:\/\/127\.0\.0\.1:1 \(ECONNREFUSED\)/);
  });
});

describe('a widget in a mounted folder', () => {
  it('is where it is', async () => {
    const path = await mkdtemp(join(tmpdir(), 'datamesh-mounted-'));
    const source = createWidgetSource({ kind: 'folder', path });
    await expect(source.folder()).rejects.toThrow(/holds no widget\.json/);
    await mkdir(join(path, 'dist'));
    await writeFile(join(path, 'widget.json'), '{}');
    const folder = await source.folder();
    expect(folder.path).toBe(path);
    await folder.release();
    expect(await readdir(path)).toContain('widget.json');
    expect(await source.serves()).toBe(true);
    await rm(path, { recursive: true });
  });
});
