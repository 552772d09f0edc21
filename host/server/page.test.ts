import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, codeOf, ORIGIN, startEdge, startRegistry } from './testing/edge';

/** Text in which a better search for repetitions pays. */
const PROSE = Array.from(
  { length: 2000 },
  (_, i) => `export const value${(i * 7919) % 613} = call(${(i * 104729) % 997}, 'text ${i % 37}');`,
).join('\n');

describe('page and files', () => {
  let registry: Awaited<ReturnType<typeof startRegistry>>;
  let edge: Awaited<ReturnType<typeof startEdge>>;
  beforeAll(async () => {
    registry = await startRegistry();
    edge = await startEdge({
      registry: registry.url,
      files: {
        'logo.3.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
        'main.1.mjs.map': '{}',
        'main.1.mjs': PROSE,
        'language-de.1.mjs': '//',
      },
    });
  });
  afterAll(async () => {
    await edge.close();
    await registry.close();
  });

  it('is never kept; its nonce is new each time, and on the import map alone', async () => {
    const [one, two] = [await ask(edge, '/'), await ask(edge, '/d/sales')];
    const nonceOf = (csp: unknown): string => /script-src 'self' 'nonce-([^']+)'/.exec(String(csp))?.[1] ?? '';
    const nonce = nonceOf(one.headers['content-security-policy']);
    expect(nonce).toHaveLength(24);
    expect(nonceOf(two.headers['content-security-policy'])).not.toBe(nonce);
    expect(one.headers).toMatchObject({
      'cache-control': 'no-store',
      'integrity-policy': 'blocked-destinations=(script)',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
    });
    const tags = (pattern: RegExp): string[] => one.body.match(pattern) ?? [];
    // A module with a nonce hands it on to whatever it imports, data: addresses too.
    expect(tags(/<[^>]*>/g).filter((tag) => tag.includes(nonce))).toEqual([`<script type="importmap" nonce="${nonce}">`]);
    const files = tags(/<(script type="module"|link rel="(modulepreload|stylesheet)")[^>]*>/g);
    expect(files).toHaveLength(3);
    for (const tag of files) expect(tag).toMatch(/(src|href)="\/assets\/[^"]+" integrity="sha384-[^"]+"/);
    expect(one.body).not.toContain('{nonce}');
    expect(one.body).not.toMatch(/style=|<style|javascript:|\son[a-z]+=/);
  });

  it('asks ahead what a department’s page asks first, for whoever has a session to ask with', async () => {
    const ahead = async (path: string, cookie: string): Promise<string | undefined> =>
      /<link rel="preload" as="fetch" href="([^"]*)"/.exec((await ask(edge, path, { headers: { cookie } })).body)?.[1];
    const signedIn = 'dm_theme=dark; dm_session=x';
    expect(await ahead('/d/sales', signedIn)).toBe('/api/v1/pins/sales?include=layout%2Cresolution');
    expect(await ahead('/d/sales?kiosk=30s', '__Host-dm_session=x')).toBe('/api/v1/pins/sales?include=layout%2Cresolution');
    expect(await ahead('/d/sales/0a1b2c3d', signedIn)).toBe('/api/v1/pins/sales?include=layout%2Cresolution&amp;layout=0a1b2c3d');
    for (const path of ['/', '/layouts', '/d/Sales', '/d/sales%22', '/d/sales/x/y'])
      expect(await ahead(path, signedIn), path).toBeUndefined();
    expect(await ahead('/d/sales', 'other=dm_session=x')).toBeUndefined();
  });

  it.each([
    [{}, 'en'],
    [{ 'accept-language': 'de-AT,de;q=0.9,en;q=0.8' }, 'de'],
    [{ 'accept-language': 'fr, en;q=0.2, de;q=0.7' }, 'de'],
    [{ 'accept-language': 'de;q=0, en-GB' }, 'en'],
    [{ 'accept-language': 'de', cookie: 'dm_theme=dark; dm_language=en' }, 'en'],
    [{ 'accept-language': 'en', cookie: 'dm_language=de' }, 'de'],
    [{ cookie: 'dm_language=fr' }, 'en'],
  ])('begins in the reader’s language, and brings its texts along: %j', async (headers, language) => {
    const { body } = await ask(edge, '/', { headers });
    expect(/<html lang="([^"]*)"/.exec(body)?.[1]).toBe(language);
    const catalog = /<link rel="modulepreload" href="\/assets\/language-de\.1\.mjs" integrity="sha384-[^"]+" crossorigin="anonymous">/;
    expect(catalog.test(body)).toBe(language === 'de');
    expect(body).not.toContain('{catalog}');
  });

  it('has a policy that lets nothing run but files of this origin, and no policy be made twice', async () => {
    const csp = String((await ask(edge, '/')).headers['content-security-policy']);
    const rules = Object.fromEntries(csp.split('; ').map((rule) => [rule.split(' ', 1)[0], rule.slice(rule.indexOf(' ') + 1)]));
    expect(rules).toEqual({
      'default-src': "'none'",
      'script-src': expect.stringMatching(/^'self' 'nonce-[^' ]{24}'$/),
      'style-src': `'unsafe-inline' ${ORIGIN}/assets/`,
      'img-src': "'self' data: blob:",
      'media-src': "'self' data: blob:",
      'connect-src': "'self' data: blob:",
      'font-src': "'self' data:",
      'worker-src': `${ORIGIN}/worker ${ORIGIN}/outage-worker`,
      'base-uri': "'none'",
      'form-action': "'self'",
      'frame-ancestors': "'none'",
      'object-src': "'none'",
      'trusted-types': 'host-import-map widget-html default',
      'require-trusted-types-for': "'script'",
    });
  });

  it.each<Record<string, string>>([
    { 'service-worker': 'script' },
    { 'sec-fetch-dest': 'serviceworker' },
    { 'sec-fetch-dest': 'sharedworker' },
    { 'sec-fetch-dest': 'worker' },
    { 'sec-fetch-dest': 'audioworklet' },
    { 'sec-fetch-dest': 'paintworklet' },
    { 'sec-fetch-dest': 'sharedstorageworklet' },
  ])('starts no worker from any of its files: %j', async (headers) => {
    for (const path of ['/assets/main.1.mjs', '/remotes/a-table/1.0.0/dist/widget.mjs', '/']) {
      const answer = await ask(edge, path, { headers });
      expect([answer.status, codeOf(answer)], path).toEqual([403, 'worker_refused']);
    }
  });

  it('serves the beginning of workers to workers alone, as it serves itself: kept nowhere, with a policy by which nothing else runs', async () => {
    const { status, headers, body } = await ask(edge, '/worker?file=x', { headers: { 'sec-fetch-dest': 'worker' } });
    expect([status, body]).toEqual([200, 'postMessage(3);']);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'text/javascript; charset=utf-8' });
    expect(String(headers['content-security-policy']).split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'unsafe-eval'",
      "connect-src 'self' data: blob:",
      "font-src 'self' data:",
      "worker-src 'none'",
      'trusted-types published-worker',
      "require-trusted-types-for 'script'",
    ]);
    for (const kind of ['sharedworker', 'serviceworker', 'document', 'script', 'empty']) {
      const answer = await ask(edge, '/worker', { headers: { 'sec-fetch-dest': kind } });
      expect([answer.status, codeOf(answer)], kind).toEqual([403, 'worker_refused']);
    }
    const answer = await ask(edge, '/worker', { headers: { 'service-worker': 'script' } });
    expect([answer.status, codeOf(answer)]).toEqual([403, 'worker_refused']);
    expect((await ask(edge, '/assets/worker.3.mjs')).status).toBe(404);
  });

  it('names every script of the host with its hash, lazy ones included', async () => {
    const { body } = await ask(edge, '/l/abc');
    const { integrity } = JSON.parse(/<script type="importmap"[^>]*>(.*?)<\/script>/.exec(body)?.[1] ?? '') as {
      integrity: Record<string, string>;
    };
    expect(Object.keys(integrity).sort()).toEqual(['/assets/language-de.1.mjs', '/assets/lazy.2.mjs', '/assets/main.1.mjs']);
    expect(integrity['/assets/lazy.2.mjs']).toBe(edge.assets.files.get('lazy.2.mjs')?.integrity);
    expect(body.indexOf('importmap')).toBeLessThan(body.indexOf('modulepreload'));
  });

  it('begins in the theme that was chosen, else in the one that the browser prefers', async () => {
    const theme = async (headers: Record<string, string>) =>
      /<html[^>]*data-theme="(\w+)"/.exec((await ask(edge, '/', { headers })).body)?.[1];
    expect(await theme({})).toBeUndefined();
    expect(await theme({ cookie: 'a=b; dm_theme=dark' })).toBe('dark');
    expect(await theme({ cookie: 'dm_theme=x"><script>' })).toBeUndefined();
    expect(await theme({ 'sec-ch-prefers-color-scheme': '"dark"' })).toBe('dark');
    expect(await theme({ 'sec-ch-prefers-color-scheme': '"dark"', cookie: 'dm_theme=light' })).toBe('light');
  });

  it('begins as dense and as still as was chosen, and takes nothing else from a cookie', async () => {
    const root = async (cookie?: string) => /<html[^>]*>/.exec((await ask(edge, '/', cookie ? { headers: { cookie } } : {})).body)?.[0];
    expect(await root()).toBe('<html lang="en">');
    expect(await root('dm_motion=reduced; dm_theme=dark; dm_density=compact')).toBe(
      '<html lang="en" data-theme="dark" data-density="compact" data-motion="reduced">',
    );
    expect(await root('xdm_density=compact; dm_motion=none; dm_density=compact"x')).toBe('<html lang="en">');
  });

  it('serves files for ever, compressed as the client takes them, and as nothing that could be a document', async () => {
    const plain = await ask(edge, '/assets/main.1.mjs');
    expect(plain.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    });
    const br = await ask(edge, '/assets/main.1.mjs', { headers: { 'accept-encoding': 'gzip, deflate, br' } });
    expect([br.headers['content-encoding'], brotliDecompressSync(br.bytes).toString()]).toEqual(['br', plain.body]);
    const gzip = await ask(edge, '/assets/main.1.mjs', { headers: { 'accept-encoding': 'gzip, br;q=0' } });
    expect([gzip.headers['content-encoding'], gunzipSync(gzip.bytes).toString()]).toEqual(['gzip', plain.body]);
    expect((await ask(edge, '/assets/logo.3.svg')).headers['content-security-policy']).toBe("default-src 'none'; sandbox");
  });

  it('sends what the build compressed where it did, and takes none of it for a file of its own', async () => {
    const [text, br, gzip] = ['body{color:red}', brotliCompressSync('body{color:red}'), gzipSync('body{color:red}')];
    const built = await startEdge({
      registry: new URL('http://127.0.0.1:1'),
      files: { 'late.9.css': text, 'late.9.css.br': br, 'late.9.css.gz': gzip },
    });
    try {
      const bytes = async (encoding: string) =>
        (await ask(built, '/assets/late.9.css', { headers: { 'accept-encoding': encoding } })).bytes;
      expect([await bytes('br'), await bytes('gzip'), await bytes('identity')]).toEqual([br, gzip, Buffer.from(text)]);
      expect((await ask(built, '/assets/late.9.css.br')).status).toBe(404);
    } finally {
      await built.close();
    }
  });

  it('has no other files: neither maps nor its own list', async () => {
    for (const path of ['/assets/nothing.mjs', '/assets/entry.json', '/assets/main.1.mjs.map']) {
      const answer = await ask(edge, path);
      expect([answer.status, codeOf(answer)], path).toEqual([404, 'not_found']);
    }
  });

  it('answers an unknown path with a page for a person and a problem for a program', async () => {
    const person = await ask(edge, '/nothing', { headers: { accept: 'text/html,*/*' } });
    expect([person.status, person.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    expect(person.headers['content-security-policy']).toContain("default-src 'none'");
    const program = await ask(edge, '/nothing');
    expect([program.status, codeOf(program)]).toEqual([404, 'not_found']);
    expect((await ask(edge, '/D/sales')).status).toBe(404);
  });
});
