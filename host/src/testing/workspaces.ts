/** A workspace with widgets that are there, its edits as a person can take them back. */
import type { LayoutContent, LayoutNode } from '@datamesh/contracts';
import { contentOf } from '@datamesh/layout';
import { expect } from 'vitest';
import type { Resolution, ResolutionItem } from '../remotes/resolution';
import { Resolutions } from '../remotes/resolutions';
import type { Mode, WorkspaceOptions } from '../workspace/types';
import { Workspace } from '../workspace/workspace';
import { afterwards, placeOf } from './mounting';

export const stack = (...panels: string[]): LayoutNode => ({ type: 'stack', active: 0, panels });
export const split = (type: 'row' | 'column', ...nodes: LayoutNode[]): LayoutNode => ({
  type,
  children: nodes.map((node) => ({ size: 1 / nodes.length, node })),
});

export interface Opened {
  workspace: Workspace;
  place: HTMLElement;
  /** Of steps that were made and not taken back. */
  labels(): string[];
  content(): LayoutContent;
  undo(): void;
  /** What the workspace told the page, by its kind. */
  calls: Record<'closed' | 'settings' | 'notified' | 'copied' | 'chosen' | 'report', unknown[]>;
  /** From now on this is what its spec means, and the registry says so. */
  promote(widget: Resolution): void;
}

export interface OpenOptions {
  mode?: Mode;
  width?: number;
  height?: number;
  /** Titles of panels, which are otherwise called `Panel <id>`. */
  titles?: Record<string, string>;
  /** Of panels, by id; those that are not there run a widget that shows nothing. */
  widgets?: Record<string, Resolution>;
}

/** Resolves when every panel that is in front has settled. */
export async function openWorkspace(tree: LayoutNode, options: OpenOptions = {}): Promise<Opened> {
  const { mode = 'view', width = 1280, height = 800, titles = {}, widgets = {} } = options;
  const place = placeOf(width, height);
  const known = new Map(Object.values(widgets).map((widget) => [widget.spec, widget]));
  const resolutions = new Resolutions({ ask: async (specs) => specs.map((spec) => known.get(spec) ?? unknown(spec)) });
  const steps: { before: LayoutContent; label: string }[] = [];
  const calls: Opened['calls'] = { closed: [], settings: [], notified: [], copied: [], chosen: [], report: [] };
  let content = contentOf({
    title: 'Test',
    tree,
    panels: Object.fromEntries(
      idsIn(tree).map((id) => [id, { widget: widgets[id]?.spec ?? 'unknown@stable', title: titles[id] ?? `Panel ${id}`, settings: {} }]),
    ),
  });
  const workspaceOptions: WorkspaceOptions = {
    resolutions,
    theme: () => 'light',
    language: () => 'en',
    onEdit: (next, label) => {
      steps.push({ before: content, label });
      content = next;
    },
    onClosed: (...what) => calls.closed.push(what),
    onCopy: (panels) => calls.copied.push(panels),
    onSettings: (...what) => calls.settings.push(what),
    onFilter: () => undefined,
    onOpenSettings: () => undefined,
    onChooseWidget: (...what) => calls.chosen.push(what),
    onNotify: (...what) => calls.notified.push(what),
    report: (event) => calls.report.push(event),
  };
  const workspace = new Workspace(place, workspaceOptions);
  afterwards(() => workspace.dispose());
  const show = (): void => workspace.show({ layoutId: 'test', content, overlay: null });
  show();
  await workspace.setMode(mode);
  await settled();
  return {
    workspace,
    place,
    labels: () => steps.map(({ label }) => label),
    content: () => content,
    undo: () => {
      content = steps.pop()?.before ?? content;
      show();
    },
    calls: calls,
    promote: (widget) => {
      known.set(widget.spec, widget);
      resolutions.apply({ type: 'widgets.active-changed', data: { name: widget.name } });
    },
  };
}

const idsIn = (node: LayoutNode): string[] => (node.type === 'stack' ? node.panels : node.children.flatMap((child) => idsIn(child.node)));

const unknown = (spec: string): ResolutionItem => ({ spec, error: { code: 'widget_unknown', detail: 'No widget has this name.' } });

const frames = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('section.dm-panel')];

/** Until no panel that is shown is still loading. */
export const settled = (): Promise<void> =>
  expect.poll(() => frames().filter(({ hidden, dataset }) => !hidden && dataset['state'] === 'loading').length).toBe(0);

/** Each panel's rectangle in whole pixels of its workspace's place, null where it is not shown. */
export const places = (): Record<string, number[] | null> =>
  Object.fromEntries(
    frames().map((frame) => {
      const { x, y, width, height } = frame.getBoundingClientRect();
      return [frame.dataset['panel'] ?? '', frame.hidden ? null : [x, y, width, height].map(Math.round)];
    }),
  );

/** Panels of every stack, in the order of their tabs, while editing. */
export const stacks = (): string[] =>
  [...document.querySelectorAll('.lm_stack')].map((element) =>
    [...element.querySelectorAll<HTMLElement>('.lm_tab')].map(({ dataset }) => dataset['for']).join('+'),
  );

/** Nothing of a drag is left in the page. */
export const leftovers = (): string[] => [
  ...[...document.querySelectorAll('.dm-ghost, .dm-drop, .dm-insert, .lm_dragProxy')].map(({ className }) => className),
  ...document.body.classList,
];

/** The panel whose tab or frame has the keyboard. */
export const focusedPanel = (): string | undefined => {
  const { dataset } = document.activeElement?.closest<HTMLElement>('[data-for], [data-panel]') ?? document.body;
  return dataset['for'] ?? dataset['panel'];
};

export function find<T extends Element = HTMLElement>(selector: string): T {
  const found = document.querySelector<T>(selector);
  if (!found) throw new Error(`${selector} is not on the page`);
  return found;
}

export const tabOf = (panel: string): HTMLElement => find(`.lm_tab[data-for="${panel}"], .dm-tab[data-for="${panel}"]`);
export const frameOf = (panel: string): HTMLElement => find(`section.dm-panel[data-panel="${panel}"]`);
/** What the workspace says to whoever listens. */
export const announced = (): string | null => find('.dm-workspace > [aria-live]').textContent;
