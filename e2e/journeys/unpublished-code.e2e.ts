/** A published widget tries to run code that nobody published: every way is refused, and the rest of the page works. */
import { beforeAll, expect, it } from 'vitest';
import { Team } from '../harness/handmade';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';

const here = journey();
let team: Team;
beforeAll(async () => {
  team = await Team.of(here.stack);
  // Every refusal says so, in the browser's own words.
  here.visitors.watch.expect(/./);
});

const MARK = 'globalThis.ran = (globalThis.ran ?? []).concat';

/** Ways to run `MARK("…")`, each by a name. They may throw, reject, or do nothing; what counts is whether the mark is there. */
const WAYS: Record<string, string> = {
  'an import of data:': 'await import("data:text/javascript," + encodeURIComponent(code))',
  'an import of blob:': 'await import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })))',
  'an import from another origin': 'await import(other + "/code.mjs")',
  'an import of a file that was never published': 'await import("/remotes/sly/1.0.0/dist/never.mjs")',
  eval: '(0, eval)(code)',
  'new Function': 'new Function(code)()',
  'text of a timer': 'setTimeout(code, 0)',
  'an inline script': 'const s = document.createElement("script"); s.textContent = code; document.head.append(s)',
  'an inline script with a nonce that it finds': `const s = document.createElement("script");
    s.nonce = [...document.querySelectorAll("*")].map((e) => e.nonce).find(Boolean) ?? ""; s.textContent = trusted(code); document.head.append(s)`,
  'an inline module with a nonce that it finds': `const s = document.createElement("script"); s.type = "module";
    s.nonce = [...document.querySelectorAll("*")].map((e) => e.nonce).find(Boolean) ?? ""; s.textContent = trusted(code); document.head.append(s)`,
  'an import map of its own': `const s = document.createElement("script"); s.type = "importmap";
    s.nonce = [...document.querySelectorAll("*")].map((e) => e.nonce).find(Boolean) ?? "";
    s.textContent = trusted(JSON.stringify({ imports: { sly: "data:text/javascript," + encodeURIComponent(code) } })); document.head.append(s);
    await import("sly")`,
  'a script by the address data:':
    'const s = document.createElement("script"); s.src = trustedUrl("data:text/javascript," + encodeURIComponent(code)); document.head.append(s)',
  'a script of another origin':
    'const s = document.createElement("script"); s.src = trustedUrl(other + "/code.js"); document.head.append(s)',
  'a handler in HTML':
    'const d = document.createElement("div"); document.body.append(d); d.innerHTML = `<img src="/none.png" onerror=\'${code}\'>`',
  'a handler as attribute':
    'const i = document.createElement("img"); i.setAttribute("onerror", code); i.src = "/none.png"; document.body.append(i)',
  'a javascript: link': 'const a = document.createElement("a"); a.href = "javascript:" + code; document.body.append(a); a.click()',
  'document.write': 'document.write("<script>" + code + "<\\/script>")',
  'a frame by srcdoc':
    'const f = document.createElement("iframe"); f.srcdoc = trustedHtml("<script>parent." + code + "<\\/script>"); document.body.append(f)',
  'a frame by javascript:': 'const f = document.createElement("iframe"); f.src = "javascript:parent." + code; document.body.append(f)',
  'a worker of blob:': `const w = new Worker(trustedUrl(URL.createObjectURL(new Blob(["postMessage(1)"], { type: "text/javascript" }))));
    await new Promise((done, fail) => { w.onmessage = done; w.onerror = fail; setTimeout(fail, 3000); }); mark()`,
  'a worker of blob: past the dashboard': `const w = new frame.Worker(trustedUrl(URL.createObjectURL(new Blob(["postMessage(1)"], { type: "text/javascript" }))));
    await new Promise((done, fail) => { w.onmessage = done; w.onerror = fail; setTimeout(fail, 3000); }); mark()`,
  'a worker of a published file past the dashboard': `const w = new frame.Worker(trustedUrl("/remotes/sly/1.0.0/dist/worker.mjs"), { type: "module" });
    await new Promise((done, fail) => { w.onmessage = done; w.onerror = fail; setTimeout(fail, 3000); }); mark()`,
  'a worker of a file that was never published, past the dashboard': `const w = new frame.Worker(trustedUrl("/worker?file=/remotes/sly/1.0.0/dist/never.mjs"), { type: "module" });
    await new Promise((done, fail) => { w.onmessage = done; w.onerror = fail; setTimeout(fail, 3000); }); mark()`,
  'a worker of a data file, past the dashboard': `const w = new frame.Worker(trustedUrl("/worker?file=/remotes/sly/1.0.0/package.json"), { type: "module" });
    await new Promise((done, fail) => { w.onmessage = done; w.onerror = fail; setTimeout(fail, 3000); }); mark()`,
  'a shared worker of the beginning of workers': `const w = new SharedWorker(trustedUrl("/worker?file=/remotes/sly/1.0.0/dist/shared.mjs"), { type: "module" });
    await new Promise((done, fail) => { w.port.onmessage = done; w.onerror = fail; w.port.start(); setTimeout(fail, 3000); }); mark()`,
  'a service worker of the beginning of workers':
    'await navigator.serviceWorker.register(trustedUrl("/worker?file=/remotes/sly/1.0.0/dist/service.mjs"), { type: "module" }); mark()',
  'a shared worker': `const w = new SharedWorker(trustedUrl("/remotes/sly/1.0.0/dist/shared.mjs"), { type: "module" });
    await new Promise((done, fail) => { w.port.onmessage = done; w.onerror = fail; w.port.start(); setTimeout(fail, 3000); }); mark()`,
  'a service worker':
    'await navigator.serviceWorker.register(trustedUrl("/remotes/sly/1.0.0/dist/service.mjs"), { type: "module" }); mark()',
  'eval of an empty frame': 'frame.eval("parent." + code)',
  'a timer of an empty frame': 'frame.setTimeout("parent." + code, 0)',
  'a script in an empty frame': `const s = frame.document.createElement("script");
    s.src = trustedUrl(URL.createObjectURL(new Blob(["parent." + code], { type: "text/javascript" }))); frame.document.head.append(s)`,
  'HTML of an empty frame': 'frame.document.body.innerHTML = trustedHtml(`<img src="/none.png" onerror=\'parent.${code}\'>`)',
  'a contextual fragment': `const r = document.createRange(); r.selectNode(document.body);
    document.body.append(r.createContextualFragment(trustedHtml("<script>" + code + "<\\/script><svg onload=\\"" + code.replaceAll('"', "'") + "\\"></svg>")))`,
  'a worklet': `await CSS.paintWorklet?.addModule("data:text/javascript," + encodeURIComponent("1")); if (CSS.paintWorklet) mark()`,
  // What runs there is compared with nothing, so nor is a published file: also one that the browser has by now.
  'a worklet for pictures of a published file':
    'await frame.CSS.paintWorklet.addModule(trustedUrl("/remotes/sly/1.0.0/dist/worklet.mjs?1")); mark()',
  'a worklet for sound of a published file':
    'await new OfflineAudioContext(1, 1, 8000).audioWorklet.addModule(trustedUrl("/remotes/sly/1.0.0/dist/worklet.mjs")); mark()',
  'a worklet of a file that the page has already, past the dashboard': `await import("/remotes/sly/1.0.0/dist/worklet.mjs");
    await new frame.OfflineAudioContext(1, 1, 8000).audioWorklet.addModule(trustedUrl("/remotes/sly/1.0.0/dist/worklet.mjs")); mark()`,
  // As a page has got it, out of the browser's cache, it would run: that is the dashboard's own code, whose hash was compared then.
  'a worklet of a file of the dashboard': `const { src } = [...document.scripts].find((s) => s.src);
    await new frame.OfflineAudioContext(1, 1, 8000).audioWorklet.addModule(trustedUrl(src + "?1")); mark()`,
};

const element = `
  // The dashboard makes no policies for scripts; another window of this origin, which an empty frame is, has a factory of its own.
  const frame = document.body.appendChild(document.createElement('iframe')).contentWindow;
  const policy = frame.trustedTypes.createPolicy('widget-html', { createHTML: (t) => t, createScript: (t) => t, createScriptURL: (t) => t });
  const [trusted, trustedHtml, trustedUrl] = [(t) => policy.createScript(t), (t) => policy.createHTML(t), (t) => policy.createScriptURL(t)];
  const other = 'http://127.0.0.1:9';
  const ways = {
    ${Object.entries(WAYS)
      .map(([name, body]) => `${JSON.stringify(name)}: async (code, mark) => { ${body}; }`)
      .join(',\n')}
  };
  export default class extends HTMLElement {
    async connectedCallback() {
      this.textContent = 'trying';
      await new Promise((done) => setTimeout(done));
      for (const [name, way] of Object.entries(ways)) {
        const mark = () => { ${MARK}(name); };
        try { await way('${MARK}(' + JSON.stringify(name) + ')', mark); } catch {}
      }
      // What a picture that is not there would run comes with its answer: here it is after those of all others.
      await new Promise((done) => Object.assign(new Image(), { onload: done, onerror: done, src: '/none.png?after' }));
      this.textContent = 'tried ' + Object.keys(ways).length;
    }
  }`;

it('runs none of it, in whatever way a widget tries', async () => {
  await team.publish({
    name: 'sly',
    version: '1.0.0',
    code: element,
    more: {
      'dist/worker.mjs': 'postMessage(1);',
      'dist/shared.mjs': 'onconnect = ({ ports: [port] }) => port.postMessage(1);',
      'dist/worklet.mjs': 'globalThis.here = 1;',
      'dist/service.mjs': 'addEventListener("fetch", () => undefined);',
    },
  });
  await team.promote('sly', '1.0.0');
  const { page, context } = await here.visitors.person('alex');
  const id = await createLayout(page, {
    title: 'Sly',
    tree: { type: 'stack', active: 0, panels: ['sly'] },
    panels: { sly: { widget: 'sly@stable', title: 'Sly', settings: {} } },
  });
  await page.goto(`/l/${id}`);
  await page.getByText(`tried ${Object.keys(WAYS).length}`).waitFor();
  expect(await page.evaluate(() => (globalThis as { ran?: string[] }).ran ?? [])).toEqual([]);
  // The edge's own is the only one that there can be.
  const workers = await page.evaluate(async () =>
    (await navigator.serviceWorker.getRegistrations()).map(
      ({ active, waiting, installing }) => (active ?? waiting ?? installing)?.scriptURL,
    ),
  );
  expect(workers.filter((script) => script !== new URL('/outage-worker', here.stack.url).href)).toEqual([]);
  await context.close();
});
