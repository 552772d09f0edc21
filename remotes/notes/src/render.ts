import type { Block, Inline, Item } from './markdown';
import { say } from './words';

/** A task was clicked; its place among all tasks of the note. */
export type OnTask = (index: number) => void;

/** The tree as elements: only text nodes and elements made here, never markup from the note. */
export function render(tree: readonly Block[], onTask: OnTask): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(...tree.map((block) => blockOf(block, onTask)));
  return fragment;
}

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  children: readonly (Node | string)[] = [],
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.append(...children);
  return element;
}

function blockOf(block: Block, onTask: OnTask): Node {
  switch (block.kind) {
    case 'heading':
      // The note's own heading is the second level; what is in the note begins below it.
      return make(`h${Math.min(block.depth + 2, 6)}` as 'h3', inlines(block.children));
    case 'paragraph':
      return make(block.tight ? 'span' : 'p', inlines(block.children));
    case 'quote':
      return make('blockquote', [render(block.children, onTask)]);
    case 'rule':
      return make('hr');
    case 'code': {
      const code = make('pre', [make('code', [block.text])]);
      code.tabIndex = 0;
      if (block.language) code.dataset['language'] = block.language;
      return code;
    }
    case 'list': {
      const list = make(
        block.ordered ? 'ol' : 'ul',
        block.items.map((item) => itemOf(item, onTask)),
      );
      if (list instanceof HTMLOListElement) list.start = block.start;
      return list;
    }
    case 'table':
      return tableOf(block);
  }
}

function itemOf({ task, children }: Item, onTask: OnTask): HTMLLIElement {
  if (!task) return make('li', [render(children, onTask)]);
  const box = make('input');
  box.type = 'checkbox';
  box.checked = task.done;
  box.dataset['task'] = String(task.index);
  box.addEventListener('change', () => onTask(task.index));
  // What the task says is its label; lists below it are tasks of their own.
  const [text, ...rest] = children;
  const label = make('label', [box, ...(text ? [blockOf(text, onTask)] : [])]);
  const item = make('li', [label, render(rest, onTask)]);
  item.className = task.done ? 'task done' : 'task';
  return item;
}

function tableOf({ align, header, rows }: Extract<Block, { kind: 'table' }>): HTMLElement {
  const cell = (name: 'th' | 'td', children: readonly Inline[], column: number): HTMLTableCellElement => {
    const element = make(name, inlines(children));
    if (element instanceof HTMLTableCellElement && name === 'th') element.scope = 'col';
    const side = align[column];
    if (side) element.dataset['align'] = side;
    return element;
  };
  const head = make('thead', [
    make(
      'tr',
      header.map((children, column) => cell('th', children, column)),
    ),
  ]);
  const body = make(
    'tbody',
    rows.map((row) =>
      make(
        'tr',
        row.map((children, column) => cell('td', children, column)),
      ),
    ),
  );
  const frame = make('div', [make('table', [head, body])]);
  frame.className = 'table';
  frame.tabIndex = 0;
  frame.role = 'group';
  frame.ariaLabel = say('Table');
  return frame;
}

const inlines = (nodes: readonly Inline[]): (Node | string)[] => nodes.map(inlineOf);

function inlineOf(node: Inline): Node | string {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'code':
      return make('code', [node.text]);
    case 'break':
      return make('br');
    case 'strong':
    case 'em':
    case 'del':
      return make(node.kind, inlines(node.children));
    case 'link': {
      const link = make('a', inlines(node.children));
      link.href = node.href;
      link.rel = 'noopener noreferrer';
      link.target = '_blank';
      if (node.title) link.title = node.title;
      return link;
    }
  }
}
