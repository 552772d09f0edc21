/**
 * CONTRIBUTING.md's map of the house as rules: who may import whom. `npm run map` checks it, and `npm test` with it.
 * A rule that is in the way is a question to the map first.
 */

/** @typedef {import('dependency-cruiser').IForbiddenRuleType} Rule */

/** Code of tests may reach further: it starts other services, and servers for them. */
const TESTS = String.raw`(\.test\.tsx?|\.contract\.test\.ts|\.e2e\.ts|/testing/.*)$`;

/**
 * A room of a workspace may import only these (and npm packages).
 * @param {string} room
 * @param {string[]} allowed
 * @param {string} [comment]
 * @returns {Rule}
 */
const only = (room, allowed, comment) => ({
  name: `map-${room.replace(/\W+/g, '-')}`,
  ...(comment === undefined ? {} : { comment }),
  severity: 'error',
  from: { path: `^${room}/`, pathNot: TESTS },
  to: {
    path: `^(packages|registry-api|tracker|host|remotes|e2e|bench|scripts|tools)/`,
    pathNot: `^(${[room, ...allowed].join('|')})/`,
  },
});

const CONTRACTS = 'packages/contracts';
const SERVICE = 'packages/service';
const PUBLISHING = 'packages/publishing';

/**
 * A room of host/src, with the rooms that it may import beside `language`, which every one speaks.
 * @param {string} room
 * @param {string[]} allowed
 * @returns {Rule}
 */
const floor = (room, allowed) => ({
  name: `host-${room}`,
  comment: `host/src/${room} imports language${allowed.map((one) => `, ${one}`).join('')} of host/src.`,
  severity: 'error',
  from: { path: `^host/src/${room}/`, pathNot: TESTS },
  to: { path: '^host/src/', pathNot: `^host/src/(${[room, 'language', ...allowed].join('|')})/` },
});

/** Of host/src, what comes after the first picture of a page: with the first edit, failure, action, event, or another place. */
const LATER = `^host/src/(${[
  'administration/|deployments/|library/|marketplace/|pages/|preferences/|settings/|schema/',
  String.raw`app/(BannerContents|Dialogs\.|kiosk/|palette/|notifications/NotificationList\.)`,
  String.raw`dashboard/((live|live-updates|actions|layout-actions|panel-clipboard|page-reload|open-dashboard-report|access-requests|answer-access-request|audit-watch)\.ts|print/)`,
  'dashboard/(last-seen/(?!or-last-seen)|notifications/(?!version-news)|presence/(?!company)|picture/(?!can-capture))',
  String.raw`layouts/((layout-edits|draft-keeper|history|merging|describe-.*)\.ts|exchange/|pull/|sharing/)`,
  String.raw`workspace/(editing/|paper/|speech/|settings-check\.ts)|remotes/(explain|failure-words)\.ts|api/(events|event-stream|server-sent-events)\.ts`,
].join('|')})`;

/**
 * An npm package that one room alone may import.
 * @param {string} name
 * @param {string} pattern
 * @param {string[]} rooms
 * @param {string} comment
 * @returns {Rule}
 */
const fenced = (name, pattern, rooms, comment) => ({
  name: `fence-${name}`,
  comment,
  severity: 'error',
  from: { path: `^(packages|registry-api|tracker|host)/`, pathNot: `${TESTS}|^(${rooms.join('|')})` },
  to: { path: pattern },
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Rooms and files import each other in one direction.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-test-in-production',
      comment: 'What only tests need is in *.test.ts or testing/, and stays out of what is built.',
      severity: 'error',
      from: { path: `^(packages|registry-api|tracker|host|remotes)/`, pathNot: TESTS },
      to: { path: String.raw`(\.test\.tsx?|/testing/)` },
    },
    {
      name: 'no-server-in-unit-tests',
      comment:
        'A test that opens a database or starts a server says so by its name, such as *.integration.test.ts: unit tests run in a minute.',
      severity: 'error',
      from: { path: String.raw`\.test\.tsx?$`, pathNot: String.raw`\.(api|contract|process|integration|engines|browser)\.test\.tsx?$` },
      to: { path: String.raw`(node_modules/(@duckdb/node-api|mongoose)/|^tools/test-servers/.*/server\.ts$)`, reachable: true },
    },
    only(CONTRACTS, [], 'The contracts import nothing.'),
    only('packages/layout', [CONTRACTS]),
    only('packages/widget-sdk', [CONTRACTS]),
    only('packages/rspack', [], 'What a widget is built with knows nothing of the platform but the shape of a container.'),
    only(
      'packages/cli',
      [CONTRACTS, 'packages/layout', PUBLISHING, 'host/(server|src/workbench)'],
      'The workbench serves a page as the edge does.',
    ),
    only(SERVICE, [CONTRACTS]),
    only(PUBLISHING, [CONTRACTS]),
    only('packages/sidecar', ['packages/cli', CONTRACTS, PUBLISHING, SERVICE]),
    only(
      'registry-api',
      [CONTRACTS, 'packages/layout', PUBLISHING, SERVICE],
      'Services never import each other: they speak HTTP by the contract.',
    ),
    only('tracker/(src|pinot)', ['tracker', CONTRACTS, SERVICE], 'Services never import each other: they speak HTTP by the contract.'),
    only('host/server', [CONTRACTS, SERVICE], 'The edge knows neither the page nor the services.'),
    only(
      'host/src',
      [CONTRACTS, 'packages/layout', 'host/server/development'],
      'The page knows the contracts and the layout algebra; in development, what the edge tells it.',
    ),
    {
      name: 'map-remotes',
      comment:
        'A remote knows nothing of the platform but what it is built with and, where it likes, the widget SDK; never another remote.',
      severity: 'error',
      from: { path: '^remotes/([^/]+)/', pathNot: TESTS },
      to: {
        path: `^(packages|registry-api|tracker|host|remotes|e2e|bench|scripts|tools)/`,
        pathNot: '^(remotes/$1|packages/widget-sdk|packages/rspack|packages/contracts)/',
      },
    },
    // From the ground up: what knows nothing of a dashboard, what a dashboard is made of, what is open, its pages and dialogs.
    // `app` puts all of them together and is imported by main.tsx alone.
    floor('language', []),
    floor('api', []),
    floor('interop', []),
    floor('remotes', []),
    floor('schema', []),
    floor('worker', ['remotes']),
    floor('outage', ['api']),
    floor('ui', ['api']),
    floor('workspace', ['interop', 'remotes', 'schema']),
    floor('layouts', ['api', 'remotes', 'ui']),
    floor('workbench', ['interop', 'remotes', 'settings', 'styles', 'ui', 'workspace']),
    floor('dashboard', ['api', 'layouts', 'remotes', 'ui', 'workspace']),
    floor('pages', ['api', 'dashboard', 'ui']),
    floor('settings', ['api', 'dashboard', 'interop', 'remotes', 'schema', 'ui']),
    floor('library', ['api', 'dashboard', 'layouts', 'ui']),
    floor('preferences', ['api', 'dashboard', 'library', 'pages', 'ui']),
    floor('marketplace', ['api', 'dashboard', 'interop', 'library', 'remotes', 'ui', 'workbench', 'workspace']),
    floor('deployments', ['api', 'dashboard', 'marketplace', 'pages', 'ui']),
    floor('administration', ['api', 'dashboard', 'library', 'marketplace', 'pages', 'ui']),
    {
      name: 'first-picture',
      comment: 'Whoever opens a layout and only looks does not wait for what comes later: it is imported by import() alone.',
      severity: 'error',
      from: { path: '^host/src/', pathNot: `${TESTS}|${LATER}|^host/src/(development|workbench)/` },
      to: { path: LATER, dynamic: false, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'development-is-apart',
      comment: 'What only `npm run dev` has is built for nothing else.',
      severity: 'error',
      from: { pathNot: '^host/(src/development/|server/development/|development.config.ts)|^e2e/|^scripts/' },
      to: { path: '^host/(src|server)/development/' },
    },
    fenced(
      'golden-layout',
      'node_modules/golden-layout/',
      ['host/src/workspace/editing'],
      'Only the editor of the workspace knows golden-layout.',
    ),
    fenced(
      'module-federation',
      'node_modules/@module-federation/',
      ['host/src/remotes'],
      'Only remotes/ knows the Module Federation runtime.',
    ),
    fenced(
      'mongo',
      'node_modules/(mongoose|mongodb)/',
      [String.raw`registry-api/.*\.mongo\.ts`, 'registry-api/src/storage'],
      'Only the implementations of stores know MongoDB.',
    ),
    fenced(
      'sqlite',
      '^(node:)?sqlite$',
      [String.raw`registry-api/.*\.sqlite\.ts`, 'registry-api/src/storage'],
      'Only the implementations of stores know SQLite.',
    ),
    fenced(
      'duckdb',
      'node_modules/@duckdb/',
      ['tracker/src/storage', 'tracker/src/sinks', 'tracker/src/query/duckdb'],
      'Only the rooms of the DuckDB engine know DuckDB.',
    ),
    fenced(
      'kafka',
      'node_modules/(kafkajs|@platformatic/kafka|@confluentinc)/',
      ['tracker/src/sinks/kafka', 'tracker/pinot'],
      'Only the Kafka sink knows the Kafka client.',
    ),
  ],
  options: {
    doNotFollow: { path: ['node_modules'] },
    exclude: { path: String.raw`(^|/)(dist|dist-package|dist-server|dist-data|templates|generated|\.cache|\.data)/` },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.vue', '.svelte', '.json'],
    },
  },
};
