/** A widget starts workers from scripts of its own version, whose bytes are checked before they run; nothing else is started, or runs in one. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { panel, words } from '../harness/dashboard';
import { Team } from '../harness/handmade';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';

const here = journey({ proxied: true });
let team: Team;
beforeAll(async () => {
  team = await Team.of(here.stack);
});

const open = async (page: Page, name: string): Promise<void> => {
  const id = await createLayout(page, {
    title: 'Workers',
    tree: { type: 'stack', active: 0, panels: ['one'] },
    panels: { one: { widget: `${name}@stable` } },
  });
  await page.goto(`/l/${id}`);
};

/** Shows what its worker answers to the question that was posted right after it was started. */
const asking = (question: string): string => `
  export default class extends HTMLElement {
    connectedCallback() {
      this.textContent = 'asked';
      this.worker = new Worker(new URL('./worker.js', import.meta.url), { name: 'helper' });
      this.worker.onmessage = ({ data }) => { this.textContent = JSON.stringify(data); };
      this.worker.postMessage(${JSON.stringify(question)});
    }
  }`;

/** Ways to run code that nobody published, inside a worker. What runs answers; each must throw, or do nothing. */
const WAYS: Record<string, string> = {
  eval: 'return (0, eval)("1 + 1")',
  'eval in place': 'return eval("1 + 1")',
  'new Function': 'return new Function("return 1")()',
  'a function of its kind': 'return await new (async () => {}).constructor("return 1")()',
  'text of a timer':
    'self.heard = undefined; setTimeout("self.heard = 1"); await pause(100); if (self.heard) return "ran"; throw new Error("none")',
  'an import of blob:': 'return await import(URL.createObjectURL(new Blob(["export default 1"], { type: "text/javascript" })))',
  'an import of data:': 'return await import("data:text/javascript,export default 1")',
  'an import of a published file': 'return await import("/remotes/hard/1.0.0/dist/widget.mjs")',
  importScripts: 'return importScripts("/remotes/hard/1.0.0/dist/worker.js")',
  'importScripts of data:': 'return importScripts("data:text/javascript,1")',
  'a policy for scripts': 'return trustedTypes.createPolicy("published-worker", { createScript: (t) => t })',
  'another policy': 'return trustedTypes.createPolicy("default", { createScript: (t) => t })',
  WebAssembly: 'return await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))',
  'a worker of blob:': `const w = new Worker(URL.createObjectURL(new Blob(["postMessage(1)"], { type: "text/javascript" })));
    return await new Promise((done, fail) => { w.onmessage = done; w.onerror = fail; })`,
  'a worker of its own': `const w = new Worker("/worker?file=/remotes/hard/1.0.0/dist/worker.js", { type: "module" });
    return await new Promise((done, fail) => { w.onmessage = done; w.onerror = fail; })`,
  'another origin': 'return await fetch("http://127.0.0.1:9/code.js", { mode: "no-cors" })',
};

const WORKER = `
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  const ways = { ${Object.entries(WAYS)
    .map(([name, body]) => `${JSON.stringify(name)}: async () => { ${body} }`)
    .join(', ')} };
  onmessage = async ({ data }) => {
    if (data === 'who') return postMessage([self.name, 6 * 7, (await (await fetch('/remotes/hard/1.0.0/package.json')).json()).version]);
    const ran = [];
    for (const [name, way] of Object.entries(ways)) await way().then(() => ran.push(name), () => undefined);
    postMessage([Object.keys(ways).length + ' ways', ran]);
  };`;

it('runs one with what is posted to it, also before it is there, and nothing in it that was not published', async () => {
  here.visitors.watch.expect(/Content Security Policy|TrustedScript|TrustedTypePolicy|trusted-types|script-src|connect-src/);
  await team.publish({ name: 'hard', version: '1.0.0', code: asking('who'), more: { 'dist/worker.js': WORKER } });
  await team.promote('hard', '1.0.0');
  await team.publish({ name: 'sneaky', version: '1.0.0', code: asking('ways'), more: { 'dist/worker.js': WORKER } });
  await team.promote('sneaky', '1.0.0');
  const { page, context } = await here.visitors.person('alex');
  await open(page, 'hard');
  await expect.poll(() => words(panel(page, 'hard'))).toContain('["helper",42,"1.0.0"]');
  await open(page, 'sneaky');
  await expect.poll(() => words(panel(page, 'sneaky'))).toContain(`["${Object.keys(WAYS).length} ways",[]]`);
  await context.close();
});

it('runs nothing of one whose file was changed on the way, and says so in the panel', async () => {
  here.visitors.watch.expect(/No worker is started \(wrong_bytes\)/);
  const { proxy } = here.stack;
  if (!proxy) throw new Error('this journey is proxied');
  const answers = `onmessage = () => postMessage('as published');`;
  await team.publish({ name: 'tampered', version: '1.0.0', code: asking('?'), more: { 'dist/worker.js': answers } });
  await team.promote('tampered', '1.0.0');
  proxy.tamper = (path, body) =>
    path.includes('/tampered/1.0.0/dist/worker.js') ? Buffer.concat([Buffer.from('fetch("/never.json?ran");'), body]) : body;
  const { page, context } = await here.visitors.person('alex');
  const asked: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  await open(page, 'tampered');
  const frame = page.locator('section.dm-panel[data-widget="tampered"]');
  await expect.poll(() => words(frame)).toMatch(/not the one that was published.*worker\.js|worker\.js.*not the one that was published/);
  expect(asked.filter((url) => url.endsWith('/never.json?ran'))).toEqual([]);
  proxy.tamper = null;
  await frame.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => words(panel(page, 'tampered'))).toContain('"as published"');
  await context.close();
});

it('starts nothing else, and says why', async () => {
  const others: Record<string, string> = {
    'data:': `'data:text/javascript,postMessage(1)'`,
    'blob:': `URL.createObjectURL(new Blob(['postMessage(1)'], { type: 'text/javascript' }))`,
    'another version': `'/remotes/choosy/0.9.0/dist/worker.js'`,
    'another widget': `'/remotes/hard/1.0.0/dist/worker.js'`,
    'another origin': `'http://127.0.0.1:9/worker.js'`,
    'the beginning itself': `'/worker?file=/remotes/hard/1.0.0/dist/worker.js'`,
  };
  const code = `
    const others = { ${Object.entries(others)
      .map(([name, address]) => `${JSON.stringify(name)}: () => ${address}`)
      .join(', ')} };
    export default class extends HTMLElement {
      connectedCallback() {
        for (const [name, address] of Object.entries(others)) {
          try { new Worker(address()); this.append(name + ' started. '); }
          catch (error) { this.append(name + ' ' + error.name + ': ' + error.message + '. '); }
        }
        this.append('all tried');
      }
    }`;
  const worker = { 'dist/worker.js': 'postMessage(1)' };
  await team.publish(
    { name: 'choosy', version: '0.9.0', code, more: worker },
    { name: 'choosy', version: '1.0.0', code, more: worker },
    { name: 'lacking', version: '1.0.0', code: asking('?') },
    { name: 'modular', version: '1.0.0', code: asking('?'), more: { 'dist/worker.js': `import './widget.mjs'; postMessage(1);` } },
    { name: 'careless', version: '1.0.0', code: asking('?').replace(`new URL('./worker.js', import.meta.url)`, others['blob:'] ?? '') },
  );
  for (const name of ['choosy', 'lacking', 'modular', 'careless']) await team.promote(name, '1.0.0');
  here.visitors.watch.expect(/No worker is started \((not_published|not_a_script)\)/);
  const { page, context } = await here.visitors.person('alex');
  await open(page, 'choosy');
  await expect.poll(() => words(panel(page, 'choosy'))).toContain('all tried');
  const said = await words(panel(page, 'choosy'));
  for (const name of Object.keys(others))
    expect(said).toContain(`${name} RefusedByPolicy: A worker runs a file of the widget's own version`);
  for (const [name, says] of Object.entries({
    lacking: /asks for dist\/worker\.js, which is not part of its published version/,
    modular: /dist\/worker\.js of this widget was built as a module, and a worker is one script/,
    careless: /policy \(worker-src\) refused what dist\/widget\.mjs/,
  })) {
    await open(page, name);
    await expect.poll(() => words(page.locator(`section.dm-panel[data-widget="${name}"]`)), { message: name }).toMatch(says);
  }
  await context.close();
});

it('ends with the last panel of its version', async () => {
  const worker = { 'dist/worker.js': `onmessage = () => postMessage('works');` };
  await team.publish({ name: 'tireless', version: '1.0.0', code: asking('?'), more: worker });
  await team.promote('tireless', '1.0.0');
  const { page, context } = await here.visitors.person('alex');
  await open(page, 'tireless');
  await expect.poll(() => words(panel(page, 'tireless'))).toContain('"works"');
  await expect.poll(() => page.workers().length).toBe(1);
  await team.publish({
    name: 'tireless',
    version: '1.1.0',
    code: `export default class extends HTMLElement { connectedCallback() { this.textContent = 'without'; } }`,
  });
  await team.promote('tireless', '1.1.0');
  await expect.poll(() => words(panel(page, 'tireless'))).toContain('without');
  await expect.poll(() => page.workers()).toEqual([]);
  await context.close();
});
