/** Markdown as a small tree of what a note may hold, and nothing else. No DOM, no HTML: raw HTML is text. */
import type { MarkedToken, Token, Tokens } from 'marked';
import { tokensOf } from './bounded';
import { decodeEntities } from './entities';
import { safeHref } from './links';

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'break' }
  | { kind: 'strong' | 'em' | 'del'; children: Inline[] }
  | { kind: 'link'; href: string; title: string | null; children: Inline[] };

export type Align = 'left' | 'center' | 'right' | null;

export interface Item {
  /** null for a plain item; for a task, its place among all tasks of the note. */
  task: { index: number; done: boolean } | null;
  children: Block[];
}

export type Block =
  | { kind: 'heading'; depth: number; children: Inline[] }
  /** `tight`: the text of a list item that stands without a paragraph of its own. */
  | { kind: 'paragraph'; tight: boolean; children: Inline[] }
  | { kind: 'list'; ordered: boolean; start: number; items: Item[] }
  | { kind: 'quote'; children: Block[] }
  | { kind: 'code'; language: string; text: string }
  | { kind: 'table'; align: Align[]; header: Inline[][]; rows: Inline[][][] }
  | { kind: 'rule' };

/** Throws TooMuchMarkup where reading it would take long. */
export function parseMarkdown(text: string): Block[] {
  return blocks(tokensOf(text), { seen: 0 });
}

/** Whether each task is done, in reading order. */
export function tasksOf(tree: readonly Block[]): boolean[] {
  return tree.flatMap((block) => {
    if (block.kind === 'quote') return tasksOf(block.children);
    if (block.kind !== 'list') return [];
    return block.items.flatMap(({ task, children }) => [...(task ? [task.done] : []), ...tasksOf(children)]);
  });
}

/** The text with one task ticked, or no longer; null when that place in the text cannot be told for certain. */
export function toggleTask(text: string, index: number): string | null {
  const present = tasksOf(parseMarkdown(text));
  if (!(index in present)) return null;
  const boxes = [...text.matchAll(/\[[ xX]\]/g)].map((match) => match.index);
  const box = boxes.length === present.length ? boxes[index] : boxOf(index, text, boxes, present);
  if (box === undefined) return null;
  const changed = ticked(text, [box]);
  const tasks = tasksOf(parseMarkdown(changed));
  const isRight = tasks.length === present.length && tasks.every((done, place) => (done !== present[place]) === (place === index));
  return isRight ? changed : null;
}

/** Which of the boxes is the task's: some stand in code or in the middle of a sentence. Half of those left are changed at a time, to see whether it changes. */
function boxOf(index: number, text: string, boxes: readonly number[], present: readonly boolean[]): number | undefined {
  let left = boxes;
  while (left.length > 1) {
    const half = left.slice(0, Math.ceil(left.length / 2));
    const tasks = tasksOf(parseMarkdown(ticked(text, half)));
    if (tasks.length !== present.length) return undefined;
    left = tasks[index] === present[index] ? left.slice(half.length) : half;
  }
  return left[0];
}

/** The text with the boxes at these places changed, which are in order. */
function ticked(text: string, boxes: readonly number[]): string {
  let from = 0;
  const parts = boxes.map((at) => {
    const before = text.slice(from, at);
    from = at + 3;
    return `${before}[${text[at + 1] === ' ' ? 'x' : ' '}]`;
  });
  return parts.join('') + text.slice(from);
}

function blocks(tokens: readonly Token[], tasks: { seen: number }): Block[] {
  return tokens.flatMap((token) => block(token as MarkedToken, tasks));
}

function block(token: MarkedToken, tasks: { seen: number }): Block[] {
  switch (token.type) {
    case 'heading':
      return [{ kind: 'heading', depth: token.depth, children: inlines(token.tokens) }];
    case 'paragraph':
      return [{ kind: 'paragraph', tight: false, children: inlines(token.tokens) }];
    case 'text':
      return [{ kind: 'paragraph', tight: true, children: inlines(token.tokens ?? [token]) }];
    case 'list':
      return [
        {
          kind: 'list',
          ordered: token.ordered,
          start: token.start === '' ? 1 : token.start,
          items: token.items.map((item) => listItem(item, tasks)),
        },
      ];
    case 'blockquote':
      return [{ kind: 'quote', children: blocks(token.tokens, tasks) }];
    case 'code':
      return [{ kind: 'code', language: (token.lang ?? '').split(/\s/, 1)[0] ?? '', text: token.text }];
    case 'table':
      return [
        {
          kind: 'table',
          align: token.align,
          header: token.header.map((cell) => inlines(cell.tokens)),
          rows: token.rows.map((row) => row.map((cell) => inlines(cell.tokens))),
        },
      ];
    case 'hr':
      return [{ kind: 'rule' }];
    case 'html':
      return token.text.trim() === '' ? [] : [{ kind: 'paragraph', tight: false, children: [{ kind: 'text', text: token.text.trim() }] }];
    case 'space':
    case 'def':
    case 'checkbox':
      return [];
    default:
      // Something inline where a block was expected: better shown than lost.
      return [{ kind: 'paragraph', tight: true, children: inline(token) }];
  }
}

function listItem(item: Tokens.ListItem, tasks: { seen: number }): Item {
  const task = item.task ? { index: tasks.seen++, done: item.checked === true } : null;
  return { task, children: blocks(item.tokens, tasks) };
}

const inlines = (tokens: readonly Token[]): Inline[] => tokens.flatMap((token) => inline(token as MarkedToken));

function inline(token: MarkedToken): Inline[] {
  switch (token.type) {
    case 'text':
      return token.tokens ? inlines(token.tokens) : [{ kind: 'text', text: decodeEntities(token.text) }];
    case 'escape':
      return [{ kind: 'text', text: decodeEntities(token.text) }];
    case 'codespan':
      return [{ kind: 'code', text: token.text }];
    case 'br':
      return [{ kind: 'break' }];
    case 'strong':
    case 'em':
    case 'del':
      return [{ kind: token.type, children: inlines(token.tokens) }];
    case 'link': {
      const href = safeHref(token.autolink ? token.href : decodeEntities(token.href));
      const children = inlines(token.tokens);
      return href ? [{ kind: 'link', href, title: token.title ? decodeEntities(token.title) : null, children }] : children;
    }
    case 'image':
      // A picture would be asked for from elsewhere; its text says what it shows.
      return token.text ? [{ kind: 'text', text: decodeEntities(token.text) }] : [];
    case 'checkbox':
      return [];
    default:
      return [{ kind: 'text', text: token.raw }];
  }
}
