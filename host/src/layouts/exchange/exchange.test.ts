import type { LayoutContent, ResolutionItem } from '@datamesh/contracts';
import { addPanel, copyPanels, emptyLayout, layoutFile, normalise } from '@datamesh/layout';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { content as anyContent } from '../../../../packages/layout/src/testing/arbitrary';
import { lackingIn, withoutLacking, withoutUnknown } from './lacking';
import { panelsText } from './panels-text';
import { readLayoutFile, tooLarge } from './read-layout-file';
import { readPanels } from './read-panels';
import { LARGEST_FILE } from './reading';

const morning = addPanel(emptyLayout('Morning'), 'table', { widget: 'data-table@stable', settings: { sort: 'name' } }, { at: 'end' });
const file = JSON.parse(layoutFile(morning)) as Record<string, unknown> & { layout: Record<string, unknown> };
const contentIn = (text: string): LayoutContent => {
  const read = readLayoutFile(text);
  if ('mistake' in read) throw new Error(read.mistake);
  return read.content;
};
const mistakeIn = (value: unknown): string => {
  const read = readLayoutFile(typeof value === 'string' ? value : JSON.stringify(value));
  if ('content' in read) throw new Error('taken as a layout');
  return read.mistake;
};
const withLayout = (layout: Record<string, unknown>): unknown => ({ ...file, layout: { ...file.layout, ...layout } });
const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

describe('a layout as a file', () => {
  it('is the same layout when it is read again, and the same text when it is written again', () => {
    const shared = { department: 'sales', visibility: 'company' as const, grants: [{ to: 'user:casey', may: 'edit' as const }] };
    fc.assert(
      fc.property(anyContent, (content) => {
        const text = layoutFile({ ...content, ...shared });
        expect(contentIn(text)).toEqual(normalise(content));
        expect(layoutFile(contentIn(text))).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  it('does not depend on the order of anything that has none', () => {
    const settings = { b: [{ y: 1, x: 2 }], a: true };
    const one = { ...morning, panels: { table: { widget: 'data-table@stable', settings } } };
    const other = { ...morning, panels: { table: { settings: { a: true, b: [{ x: 2, y: 1 }] }, widget: 'data-table@stable' } } };
    expect(layoutFile(one)).toBe(layoutFile(other));
    expect(layoutFile(one).split('\n').slice(0, 3)).toEqual(['{', '  "kind": "datamesh.layout",', '  "layout": {']);
  });

  it('says nothing of whom it is shared with, and takes no such thing in', () => {
    const shared = withLayout({
      visibility: 'company',
      department: 'sales',
      grants: [{ to: 'user:casey', may: 'edit' }],
      message: 'Hello',
    });
    expect(contentIn(JSON.stringify(shared))).toEqual(normalise(morning));
    expect(layoutFile({ ...morning, visibility: 'company', grants: [{ to: 'user:casey', may: 'edit' }] })).toBe(layoutFile(morning));
  });

  it('may come through an editor that puts a mark in front and space around it', () => {
    expect(contentIn(`\uFEFF\r\n${JSON.stringify(file)}\n\n`)).toEqual(normalise(morning));
    expect(contentIn(JSON.stringify({ $schema: './layout-file.schema.json', ...file }))).toEqual(normalise(morning));
  });
});

describe('what is no layout', () => {
  const split = { type: 'row', children: [{ size: 1, node: { type: 'stack', active: 0 } }] };
  it.each([
    ['nothing', '  ', 'There is nothing in it.'],
    ['text', 'hello', 'This is not JSON.'],
    ['half of a file', '{"kind": "datamesh.layout",', 'This is not JSON.'],
    ['null', 'null', 'This is not a layout.'],
    ['a list', '[]', 'This is not a layout.'],
    ['some other file', '{"name": "data-table"}', 'This is not a layout.'],
    ['a later form', { ...file, version: 2 }, 'A newer version of the dashboard'],
    ['no version', { kind: file['kind'], layout: file.layout }, 'At the file: “version” is missing'],
    ['an unknown key', { ...file, owner: 'user:alex' }, 'At owner: nothing of that name belongs there'],
    ['a panel without a widget', withLayout({ panels: { table: {} } }), 'layout/panels/table: “widget” is missing'],
    [
      'a widget without a version',
      withLayout({ panels: { table: { widget: 'notes' } } }),
      'layout/panels/table/widget: it is not written as it has to be',
    ],
    ['a stack without panels', withLayout({ tree: split }), 'layout/tree/children/0/node: “panels” is missing'],
    ['a tree of nothing known', withLayout({ tree: { type: 'grid' } }), 'This is not a layout'],
    [
      'a size of nothing',
      withLayout({ tree: { type: 'row', children: [{ size: 0, node: file.layout['tree'] }] } }),
      'children/0/size: it is too small',
    ],
    ['a title that turns the line', withLayout({ title: 'A\u202eB' }), 'A title cannot be used.'],
    [
      'a panel without a place',
      withLayout({ panels: { table: { widget: 'notes@stable' }, more: { widget: 'notes@stable' } } }),
      'panel “more” has no place',
    ],
    ['a place without a panel', withLayout({ panels: {} }), 'which does not exist'],
    [
      'a panel with the name of a prototype',
      JSON.stringify(file).replaceAll('"table"', '"__proto__"'),
      'A panel cannot be called “__proto__”',
    ],
    ['a tree without end', JSON.stringify(file).replace('"name"', nested(50_000)), 'nested deeper than 100 levels'],
    [
      'a layout that is too large',
      withLayout({ panels: { table: { widget: 'notes@stable', settings: { text: 'x'.repeat(600_000) } } } }),
      tooLarge(),
    ],
    ['a file that is too large', ' '.repeat(LARGEST_FILE + 1), tooLarge()],
  ])('%s is told apart, and why', (_what, value, sentence) => {
    expect(mistakeIn(value)).toContain(sentence);
  });

  it('is answered with a short sentence, whatever it is', () => {
    const long = 'k'.repeat(100_000);
    expect(mistakeIn({ ...file, [long]: 1 }).length).toBeLessThan(300);
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom('layout', 'tree', 'panels', 'filters'), (json, where) => {
        const inner = JSON.parse(json) as unknown;
        const read = readLayoutFile(JSON.stringify(where === 'layout' ? { ...file, layout: inner } : withLayout({ [where]: inner })));
        if ('mistake' in read) expect(read.mistake).toMatch(/^.{1,400}[.…]$/su);
        else expect(() => layoutFile(read.content)).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });
});

describe('what this instance lacks', () => {
  const withMore = addPanel(
    addPanel(morning, 'mine', { widget: 'own-chart@stable', title: 'Mine' }, { at: 'end' }),
    'old',
    { widget: 'notes@9.0.0' },
    { at: 'end' },
  );
  const lack = (spec: string, code: 'widget_unknown' | 'version_unknown', detail: string): ResolutionItem => ({
    spec,
    error: { code, detail },
  });
  const lacking = lackingIn(withMore, [
    lack('own-chart@stable', 'widget_unknown', 'No widget is called own-chart'),
    lack('notes@9.0.0', 'version_unknown', 'notes has no version 9.0.0'),
  ]);

  it('is said by the panels that it is about', () => {
    expect(lacking).toEqual([
      { spec: 'own-chart@stable', panels: ['mine'], why: 'The registry knows no widget of this name.', unknown: true },
      { spec: 'notes@9.0.0', panels: ['old'], why: 'No published version of this widget fits what the layout asks for.', unknown: false },
    ]);
  });

  it('is left out where no layout could hold it, and comes along otherwise', () => {
    expect(Object.keys(withoutUnknown(withMore, lacking).panels).sort()).toEqual(['old', 'table']);
    expect(withoutUnknown(withMore, [])).toEqual(withMore);
  });
});

describe('panels in the clipboard', () => {
  const read = (value: unknown): ReturnType<typeof readPanels> => readPanels(typeof value === 'string' ? value : JSON.stringify(value));
  const mistake = (value: unknown): string => {
    const answer = read(value);
    if (!('mistake' in answer)) throw new Error('taken as panels');
    return answer.mistake;
  };
  const copied = JSON.parse(panelsText('l1', morning, ['table'])) as Record<string, unknown>;

  it('are the same panels when they are read again, with the layout that they come from', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        const ids = Object.keys(content.panels);
        fc.pre(ids.length > 0);
        expect(readPanels(panelsText('l1', content, ids))).toEqual({ layout: 'l1', ...copyPanels(content, ids) });
      }),
      { numRuns: 100 },
    );
  });

  it('may be a whole layout that was exported', () => {
    const { tree, panels } = normalise(morning);
    expect(read(layoutFile(morning))).toEqual({ tree, panels });
  });

  it('are none where something else was copied, and nobody is told of JSON', () => {
    for (const text of ['', 'Good morning', '=SUM(A1:B2)', '<b>x</b>', '7', '{"kind":"x"}', '[]', 'null', '{', nested(200_000)])
      expect(mistake(text)).toMatch(/^The clipboard has no panel\. Copy one first/);
  });

  it('are refused with the reason where somebody has tampered with them', () => {
    const widget = 'notes@stable';
    for (const [change, reason] of [
      [{ version: 2 }, /newer version of the dashboard/],
      [{ panels: {} }, /not a panel that can be used/],
      [{ panels: { table: { widget, onclick: 'alert(1)' } } }, /nothing of that name belongs there/],
      [{ panels: { table: { widget: 'https://elsewhere.example/x.js' } } }, /At panels\/table\/widget/],
      [{ panels: { table: { widget, title: 'a\u202Eb' } } }, /A title cannot be used/],
      [{ panels: { table: { widget }, other: { widget } } }, /do not fit together/],
      [{ panels: { table: { widget, settings: JSON.parse(nested(500)) as unknown } } }, /nested deeper/],
      [{ panels: { table: { widget, settings: { text: 'x'.repeat(600_000) } } } }, /too large for panels/],
      [{ tree: { type: 'stack', active: 0, panels: ['table', 'table'] } }, /do not fit together/],
    ] as const)
      expect(mistake({ ...copied, ...change })).toMatch(reason);
    // As a text may have it, and an object literal cannot.
    const proto = JSON.stringify({ ...copied, tree: { type: 'stack', active: 0, panels: ['__proto__'] } });
    expect(mistake(proto.replace('"panels":{"table"', '"panels":{"__proto__"'))).toMatch(/cannot be called/);
    expect(({} as { widget?: unknown }).widget).toBeUndefined();
  });

  it('are left out, and named, where this instance has no such widget', () => {
    const two = addPanel(morning, 'mine', { widget: 'own-chart@stable' }, { at: 'end' });
    const refusal: ResolutionItem = {
      spec: 'own-chart@stable',
      error: { code: 'widget_unknown', detail: 'No widget is called own-chart' },
    };
    const { group, left } = withoutLacking(copyPanels(two, ['table', 'mine']), [refusal]);
    expect([Object.keys(group.panels), left]).toEqual([['table'], ['own-chart']]);
    expect(withoutLacking(copyPanels(two, ['mine']), []).left).toEqual([]);
  });
});
