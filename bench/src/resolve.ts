/** POST /resolve of 20 widgets on one process. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack, publish } from '@datamesh/cli';
import { type Load, load } from './load';
import { startService } from './service';

const WIDGETS = 20;

export async function resolve(): Promise<Load & { bytes: number }> {
  const registry = await startService('registry-api/dist/main.mjs', { PUBLIC_URL: 'http://localhost:1', DATAMESH_DEV_ISSUER: '1' });
  try {
    const secret = (JSON.parse(readFileSync(join(registry.data, 'bootstrap.json'), 'utf8')) as { secret: string }).secret;
    const bootstrap = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
    const made = await fetch(`${registry.url}/api/v1/tokens`, {
      method: 'POST',
      headers: bootstrap,
      body: JSON.stringify({ team: 'bench', name: 'bench' }),
    });
    const { secret: token } = (await made.json()) as { secret: string };
    for (let i = 0; i < WIDGETS; i++) await publishOne(`bench-widget-${i}`, registry.url, token);
    const body = JSON.stringify({ widgets: Array.from({ length: WIDGETS }, (_, i) => `bench-widget-${i}@latest`) });
    const answer = await fetch(`${registry.url}/api/v1/resolve`, { method: 'POST', headers: bootstrap, body });
    const text = await answer.text();
    const { items } = JSON.parse(text) as { items: { version?: string }[] };
    if (items.length !== WIDGETS || items.some((item) => item.version !== '1.0.0'))
      throw new Error(`resolve answered ${answer.status}: ${text.slice(0, 300)}`);
    const request = { url: `${registry.url}/api/v1/resolve`, method: 'POST' as const, headers: bootstrap, body, connections: 32 };
    await load({ ...request, duration: 2 });
    return { ...(await load({ ...request, duration: 8 })), bytes: text.length };
  } finally {
    await registry.stop();
  }
}

/** As large as a real remote's answer: eight files with hashes, and a manifest with settings. */
async function publishOne(name: string, url: string, token: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'datamesh-bench-widget-'));
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '1.0.0', type: 'module' }));
  writeFileSync(
    join(folder, 'widget.json'),
    JSON.stringify({
      name,
      title: name,
      description: 'Measures how fast resolving is.',
      publisher: 'bench',
      expose: './widget',
      settings: { type: 'object', properties: { symbol: { type: 'string', default: 'AAPL' }, points: { type: 'integer', default: 12 } } },
    }),
  );
  writeFileSync(join(folder, 'dist/remoteEntry.mjs'), `export const name = ${JSON.stringify(name)};`);
  for (let i = 0; i < 7; i++) writeFileSync(join(folder, `dist/chunk-${i}.mjs`), `export const chunk = ${i};`);
  await publish({ url, token }, await pack(folder));
  rmSync(folder, { recursive: true });
}
