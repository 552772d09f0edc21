import { expect, it } from 'vitest';
import { isAnotherBuild } from './new-build';

/** As the edge writes it (host/server/page.ts), and as a browser that runs it has it. */
const page = (...files: string[]): string =>
  `<head><script type="importmap">{}</script>${files.map((file) => `<script type="module" src="/assets/${file}" integrity="sha384-x" crossorigin="anonymous"></script>`).join('')}</head>`;

it('is another build where the page begins with other files', () => {
  expect(isAnotherBuild(page('main.1.mjs'), page('main.2.mjs'))).toBe(true);
  expect(isAnotherBuild(page('main.1.mjs'), page('vendor.1.mjs', 'main.1.mjs'))).toBe(true);
});

it('is the same one where it begins with the same files', () => {
  expect(isAnotherBuild(page('a.1.mjs', 'b.1.mjs'), page('b.1.mjs', 'a.1.mjs'))).toBe(false);
});

it('is not told by what is no page of ours: a proxy that answers for a while, nothing at all', () => {
  expect(isAnotherBuild(page('main.1.mjs'), '<h1>502 Bad Gateway</h1>')).toBe(false);
  expect(isAnotherBuild(page('main.1.mjs'), '')).toBe(false);
});
