/** A team publishes files that attack whoever looks at them: refused, or harmless wherever they are opened. */
import { beforeAll, describe, expect, it } from 'vitest';
import { journey } from '../harness/journey';
import { publishRaw } from '../harness/publishing';

const here = journey();

const NAME = 'trojan-horse';
const manifest = {
  name: NAME,
  title: 'Trojan <img src=x onerror="document.title=\'ran\'"> horse',
  description: '<script>document.title = "ran"</script> javascript:document.title="ran"',
  publisher: 'platform',
  categories: ['<b onclick="x()">Gifts</b>'],
  expose: './widget',
  icon: 'icon.svg',
  screenshots: [{ src: 'shots/1.svg', label: '"><script>document.title="ran"</script>' }],
};
const HOSTILE_SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" onload="document.title='ran'">
<script>document.title = 'ran'; fetch('/api/v1/session').then((r) => r.text()).then((t) => { document.title = 'ran'; });</script>
<foreignObject width="40" height="40"><iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:parent.document.title='ran'"></iframe></foreignObject>
<a href="javascript:document.title='ran'"><rect width="40" height="40" fill="red"/></a></svg>`;
const container = { id: NAME, exposes: [{ id: `${NAME}:widget`, name: 'widget', path: './widget' }] };

const files = (changes: { manifest?: object; more?: Record<string, string>; version?: string } = {}): Record<string, string> => ({
  'package.json': JSON.stringify({ name: NAME, version: changes.version ?? '1.0.0', type: 'module' }),
  'widget.json': JSON.stringify({ ...manifest, ...changes.manifest }),
  'icon.svg': HOSTILE_SVG,
  'shots/1.svg': HOSTILE_SVG,
  'dist/remoteEntry.mjs': 'document.title = "ran";',
  'dist/mf-manifest.json': JSON.stringify(container),
  'dist/page.json': '<!doctype html><script>document.title="ran"</script>',
  ...changes.more,
});

let token = '';
beforeAll(async () => {
  token = await here.stack.token('platform');
});

describe('files that attack whoever looks at them', () => {
  it('are refused where the type or the link says enough', async () => {
    const html = await publishRaw(here.stack, token, NAME, '1.0.0', files({ more: { 'dist/page.html': '<script>alert(1)</script>' } }));
    expect(html).toMatchObject({ status: 422, code: 'file_type_refused' });
    const link = await publishRaw(here.stack, token, NAME, '1.0.0', files({ manifest: { homepage: "javascript:document.title='ran'" } }));
    expect(link).toMatchObject({ status: 422, code: 'manifest_invalid' });
    expect(link.detail).toContain('homepage');
    const handler = await publishRaw(
      here.stack,
      token,
      NAME,
      '1.0.0',
      files({ manifest: { settings: { type: 'object', properties: { onclick: {} } } } }),
    );
    expect(handler).toMatchObject({ status: 422, code: 'settings_invalid' });
    const climb = await publishRaw(here.stack, token, NAME, '1.0.0', files({ more: { 'dist/../../../evil.mjs': '' } }));
    expect(climb).toMatchObject({ status: 422, code: 'path_unsafe' });
    const nothing = await fetch(`${here.stack.registryUrl}/remotes/${NAME}/1.0.0/dist/page.html`);
    expect(nothing.status).toBe(404);
  });

  it('run nothing when someone signed in opens them top-level', async () => {
    expect(await publishRaw(here.stack, token, NAME, '1.0.0', files())).toMatchObject({ status: 201 });
    const { page } = await here.visitors.person('alex');
    here.visitors.watch.expect(/sandbox/i, /Content Security Policy/i, /^(script|style|img|default|frame)-src.* /);
    for (const path of ['icon.svg', 'shots/1.svg', 'dist/page.json', 'dist/remoteEntry.mjs', 'widget.json']) {
      const response = await page.goto(`/remotes/${NAME}/1.0.0/${path}`);
      expect(response?.status(), path).toBe(200);
      expect(response?.headers(), path).toMatchObject({
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(await page.title(), path).not.toContain('ran');
    }
  });

  it('run nothing in the marketplace, where their words are only words', async () => {
    const { page } = await here.visitors.person('alex', '/d/sales');
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByRole('button', { name: 'Add widget' }).click();
    const title = page.getByText('Trojan <img src=x');
    await title.first().waitFor();
    await title.first().hover();
    expect(await page.title()).not.toContain('ran');
    expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
  });
});
