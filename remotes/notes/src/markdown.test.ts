import { describe, expect, it } from 'vitest';
import { decodeEntities } from './entities';
import { safeHref } from './links';
import { type Block, type Inline, parseMarkdown, tasksOf, toggleTask } from './markdown';

const textOf = (nodes: readonly Inline[]): string =>
  nodes.map((node) => ('children' in node ? textOf(node.children) : node.kind === 'break' ? '\n' : node.text)).join('');
const first = (text: string): Block | undefined => parseMarkdown(text)[0];
const line = (text: string): Inline[] => {
  const block = first(text);
  return block?.kind === 'paragraph' ? block.children : [];
};

describe('markdown', () => {
  it('knows headings, lists in lists, quotes, code, rules and emphasis', () => {
    const tree = parseMarkdown('# Desk\n\n- one\n  - two\n\n> quoted **much**\n\n```ts x\nconst a = 1;\n```\n\n---\n\n3. three');
    expect(tree.map((block) => block.kind)).toEqual(['heading', 'list', 'quote', 'code', 'rule', 'list']);
    expect(tree[1]).toMatchObject({ items: [{ children: [{ kind: 'paragraph', tight: true }, { kind: 'list' }] }] });
    expect(tree[3]).toEqual({ kind: 'code', language: 'ts', text: 'const a = 1;' });
    expect(tree[5]).toMatchObject({ ordered: true, start: 3 });
    expect(line('a **b _c_** ~~d~~ `e`').map((node) => node.kind)).toEqual(['text', 'strong', 'text', 'del', 'text', 'code']);
  });

  it('keeps the lines as they were typed', () => {
    expect(line('one\ntwo').map((node) => node.kind)).toEqual(['text', 'break', 'text']);
  });

  it('knows tables with their alignment', () => {
    expect(first('| a | b |\n|:--|--:|\n| 1 | **2** |')).toMatchObject({
      kind: 'table',
      align: ['left', 'right'],
      rows: [[[{ text: '1' }], [{ kind: 'strong' }]]],
    });
  });

  it('never makes HTML of anything: tags are text', () => {
    for (const text of ['<script>alert(1)</script>', 'a <img src=x onerror=alert(1)> b', '<div onclick=x>\n\nhi']) {
      const kinds = JSON.stringify(parseMarkdown(text));
      expect(kinds).not.toContain('"html"');
      expect(kinds).toContain('<');
    }
    expect(textOf(line('a <b>c</b>'))).toBe('a <b>c</b>');
  });

  it('leads to https and mailto only, however it is spelt', () => {
    expect(line('[a](https://x.test/?q=1&amp;r=2 "t")')[0]).toMatchObject({ kind: 'link', href: 'https://x.test/?q=1&r=2', title: 't' });
    expect(line('https://x.test and m@x.test').filter((node) => node.kind === 'link')).toHaveLength(2);
    const bad = [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'java&#115;cript:alert(1)',
      'data:text/html,x',
      'http://x.test',
      '//x.test',
      '/api/v1',
      'https:x',
      'vbscript:x',
      'blob:https://x',
    ];
    for (const href of bad)
      expect(
        line(`[a](${href})`).map((node) => node.kind),
        href,
      ).not.toContain('link');
    expect(safeHref('https://bank.test@evil.test/')).toBeNull();
    expect(safeHref('https://')).toBeNull();
  });

  it('shows the text of an image instead of asking for it', () => {
    expect(line('![a chart](https://evil.test/pixel.png)')).toEqual([{ kind: 'text', text: 'a chart' }]);
  });

  it('reads named and numbered characters, and no broken ones', () => {
    expect(decodeEntities('&amp;lt; &euro; &#8364; &#x20AC; &nope; &#0; &#xD800; &#9999999;')).toBe(
      '&lt; € € € &nope; \ufffd \ufffd \ufffd',
    );
    expect(line('`a&lt;b`')).toEqual([{ kind: 'code', text: 'a&lt;b' }]);
  });

  it('ticks exactly the task that was meant, and nothing in code or text', () => {
    const text = 'See [x] and `- [ ] no`\n\n- [ ] one\n  - [x] two\n\n```\n- [ ] code\n```\n\n> 1. [ ] three';
    expect(tasksOf(parseMarkdown(text))).toEqual([false, true, false]);
    for (const index of [0, 1, 2]) {
      const changed = toggleTask(text, index) ?? '';
      expect(tasksOf(parseMarkdown(changed))).toEqual([false, true, false].map((done, place) => (place === index ? !done : done)));
      expect(changed.length).toBe(text.length);
      expect(toggleTask(changed, index)).toBe(text);
    }
    expect(toggleTask(text, 3)).toBeNull();
  });
});
