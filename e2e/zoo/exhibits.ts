/** Elements of other makers in pinned versions: how each is wrapped, what is said to it, and what shows that it heard. */
import { join } from 'node:path';
import type { Context } from '@datamesh/contracts';
import type { Locator } from 'playwright-core';
import { ROOT } from '../harness/documents';

export interface Exhibit {
  /** The widget's name, and that of its screenshot. */
  name: string;
  /** Who makes it, and with what. */
  maker: string;
  /** A package, or a file of files/ that uses the packages in `flags`. */
  from: string;
  /** What else `datamesh create --template wrap` is told. */
  flags?: string;
  /** Said on the panel's channel. */
  say: Context;
  /** Asked of the element in the page until the answer is `shows`. */
  ask: (element: Wild) => unknown;
  shows: unknown;
  /** What a person does then, and the context that the element says because of it. */
  act?: (panel: Locator) => Promise<void>;
  says?: Record<string, unknown>;
  /** What had to be said beyond its package, its tag and what is bound. */
  setting?: string;
  /** Run in its project before it is built. */
  before?: string;
  /** What the browser refuses of it, without harm to what it shows; its panel says that something failed. */
  mutters?: RegExp;
  /** What the panel or the browser says where it cannot run, and why that is so. */
  cannot?: { says: RegExp; why: string };
}

/** An element of whoever, with what is asked of some of them. */
export interface Wild extends HTMLElement {
  value?: unknown;
  username?: string;
  uiLanguage?: string;
  drawn?: number;
  tiltFactor?: number;
  /** Of the speaker alone. */
  heard?: unknown[];
  fdc3?: { broadcast(context: Context): Promise<void> };
}

/** As `npx esbuild`; an exhibit installs the packages of its element alone. */
const ESBUILD = join(ROOT, 'node_modules/.bin/esbuild');

const TILDE = 'node_modules/@tilde-nlp/ngx-translate/src/assets/webcomponent';

const NAME: Context = { type: 'team.name', name: 'Apple Inc.' };
const DAY: Context = { type: 'team.day', day: '2026-03-14' };
const COUNT: Context = { type: 'team.count', count: 4 };
const ROWS: Context = {
  type: 'team.rows',
  rows: [
    ['north', 7],
    ['south', 4],
  ],
};
const RECORDS: Context = { type: 'team.rows', rows: [{ name: 'north', value: 7, symbol: 'AAPL', price: 240 }] };
const TEXT: Context = { type: 'team.text', text: 'let answer = 42;' };
const PLACE: Context = { type: 'team.place', name: 'Lisbon', lat: 38.72, lng: -9.14 };

export const EXHIBITS: readonly Exhibit[] = [
  {
    name: 'shoelace-rating',
    maker: 'Shoelace (Lit)',
    from: '@shoelace-style/shoelace@2.20.1',
    flags:
      '--element sl-rating --style @shoelace-style/shoelace/dist/themes/light.css --input team.count:count=value --output sl-change:.value=team.stars:count',
    say: COUNT,
    ask: (element) => element.value,
    shows: 4,
    act: (panel) => panel.locator('sl-rating').click({ position: { x: 10, y: 10 } }),
    says: { type: 'team.stars', count: 1 },
    setting: '`--style` with its theme',
  },
  {
    name: 'webawesome-rating',
    maker: 'Web Awesome (Lit)',
    from: '@awesome.me/webawesome@3.14.0',
    flags:
      '--element wa-rating --style @awesome.me/webawesome/dist/styles/color/palettes/default.css --style @awesome.me/webawesome/dist/styles/themes/default.css --input team.count:count=value --output change:.value=team.stars:count',
    say: COUNT,
    ask: (element) => element.value,
    shows: 4,
    setting: '`--style` with its theme',
  },
  {
    name: 'material-slider',
    maker: 'Material (Lit)',
    from: '@material/web@2.5.0',
    flags: '--element md-slider --input team.count:count=value --attribute max:number=10 --attribute labeled:boolean',
    say: COUNT,
    ask: (element) => element.shadowRoot?.querySelector('input')?.value,
    shows: '4',
  },
  {
    name: 'ui5-date-picker',
    maker: 'UI5 (SAP)',
    from: 'ui5-date-picker.js',
    flags:
      '--with @ui5/webcomponents@2.26.0 --with @ui5/webcomponents-base@2.26.0 --with @ui5/webcomponents-localization@2.26.0 --attribute format-pattern=yyyy-MM-dd --input team.day:day=value --output change:.value=team.day:day',
    say: DAY,
    ask: (element) => element.value,
    shows: '2026-03-14',
    setting: 'its fonts and the words of dates do not come from a CDN',
  },
  {
    name: 'vaadin-date-picker',
    maker: 'Vaadin (Lit)',
    from: '@vaadin/date-picker@25.3.0',
    flags: '--element vaadin-date-picker --input team.day:day=value --output value-changed:detail.value=team.day:day',
    say: DAY,
    ask: (element) => element.querySelector('input')?.value,
    shows: '3/14/2026',
  },
  {
    name: 'fluent-slider',
    maker: 'Fluent (FAST)',
    from: 'fluent-slider.js',
    flags:
      '--element fluent-slider --with @fluentui/web-components@3.1.3 --with @fluentui/tokens@1.0.0-alpha.24 --input team.count:count=.value --attribute max=10',
    setting: 'a theme has to be chosen',
    say: { type: 'team.count', count: '4' },
    ask: (element) => element.shadowRoot && element.value,
    shows: '4',
  },
  {
    name: 'carbon-slider',
    maker: 'Carbon (Lit)',
    from: '@carbon/web-components@2.63.0',
    flags: '--element cds-slider --input team.count:count=.value --attribute max:number=10 --attribute min:number=0',
    say: COUNT,
    ask: (element) => element.shadowRoot && Number(element.value),
    shows: 4,
  },
  {
    name: 'ionic-range',
    maker: 'Ionic (Stencil)',
    from: 'ionic-range.js',
    flags: '--with @ionic/core@9.0.5 --attribute max:number=10 --attribute label=Count --input team.count:count=.value',
    say: COUNT,
    ask: (element) => element.shadowRoot?.querySelector('[role=slider]')?.getAttribute('aria-valuenow'),
    shows: '4',
    setting: "a platform's look has to be chosen",
  },
  {
    name: 'calcite-progress',
    maker: 'Calcite (Esri, Lit)',
    from: '@esri/calcite-components@5.1.2',
    flags:
      '--element calcite-progress --module components/calcite-progress --style @esri/calcite-components/main.css --input team.count:count=value --attribute type=determinate --attribute text=Done',
    say: COUNT,
    ask: (element) => element.shadowRoot?.querySelector('[role=progressbar]')?.ariaValueNow ?? element.value,
    shows: '4',
    setting: '`--module`, `--style` with its theme',
  },
  {
    name: 'cally-calendar',
    maker: 'Cally (Atomico)',
    from: 'cally@0.9.2',
    flags:
      "--element calendar-date --input team.day:day=value --output change:.value=team.day:day --content '<calendar-month></calendar-month>'",
    say: DAY,
    ask: (element) => element.querySelector('calendar-month')?.shadowRoot?.querySelector('[aria-pressed=true]')?.textContent?.trim(),
    shows: '14',
    setting: '`--content`: it draws months that stand between its tags',
  },
  {
    name: 'media-chrome',
    maker: 'Media Chrome (Mux)',
    from: 'media-chrome@4.19.4',
    flags: '--element media-duration-display --input team.count:count=mediaduration',
    say: COUNT,
    ask: (element) => element.shadowRoot?.textContent?.includes('0:04'),
    shows: true,
  },
  {
    name: 'github-relative-time',
    maker: 'GitHub',
    from: '@github/relative-time-element@5.3.1',
    flags: '--element relative-time --input team.day:day=datetime',
    say: { type: 'team.day', day: '2020-05-04T12:00:00Z' },
    ask: (element) => element.shadowRoot?.textContent?.trim(),
    shows: 'on May 4, 2020',
  },
  {
    name: 'emoji-picker',
    maker: 'emoji-picker-element',
    from: 'emoji-picker.js',
    flags: '--with emoji-picker-element@1.29.1 --with emoji-picker-element-data@1.8.0 --input team.name:name=skin-tone-emoji',
    say: { type: 'team.name', name: '☝' },
    ask: (element) => (element.shadowRoot?.querySelectorAll('.emoji').length ?? 0) > 50 && element.getAttribute('skin-tone-emoji'),
    shows: '☝',
    setting: 'its data come with it, and not from a CDN',
  },
  {
    name: 'model-viewer',
    maker: 'model-viewer (Google, three.js)',
    from: '@google/model-viewer@4.4.0',
    flags:
      '--element model-viewer --module dist/model-viewer.min.js --attribute src --attribute auto-rotate:boolean --input team.name:name=alt',
    say: NAME,
    ask: (element) => element.shadowRoot?.querySelector('[aria-label]')?.getAttribute('aria-label'),
    // It takes a stop at the end away, as a screen reader has no use for it.
    shows: 'Apple Inc',
    mutters: /wasm|WebAssembly/,
    setting:
      '`--module`: its build with everything in it. Models that are compressed with meshopt need WebAssembly, which is refused: its panel says that something failed',
  },
  {
    name: 'hover-tilt',
    maker: 'hover-tilt (Svelte)',
    from: 'hover-tilt@1.0.0',
    flags: "--element hover-tilt --module web-component --input team.count:count=tilt-factor --content '<h1>Tilted</h1>'",
    say: COUNT,
    ask: (element) => Boolean(element.shadowRoot) && (element.tiltFactor ?? element.getAttribute('tilt-factor')),
    shows: 4,
    setting: '`--module`, `--content`: it ships no manifest, and tilts what stands between its tags',
  },
  {
    name: 'vue-chat',
    maker: 'vue-advanced-chat (Vue)',
    from: 'vue-chat.js',
    flags:
      '--element vue-advanced-chat --with vue-advanced-chat@2.1.2 --attribute height=400px --attribute emoji-data-source=data:application/json,%5B%7B%22emoji%22:%22x%22,%22annotation%22:%22x%22,%22group%22:0,%22order%22:1,%22tags%22:%5B%5D,%22version%22:1%7D%5D --input team.name:name=.username',
    say: NAME,
    ask: (element) => Boolean(element.shadowRoot?.querySelector('.vac-card-window')) && element.username,
    shows: 'Apple Inc.',
    setting: 'it defines its tag when it is told to',
  },
  {
    name: 'angular-translate',
    maker: 'Tilde (Angular)',
    from: 'angular-translate.js',
    flags: '--element tilde-translate-box --attribute ui-language=en --input team.name:name=ui-language',
    before: `npm install --no-audit --no-fund --prefer-offline --ignore-scripts --legacy-peer-deps @tilde-nlp/ngx-translate@9.1.61 && cp ${TILDE}/polyfills.js ${TILDE}/main.js src/ && echo "import './polyfills.js'; import './main.js';" >> src/angular-translate.js`,
    say: { type: 'team.name', name: 'de' },
    // Its words are of the language that it began with.
    ask: (element) => Boolean(element.shadowRoot?.textContent?.includes('Supported formats')) && element.uiLanguage,
    shows: 'de',
    mutters: /translate\.tilde\.ai|angular#unsafe-bypass|\bAI \(http/,
    setting:
      'its package does not export its scripts, which have Angular and zone.js in them, so the project copies them. What it translates with is asked of its maker’s server, which is refused: its panel says that',
  },
  {
    name: 'solid-counter',
    maker: 'solid-element (Solid)',
    from: 'solid-counter.js',
    flags:
      '--element acme-solid-counter --with solid-element@1.9.2 --with solid-js@1.9.19 --input team.count:count=start --output counted:detail=team.stars:count',
    say: COUNT,
    ask: (element) => element.shadowRoot?.textContent,
    shows: 'Counted to 4',
    act: (panel) => panel.getByRole('button', { name: 'Counted to 4' }).click(),
    says: { type: 'team.stars', count: 5 },
  },
  {
    name: 'leaflet',
    maker: 'Leaflet',
    from: 'leaflet-map.js',
    flags: '--with leaflet@1.9.4 --input team.place:lat=lat --input team.place:lng=lng --input team.place:name=place',
    say: PLACE,
    ask: (element) => element.shadowRoot?.querySelector('.leaflet-tooltip')?.textContent,
    shows: 'Lisbon',
  },
  {
    name: 'maplibre',
    maker: 'MapLibre GL',
    from: 'maplibre-map.js',
    flags: '--with maplibre-gl@6.17.0 --input team.place:lat=lat --input team.place:lng=lng',
    say: { type: 'team.place', lat: 1, lng: 1 },
    ask: (element) => (element.drawn ?? 0) > 0,
    shows: true,
    before: `${ESBUILD} node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs --bundle --format=iife --minify --outfile=src/maplibre-worker.js`,
    setting: 'its worker is bundled to one classic script first, with `esbuild --bundle --format=iife`',
  },
  {
    name: 'echarts',
    maker: 'Apache ECharts',
    from: 'echarts-chart.js',
    flags: '--with echarts@6.1.0 --input team.rows:rows=.rows --attribute heading=Sales',
    say: ROWS,
    ask: (element) => ['Sales', 'north', 'south'].every((word) => element.textContent?.includes(word)),
    shows: true,
  },
  {
    name: 'vega',
    maker: 'Vega-Lite',
    from: 'vega-chart.js',
    flags: '--with vega@6.4.0 --with vega-lite@6.5.0 --with vega-embed@7.3.0 --with vega-interpreter@2.3.2 --input team.rows:rows=.rows',
    say: RECORDS,
    ask: (element) => element.shadowRoot?.querySelector('svg')?.textContent?.includes('north'),
    shows: true,
    setting: "Vega's `ast: true`: it makes code of its expressions otherwise",
  },
  {
    name: 'ag-grid',
    maker: 'AG Grid',
    from: 'ag-grid.js',
    flags: '--with ag-grid-community@36.2.0 --input team.rows:rows=.rows --output picked:detail.symbol=team.name:name',
    say: RECORDS,
    ask: (element) => element.shadowRoot?.querySelector('.ag-row')?.textContent,
    shows: 'AAPL240',
    act: (panel) => panel.getByText('AAPL').click(),
    says: { type: 'team.name', name: 'AAPL' },
  },
  {
    name: 'codemirror',
    maker: 'CodeMirror',
    from: 'code-mirror.js',
    flags:
      '--with codemirror@6.0.2 --with @codemirror/lang-javascript@6.2.5 --input team.text:text=.text --output change:.text=team.text:text',
    say: TEXT,
    ask: (element) => element.shadowRoot?.querySelector('.cm-line')?.textContent,
    shows: 'let answer = 42;',
  },
  {
    name: 'monaco',
    maker: 'Monaco (Microsoft)',
    from: 'monaco-editor.js',
    flags: '--with monaco-editor@0.55.1 --input team.text:text=.text --output change:.text=team.text:text',
    say: TEXT,
    ask: (element) => element.shadowRoot?.querySelector('.view-line')?.textContent?.replaceAll('\u00a0', ' '),
    shows: 'let answer = 42;',
    act: async (panel) => {
      await panel.locator('.view-line').first().click();
      await panel.page().keyboard.press('Control+A');
      await panel.page().keyboard.type('ok');
    },
    says: { type: 'team.text', text: 'ok' },
    before: `${ESBUILD} node_modules/monaco-editor/esm/vs/editor/editor.worker.js --bundle --format=iife --minify --outfile=src/monaco-worker.js`,
    setting: 'its worker is bundled to one classic script first, with `esbuild --bundle --format=iife`',
  },
];
