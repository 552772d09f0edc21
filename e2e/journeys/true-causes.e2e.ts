/** Widgets that cannot run, each for another cause: the panel and the console say which. */
import { beforeAll, expect, it } from 'vitest';
import { panel, words } from '../harness/dashboard';
import { type Handmade, Team } from '../harness/handmade';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';

const here = journey();
let team: Team;
beforeAll(async () => {
  team = await Team.of(here.stack);
  here.visitors.watch.expect(
    /Content Security Policy|requires 'Trusted|script-src|require-trusted-types|trusted-types/,
    /never\.mjs/,
    /integrity/i,
    /dynamically imported module/,
  );
});

const element = 'export default class extends HTMLElement {}';
const entry = (code: string): Partial<Handmade> => ({ code: element, more: { 'dist/remoteEntry.mjs': code } });

const WIDGETS: Record<string, { widget: Partial<Handmade>; says: RegExp; code: string }> = {
  'a-script': {
    widget: entry('var app; (() => { app = { init() {}, get() {} }; })();'),
    says: /built as a script: dist\/remoteEntry\.mjs is no ES module/,
    code: 'not_a_module',
  },
  'a-commonjs': { widget: entry('exports.init = () => {}; exports.get = () => {};'), says: /built as a script/, code: 'not_a_module' },
  'a-module-of-another-kind': {
    widget: entry('export const get = async () => () => ({}); export default 1;'),
    says: /dist\/remoteEntry\.mjs of this widget is a module, but no container: it does not export init\./,
    code: 'not_a_module',
  },
  'a-container-of-nothing': {
    widget: entry(
      `export const init = () => {}; export const get = (name) => Promise.reject(new Error('Module "' + name + '" does not exist in container.'));`,
    ),
    says: /no element to show: its container exposes no \.\/widget/,
    code: 'no_element',
  },
  'a-container-without-words': {
    widget: entry('export const init = () => {}; export const get = () => undefined;'),
    says: /no element to show: its container exposes no \.\/widget/,
    code: 'no_element',
  },
  'an-import-from-elsewhere': {
    widget: { code: `import './deep.mjs'; ${element}`, more: { 'dist/deep.mjs': `import 'https://cdn.example/lit.js';` } },
    says: /policy \(script-src: https:\/\/cdn\.example\/lit\.js\) refused what dist\/deep\.mjs of this widget does/,
    code: 'policy_refused',
  },
  'an-import-of-node': {
    widget: { code: `import fs from 'node:fs'; ${element}` },
    says: /policy \(script-src: node:fs\) refused what dist\/widget\.mjs of this widget does/,
    code: 'policy_refused',
  },
  'a-share': {
    widget: entry(
      `export const init = () => {}; export const get = async (name, scope = {}) => { if (!scope.vue) throw new Error("Shared module vue doesn't exist in shared scope default"); };`,
    ),
    says: /needs the module “vue” from the dashboard/,
    code: 'share_missing',
  },
  'a-bare-import': {
    widget: { code: `import { x } from 'left-out'; ${element}` },
    says: /needs the module “left-out”/,
    code: 'share_missing',
  },
  'a-missing-import': {
    widget: { code: `import './deep.mjs'; ${element}`, more: { 'dist/deep.mjs': `import "./never.mjs";` } },
    says: /asks for dist\/never\.mjs, which is not part of its published version/,
    code: 'not_published',
  },
  'a-missing-chunk': {
    widget: { code: `await import('./never.mjs'); ${element}` },
    says: /asks for dist\/never\.mjs/,
    code: 'not_published',
  },
  'an-eval': {
    widget: { code: `(0, eval)('1'); ${element}` },
    says: /policy \(script-src\) refused what dist\/widget\.mjs:1 /,
    code: 'policy_refused',
  },
  'a-data-import': {
    widget: { code: `await import('data:text/javascript,export default 1'); ${element}` },
    says: /policy \(script-src\) refused what dist\/widget\.mjs/,
    code: 'policy_refused',
  },
  'a-text-of-a-script': {
    widget: { code: `document.createElement('script').text = '1'; ${element}` },
    says: /policy \(require-trusted-types-for\) refused what dist\/widget\.mjs:1 /,
    code: 'policy_refused',
  },
  'a-script-policy': {
    widget: { code: `trustedTypes.createPolicy('loader', { createScriptURL: (t) => t }).createScriptURL('/x.js'); ${element}` },
    says: /policy \(trusted-types\) refused what dist\/widget\.mjs:1 of this widget does/,
    code: 'policy_refused',
  },
  'a-worklet': {
    widget: {
      code: `await CSS.paintWorklet.addModule(new URL('./paint.mjs', import.meta.url)); ${element}`,
      more: { 'dist/paint.mjs': '' },
    },
    says: /policy \(worker-src\) refused what dist\/widget\.mjs:1 of this widget does/,
    code: 'policy_refused',
  },
  'an-error': {
    widget: { code: `throw new Error('its own, at http://127.0.0.1/a.mjs'); ${element}` },
    says: /ran into an error while starting/,
    code: 'threw',
  },
};

it('says of each why it is not shown, with its code, and what helps', async () => {
  const names = Object.keys(WIDGETS);
  await team.publish(...Object.entries(WIDGETS).map(([name, { widget }]): Handmade => ({ name, version: '1.0.0', code: '', ...widget })));
  for (const name of names) await team.promote(name, '1.0.0');
  const { page, context } = await here.visitors.person('alex');
  const warned: string[] = [];
  page.on('console', (message) => message.type() === 'warning' && warned.push(message.text()));
  const id = await createLayout(page, {
    title: 'Causes',
    tree: { type: 'row', children: names.map((name) => ({ size: 1 / names.length, node: { type: 'stack', active: 0, panels: [name] } })) },
    panels: Object.fromEntries(names.map((name) => [name, { widget: `${name}@stable` }])),
  });
  await page.goto(`/l/${id}`);
  for (const [name, { says, code }] of Object.entries(WIDGETS)) {
    const frame = panel(page, name);
    await expect.poll(() => words(frame), { message: name }).toMatch(says);
    await expect.poll(() => words(frame), { message: name }).toMatch(new RegExp(`Code ${code}( |$)`));
    await expect.poll(() => warned.filter((text) => text.includes(`${name} 1.0.0`)).join('\n'), { message: name }).toMatch(says);
  }
  await context.close();
});
