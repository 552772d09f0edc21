import type { Context, LayoutContent, LayoutNode, Panel, PanelBinding, StackNode } from '@datamesh/contracts';
import { arrangementOf, panelName, sameTree, sameValue } from './diff';
import { append } from './edit';
import { normalise, normaliseTree } from './normalise';
import { emptyStack, hasPanel, mapStacks, restrict, stacksOf } from './tree';
import { wireKey } from './wires';

export interface Conflict {
  path: string;
  /** What people call the panel that it is about; null: none, but the layout itself. */
  panel: string | null;
  base: unknown;
  mine: unknown;
  theirs: unknown;
}

export interface Merged {
  /** Valid, with mine wherever there is a conflict. */
  content: LayoutContent;
  conflicts: Conflict[];
  /** Where theirs had the panels: what is taken back from theirs returns to its place there. */
  theirTree: LayoutNode;
}

/**
 * What both did since `base`, together: value by value, panel by panel. Only the same value changed in two ways is a
 * conflict, and so are a panel removed here and changed there, and two different arrangements of the same panels.
 */
export function merge3(base: LayoutContent, mine: LayoutContent, theirs: LayoutContent): Merged {
  const b = normalise(base);
  const m = normalise(mine);
  const t = renameTwins(b, m, normalise(theirs));
  const conflicts: Conflict[] = [];
  const pick = (path: string, inBase: unknown, inMine: unknown, inTheirs: unknown): unknown => {
    if (sameValue(inMine, inTheirs) || sameValue(inTheirs, inBase)) return inMine;
    if (sameValue(inMine, inBase)) return inTheirs;
    conflicts.push({ path, panel: panelName(path, m, t, b), base: inBase, mine: inMine, theirs: inTheirs });
    return inMine;
  };

  const went = (id: string): boolean => hasPanel(b, id) && !(hasPanel(m, id) && hasPanel(t, id));
  // A wire that went with its source is no change of the panel that it led to.
  const bare = (panel: Panel | undefined): Panel | null =>
    panel ? { ...panel, bindings: (panel.bindings ?? []).filter(({ from }) => !went(from)) } : null;
  const pickWhole = (id: string, ...[inBase, inMine, inTheirs]: (Panel | undefined)[]): Panel | undefined => {
    const [mineBare, theirsBare] = [bare(inMine), bare(inTheirs)];
    return pick(`panels/${id}`, bare(inBase), mineBare, theirsBare) === mineBare ? inMine : inTheirs;
  };
  const panels: Record<string, Panel> = {};
  for (const id of new Set([...Object.keys(b.panels), ...Object.keys(m.panels), ...Object.keys(t.panels)])) {
    const [inBase, inMine, inTheirs] = [b.panels[id], m.panels[id], t.panels[id]];
    const merged = inBase && inMine && inTheirs ? mergePanel(id, inBase, inMine, inTheirs, pick) : pickWhole(id, inBase, inMine, inTheirs);
    if (merged) panels[id] = merged as Panel;
  }
  const field = <Key extends 'title' | 'department' | 'visibility' | 'grants' | 'defaultChannel'>(key: Key): LayoutContent[Key] =>
    pick(key, b[key], m[key], t[key]) as LayoutContent[Key];
  const content: LayoutContent = {
    title: field('title'),
    department: field('department'),
    visibility: field('visibility'),
    grants: field('grants'),
    defaultChannel: field('defaultChannel'),
    filters: mergeFilters(b, m, t, pick),
    panels,
    tree: mergeTree(b, m, t, panels, conflicts),
  };
  return { content: normalise(content), conflicts, theirTree: t.tree };
}

/** Puts the chosen side at each conflict; where nothing was chosen, mine stays. */
export function resolveConflicts(
  { content, conflicts, theirTree }: Merged,
  choices: Readonly<Record<string, 'mine' | 'theirs'>>,
): LayoutContent {
  const next = { ...content, panels: { ...content.panels } };
  for (const { path, theirs } of conflicts) if (choices[path] === 'theirs') put(next, path, theirs);
  return normalise(reconcile(next, next.tree, theirTree));
}

type Pick = (path: string, base: unknown, mine: unknown, theirs: unknown) => unknown;

function mergePanel(id: string, base: Panel, mine: Panel, theirs: Panel, pick: Pick): Panel {
  const at = (part: string): string => `panels/${id}/${part}`;
  const settings: Record<string, unknown> = {};
  for (const name of new Set([base, mine, theirs].flatMap((panel) => Object.keys(panel.settings ?? {})))) {
    const value = pick(
      at(`settings/${name}`),
      base.settings?.[name] ?? null,
      mine.settings?.[name] ?? null,
      theirs.settings?.[name] ?? null,
    );
    if (value !== null && value !== undefined) settings[name] = value;
  }
  const bindings: PanelBinding[] = [];
  const [wires, ours, others] = [base, mine, theirs].map((panel) => new Map(panel.bindings?.map((wire) => [wireKey(wire), wire])));
  for (const key of new Set([...(wires?.keys() ?? []), ...(ours?.keys() ?? []), ...(others?.keys() ?? [])])) {
    const wire = pick(at(`bindings/${key}`), wires?.get(key) ?? null, ours?.get(key) ?? null, others?.get(key) ?? null);
    if (wire) bindings.push(wire as PanelBinding);
  }
  return {
    widget: pick(at('widget'), base.widget, mine.widget, theirs.widget) as string,
    title: pick(at('title'), base.title ?? null, mine.title ?? null, theirs.title ?? null) as string | null,
    channel: pick(at('channel'), base.channel ?? null, mine.channel ?? null, theirs.channel ?? null) as NonNullable<
      Panel['channel']
    > | null,
    direction: pick(at('direction'), base.direction ?? 'both', mine.direction ?? 'both', theirs.direction ?? 'both') as NonNullable<
      Panel['direction']
    >,
    settings,
    bindings,
  };
}

function mergeFilters(base: LayoutContent, mine: LayoutContent, theirs: LayoutContent, pick: Pick): LayoutContent['filters'] {
  const all = [base, mine, theirs].map((content) => new Map(content.filters.map(({ context }) => [context.type, context])));
  const types = new Set(all.flatMap((filters) => [...filters.keys()]));
  return [...types].flatMap((type) => {
    const [inBase, inMine, inTheirs] = all.map((filters) => filters.get(type) ?? null);
    const context = pick(`filters/${type}`, inBase, inMine, inTheirs) as Context | null;
    return context ? [{ context }] : [];
  });
}

/** The arrangement of whoever rearranged; panels that the other one added come in where the other one had put them. */
function mergeTree(
  base: LayoutContent,
  mine: LayoutContent,
  theirs: LayoutContent,
  panels: Record<string, Panel>,
  conflicts: Conflict[],
): LayoutNode {
  const everywhere = new Set(Object.keys(base.panels).filter((id) => hasPanel(mine, id) && hasPanel(theirs, id)));
  const [b, m, t] = [base, mine, theirs].map(({ tree }) => arrangementOf(tree, everywhere)) as [LayoutNode, LayoutNode, LayoutNode];
  const fromMine = reconcile({ ...mine, panels, tree: mine.tree }, mine.tree, theirs.tree).tree;
  const fromTheirs = reconcile({ ...theirs, panels, tree: theirs.tree }, theirs.tree, mine.tree).tree;
  // Nobody rearranged what both have: the one who added more has the places of more.
  const added = ({ panels: all }: LayoutContent): number => Object.keys(all).filter((id) => !hasPanel(base, id)).length;
  if (sameTree(m, t)) return sameTree(b, m) && added(mine) < added(theirs) ? fromTheirs : fromMine;
  if (sameTree(b, t)) return fromMine;
  if (sameTree(b, m)) return fromTheirs;
  conflicts.push({ path: 'tree', panel: null, base: base.tree, mine: fromMine, theirs: fromTheirs });
  return fromMine;
}

/** The content with exactly its panels in the tree: unknown ones out, missing ones as a tab of the stack they share in `other`, else at the end. */
function reconcile(content: LayoutContent, tree: LayoutNode, other: LayoutNode): LayoutContent {
  const stacks = new Map<string, StackNode>();
  const noted = (stack: StackNode): StackNode => {
    for (const id of stack.panels) stacks.set(id, stack);
    return stack;
  };
  const known = restrict(tree, (id) => hasPanel(content, id)) ?? emptyStack();
  const own = mapStacks(known, (stack) => noted({ ...stack, panels: [...stack.panels] })) ?? emptyStack();
  const atEnd: StackNode[] = [];
  const add = (id: string, neighbours: readonly string[]): void => {
    if (stacks.has(id) || !hasPanel(content, id)) return;
    const neighbour = neighbours.find((panel) => panel !== id && stacks.has(panel));
    const stack = neighbour === undefined ? undefined : stacks.get(neighbour);
    if (stack) {
      stack.active = stack.panels.push(id) - 1;
      stacks.set(id, stack);
    } else atEnd.push(noted({ type: 'stack', active: 0, panels: [id] }));
  };
  for (const { stack } of stacksOf(other)) for (const id of stack.panels) add(id, stack.panels);
  for (const id of Object.keys(content.panels).sort()) add(id, []);
  return { ...content, tree: normaliseTree(append(normaliseTree(own), atEnd)) };
}

/** Both added a panel of the same name: theirs gets another, so that neither is lost. */
function renameTwins(base: LayoutContent, mine: LayoutContent, theirs: LayoutContent): LayoutContent {
  const names = new Map<string, string>();
  const taken = new Set([...Object.keys(mine.panels), ...Object.keys(theirs.panels)]);
  for (const [id, panel] of Object.entries(theirs.panels)) {
    if (hasPanel(base, id) || !hasPanel(mine, id) || sameValue(panel, mine.panels[id])) continue;
    let name = `${id.slice(0, 36)}-2`;
    for (let count = 3; taken.has(name); count++) name = `${id.slice(0, 34)}-${count}`;
    taken.add(name);
    names.set(id, name);
  }
  if (names.size === 0) return theirs;
  const renamed = (id: string): string => names.get(id) ?? id;
  const tree = mapStacks(theirs.tree, (stack) => ({ ...stack, panels: stack.panels.map(renamed) }));
  const panels = Object.fromEntries(
    Object.entries(theirs.panels).map(([id, panel]) => [
      renamed(id),
      panel.bindings ? { ...panel, bindings: panel.bindings.map((wire) => ({ ...wire, from: renamed(wire.from) })) } : panel,
    ]),
  );
  return { ...theirs, panels, tree: tree ?? emptyStack() };
}

/** Into a copy that nobody else has, down to what it changes. */
function put(content: LayoutContent, path: string, value: unknown): void {
  const [room, id, part, ...rest] = path.split('/');
  if (room === 'filters') {
    const others = content.filters.filter(({ context }) => context.type !== id);
    content.filters = value ? [...others, { context: value as Context }] : others;
    return;
  }
  if (room !== 'panels' || id === undefined) {
    Object.assign(content, { [path]: value });
    return;
  }
  const panel = content.panels[id];
  if (part === undefined) {
    if (value) content.panels[id] = value as Panel;
    else delete content.panels[id];
  } else if (panel && part === 'bindings') {
    const others = panel.bindings?.filter((wire) => wireKey(wire) !== rest.join('/')) ?? [];
    content.panels[id] = { ...panel, bindings: value ? [...others, value as PanelBinding] : others };
  } else if (panel && part !== 'settings') content.panels[id] = { ...panel, [part]: value };
  else if (panel) {
    const { [rest.join('/')]: _before, ...settings } = panel.settings ?? {};
    content.panels[id] = { ...panel, settings: value === null ? settings : { ...settings, [rest.join('/')]: value } };
  }
}
