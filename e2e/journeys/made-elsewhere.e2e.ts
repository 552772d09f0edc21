/** What elements of other makers do to draw themselves works under the page's policy, and what must not run does not. */
import type { Locator } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { panel, words } from '../harness/dashboard';
import { Team } from '../harness/handmade';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';

const here = journey();
let team: Team;
beforeAll(async () => {
  team = await Team.of(here.stack);
  // What is refused on purpose: the style sheet, the handlers, the policies.
  here.visitors.watch.expect(
    /style-src-elem|Loading the stylesheet/,
    /script-src-attr|inline event handler/,
    /TrustedTypePolicy|trusted-types-policy/,
  );
});

/** Each a function body that answers with what came of it, as text. */
const HABITS: Record<string, { body: string; gives: string }> = {
  'HTML by a string': {
    body: `const d = document.createElement('div');
      d.innerHTML = '<!--kept--><my-part class="a" part="p" slot="s" data-x="1" onclick="mark()">t</my-part><a href="javascript:mark()">l</a><script>mark()</scr' + 'ipt><meta name="x"><link rel="stylesheet" href="/x.css"><iframe srcdoc="x"></iframe>';
      return d.innerHTML;`,
    gives: '<!--kept--><my-part class="a" part="p" slot="s" data-x="1">t</my-part><a>l</a>',
  },
  'rows by a string': {
    body: `const t = document.createElement('tbody'); t.innerHTML = '<tr><td>1</td></tr><tr><td>2</td></tr>'; return t.rows.length + ' rows';`,
    gives: '2 rows',
  },
  'a drawing by a string': {
    body: `const d = document.createElement('div'); d.innerHTML = '<svg viewBox="0 0 9 9"><path d="M0 0"/><circle r="1"/></svg>';
      return [...d.firstChild.children].map((e) => e.localName + ' ' + (e instanceof SVGElement)).join();`,
    gives: 'path true,circle true',
  },
  'parts of a drawing by a string': {
    body: `const s = document.createElementNS('http://www.w3.org/2000/svg', 'svg'); s.innerHTML = '<path d="M0 0"/><g><rect width="1"/></g><text>x</text>';
      return [...s.children].map((e) => e.localName + ' ' + e.namespaceURI.slice(-3)).join();`,
    gives: 'path svg,g svg,text svg',
  },
  'a drawing that uses a part of itself': {
    body: `const d = root.appendChild(document.createElement('div'));
      d.innerHTML = '<svg><defs><rect id="icon" width="6" height="5" onclick="mark()"/></defs><use href="#icon" x="1" onload="mark()"/><use xlink:href="#icon" class="a"></use>'
        + '<g data-local-use="data:image/svg+xml,x"/><use href="/other.svg#icon"/><use href="data:image/svg+xml,x#icon"/><use href="#icon"><animate attributeName="href" to="/other.svg#icon"/></use></svg>';
      return [...d.firstChild.children].slice(1).map((e) => e.outerHTML + ' ' + e.getBBox().width).join();`,
    gives: [
      '<use x="1" href="#icon"></use> 6',
      '<use class="a" href="#icon"></use> 6',
      '<g></g> 0',
      '<use href="#icon"><animate to="/other.svg#icon"></animate></use> 6',
    ].join(),
  },
  'a use of a part by a string': {
    body: `const s = root.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'svg')); s.innerHTML = '<circle id="dot" r="4"/>';
      s.insertAdjacentHTML('beforeend', '<use href="#dot"/><use href="https://example.com/#dot"/>'); return s.innerHTML + ' ' + s.lastChild.getBBox().width;`,
    gives: '<circle id="dot" r="4"></circle><use href="#dot"></use> 8',
  },
  'more HTML by a string': {
    body: `const d = document.createElement('div'); d.insertAdjacentHTML('beforeend', '<b>1</b>'); d.firstChild.outerHTML = '<i>2</i>';
      d.append(document.createRange().createContextualFragment('<u>3</u>')); return d.innerHTML;`,
    gives: '<i>2</i><u>3</u>',
  },
  'a template with a style': {
    body: `const t = document.createElement('template'); t.innerHTML = '<style>p { color: rgb(1, 2, 3) }</style><p style="margin-left: 7px">x</p>';
      root.append(t.content.cloneNode(true)); const { color, marginLeft } = getComputedStyle(root.querySelector('p')); return color + ' ' + marginLeft;`,
    gives: 'rgb(1, 2, 3) 7px',
  },
  'a style element': {
    body: `const s = document.createElement('style'); s.textContent = 'q { color: rgb(4, 5, 6) }'; const q = document.createElement('q'); root.append(s, q);
      return getComputedStyle(q).color;`,
    gives: 'rgb(4, 5, 6)',
  },
  'a style attribute': {
    body: `const e = document.createElement('i'); e.setAttribute('style', 'color: rgb(7, 8, 9)'); root.append(e); return getComputedStyle(e).color;`,
    gives: 'rgb(7, 8, 9)',
  },
  'two copies of a library, each with its policy': {
    body: `const make = () => trustedTypes.createPolicy('lit-html', { createHTML: (t) => t });
      const [one, two] = [make(), make()]; const d = document.createElement('div'); d.innerHTML = two.createHTML('<!--?lit$1$--><b>x</b>');
      return [one.name, trustedTypes.isHTML(one.createHTML('')), d.innerHTML].join();`,
    gives: 'lit-html,true,<!--?lit$1$--><b>x</b>',
  },
  'a policy that cleans': {
    body: `const p = trustedTypes.createPolicy('anything#1', { createHTML: (t, more) => t.replace('bad', more) }); return String(p.createHTML('bad', 'good'));`,
    gives: 'good',
  },
  'a policy for scripts': {
    body: `const p = trustedTypes.createPolicy('angular#unsafe-bypass', { createHTML: (t) => t, createScript: (t) => t, createScriptURL: (t) => t });
      try { return String(p.createScriptURL('/x.js')); } catch (error) { return error.message; }`,
    gives: 'The policy "angular#unsafe-bypass" makes no address of a script: the dashboard runs published files only',
  },
  'a parsed page': {
    body: `return new DOMParser().parseFromString('<p onclick="mark()">x</p><script>mark()</scr' + 'ipt>', 'text/html').body.innerHTML;`,
    gives: '<p>x</p>',
  },
  'parsed XML': {
    body: `const { documentElement: e } = new DOMParser().parseFromString('<?xml version="1.0"?><Track><Point Lat="1"/><Point Lat="2"/></Track>', 'text/xml');
      return e.nodeName + ' ' + e.children.length;`,
    gives: 'Track 2',
  },
  'a drawing fetched from data:': { body: `return (await fetch('data:image/svg+xml,<svg/>')).text();`, gives: '<svg/>' },
  'a picture of blob:': {
    body: `const i = new Image(); i.src = URL.createObjectURL(new Blob(['<svg xmlns="http://www.w3.org/2000/svg" width="5" height="5"/>'], { type: 'image/svg+xml' }));
      await i.decode(); return String(i.naturalWidth);`,
    gives: '5',
  },
  'a page that it writes': {
    body: `try { document.write('<p>mine</p>'); } catch (error) { return error.name + ' ' + (error instanceof TypeError); }`,
    gives: 'RefusedByPolicy true',
  },
  'a style sheet of a file': {
    body: `const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = '/remotes/made-elsewhere/1.0.0/dist/widget.mjs';
      const heard = new Promise((done) => document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective), { once: true }));
      root.append(l); return heard;`,
    gives: 'style-src-elem',
  },
};

/** Policies of the page, asked for past the dashboard's own answer: by the factory's method as an empty frame has it. */
const NAMES = ['default', 'widget-html', 'host-import-map', 'lit-html', 'mine'];

const code = `
  const habits = { ${Object.entries(HABITS)
    .map(([name, { body }]) => `${JSON.stringify(name)}: async (root, mark) => { ${body} }`)
    .join(',\n')} };
  export default class extends HTMLElement {
    async connectedCallback() {
      const root = this.attachShadow({ mode: 'open' });
      const { TrustedTypePolicyFactory: Factory } = document.body.appendChild(document.createElement('iframe')).contentWindow;
      this.made = ${JSON.stringify(NAMES)}.filter((name) => {
        try { return Factory.prototype.createPolicy.call(trustedTypes, name, { createScript: (t) => t }); } catch { return false; }
      });
      this.found = {};
      for (const [name, habit] of Object.entries(habits)) {
        const place = root.appendChild(document.createElement('div'));
        try { this.found[name] = await habit(place, () => { globalThis.ran = true; }); } catch (error) { this.found[name] = String(error); }
      }
      root.append('all of it tried');
    }
  }`;

const of = <T>(frame: Locator, key: string): Promise<T> =>
  frame.locator('[data-theme]').evaluate((element, name) => (element as unknown as Record<string, T>)[name] as T, key);

it('draws what they draw, and lets nothing of it run', async () => {
  await team.publish({ name: 'made-elsewhere', version: '1.0.0', code });
  await team.promote('made-elsewhere', '1.0.0');
  const { page, context } = await here.visitors.person('alex');
  const id = await createLayout(page, {
    title: 'Made elsewhere',
    tree: { type: 'stack', active: 0, panels: ['one'] },
    panels: { one: { widget: 'made-elsewhere@stable' } },
  });
  await page.goto(`/l/${id}`);
  const frame = panel(page, 'made-elsewhere');
  await expect.poll(() => words(frame)).toContain('all of it tried');
  expect(await of(frame, 'found')).toEqual(Object.fromEntries(Object.entries(HABITS).map(([name, { gives }]) => [name, gives])));
  expect(await of(frame, 'made'), 'policies that a widget made').toEqual([]);
  expect(await page.evaluate(() => (globalThis as { ran?: boolean }).ran)).toBeUndefined();
  await context.close();
});
