import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Found, type Texts, textsOf } from './testing/prose';

const SOURCES = join(import.meta.dirname, '..');

/** Read by those who write widgets, and by machines. */
const FOR_DEVELOPERS = [
  'development/',
  'language/',
  'workbench/',
  'worker/',
  'api/event-stream.ts',
  'api/events.ts',
  'interop/',
  'remotes/built-ins.ts',
  'remotes/element-class.ts',
  'remotes/refusals.ts',
  'remotes/support.ts',
  'remotes/trusted-types.ts',
  'remotes/worker-refusal.ts',
  'remotes/workers.ts',
  'remotes/worklets.ts',
  'schema/',
  'dashboard/picture/element-capture.ts',
  'workspace/lifecycle/',
  'workspace/settings-check.ts',
];

const files = globSync('**/*.{ts,tsx}', { cwd: SOURCES })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !/\.test\.tsx?$|(^|\/)testing\//.test(file) && !FOR_DEVELOPERS.some((room) => file.startsWith(room)));
const texts = new Map<string, Texts>(files.map((file) => [file, textsOf(file, readFileSync(join(SOURCES, file), 'utf8'))]));

const told = (what: keyof Texts): string[] =>
  [...texts].flatMap(([file, found]) => found[what].map((one: Found) => `${file}:${one.line} ${one.text}`));

describe('texts of the page', () => {
  it('are said by i18n.t, wherever they stand', () => {
    expect(told('prose')).toEqual([]);
  });

  it('stand in the call, where they are collected', () => {
    expect(told('computed')).toEqual([]);
  });

  it('are said when they are shown: while a module loads the language is not known', () => {
    expect(told('early')).toEqual([]);
  });
});

describe('what finds them', () => {
  const prose = (source: string): string[] => textsOf('one.tsx', source).prose.map(({ text }) => text);

  it.each([
    ['<p>Try again</p>', 'Try again'],
    ['<b>{count} panels</b>', 'panels'],
    ['<button aria-label="Close" />', 'Close'],
    ['<X>{open ? "yes" : i18n.t("No")}</X>', 'yes'],
    [`const a = () => \`Saved ${'$'}{when} by you\`;`, 'Saved {} by you'],
    ['toasts.show("bad", "The editor could not be loaded.")', 'The editor could not be loaded.'],
    [`<span>{[pinned ? 'yours' : null, place].filter(Boolean).join(' · ')}</span>`, 'yours'],
    [`const item = { id, detail: newest ? \`now ${'$'}{version}\` : undefined };`, 'now {}'],
    [`field.setAttribute('aria-label', \`Title of ${'$'}{shown}\`);`, 'Title of {}'],
    ["row.append(node('span', 'dm-badge', 'Not there yet'));", 'Not there yet'],
  ])('%s', (source, text) => expect(prose(source)).toEqual([text]));

  it.each([
    '<p className="page text" data-kind="one thing">{i18n.t("Try again")}</p>',
    'if (key === "Escape") element.querySelector("a b");',
    'throw new Error("the page has no #app");',
    "menu.setAttribute('data-kind', 'one of these');",
    'console.warn("This is for those who look.");',
    'import { Close } from "./The file";',
    `const key = { id: \`event ${'$'}{name}\`, className: \`row ${'$'}{kind}\` };`,
  ])('and lets be: %s', (source) => expect(prose(source)).toEqual([]));

  it('calls with anything but a text, and calls while the module loads', () => {
    const found = textsOf('one.ts', 'const early = i18n.t("Now"); const late = (id) => i18n.t(id);');
    expect([found.early, found.computed].map((all) => all.map(({ text }) => text))).toEqual([['i18n.t("Now")'], ['i18n.t(id)']]);
  });
});
