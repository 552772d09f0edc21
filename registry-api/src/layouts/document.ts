/**
 * What is in a layout, as MongoDB keeps it: panels, settings and the tree as fields that people and tools can query. Settings are anybody's keys
 * and values; what would not come back as it was, or would mean something to MongoDB, is kept as its JSON text in its place.
 */
import type { Panel } from '@datamesh/contracts';
import { termsOf } from './holding/terms';
import type { LayoutBody } from './layout';

/** A value, or `{json}`: its text. */
type Kept = unknown;

export interface PanelDocument {
  id: string;
  /** What it is looked up by. */
  terms: string[];
  /** In their order: the names are anybody's, so they are no keys. */
  settings?: { name: Kept; value: Kept }[];
  /** Whatever else a panel has. */
  [part: string]: Kept;
}

export interface BodyDocument {
  tree: Kept;
  panels: PanelDocument[];
  defaultChannel: LayoutBody['defaultChannel'];
  filters: Kept;
}

/** MongoDB takes 100 levels; what is around a value here are fewer than ten. */
const deepest = 80;
/** Letters first: `$` is an operator's, `_bsontype` a type's, and numbers would change places. A dot would be a path. */
const plainKey = /^[A-Za-z][A-Za-z0-9_-]{0,99}$/;
/** Keys that the driver asks every object for, or every object has. */
const special = (key: string): boolean => key in Object.prototype || key === 'toBSON' || key === 'toJSON' || key === 'toObject';

export function documentOf(body: LayoutBody): BodyDocument {
  const terms = new Map(termsOf(body.panels).map((one) => [one.panel, one.terms]));
  return {
    tree: kept(body.tree),
    panels: Object.entries(body.panels).map(([id, panel]) => ({ id, terms: terms.get(id) ?? [], ...panelDocument(panel) })),
    defaultChannel: body.defaultChannel,
    filters: kept(body.filters),
  };
}

/** A text is of a version that kept all of it as JSON. */
export function bodyIn(document: BodyDocument | string): LayoutBody {
  if (typeof document === 'string') return JSON.parse(document) as LayoutBody;
  return {
    tree: given(document.tree) as LayoutBody['tree'],
    panels: Object.fromEntries(document.panels.map((panel) => [panel.id, panelIn(panel)])),
    defaultChannel: document.defaultChannel,
    filters: given(document.filters) as LayoutBody['filters'],
  };
}

function panelDocument(panel: Panel): Record<string, Kept> {
  const parts = Object.entries(panel).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    parts.map(([part, value]) => [part, part === 'settings' ? settingsDocument(value as Record<string, unknown>) : kept(value)]),
  );
}

const settingsDocument = (settings: Record<string, unknown>): { name: Kept; value: Kept }[] =>
  Object.entries(settings).flatMap(([name, value]) => (value === undefined ? [] : [{ name: kept(name), value: kept(value) }]));

function panelIn({ id: _, terms: __, ...parts }: PanelDocument): Panel {
  const panel = Object.entries(parts).map(([part, value]) => [part, part === 'settings' ? settingsIn(value) : given(value)]);
  return Object.fromEntries(panel) as unknown as Panel;
}

const settingsIn = (settings: Kept): Record<string, unknown> =>
  Object.fromEntries((settings as { name: Kept; value: Kept }[]).map(({ name, value }) => [given(name) as string, given(value)]));

const kept = (value: unknown): Kept => (comesBack(value) ? value : { json: JSON.stringify(value) });

function given(value: Kept): unknown {
  const text = typeof value === 'object' && value !== null && 'json' in value ? value.json : undefined;
  return typeof text === 'string' ? (JSON.parse(text) as unknown) : value;
}

/** Whether MongoDB gives it back as JSON would. Level by level, as it may be deeper than the stack. */
function comesBack(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return false;
    const below: unknown[] = [];
    for (const one of level) {
      if (typeof one === 'object' && one !== null) {
        const keys = Array.isArray(one) ? [] : Object.keys(one);
        // `json` marks a text.
        if (keys.some((key) => !plainKey.test(key) || special(key) || key === 'json')) return false;
        for (const inner of Object.values(one)) below.push(inner);
      } else if (!comesBackAlone(one)) return false;
    }
    level = below;
  }
  return true;
}

function comesBackAlone(value: unknown): boolean {
  if (value === null || typeof value === 'boolean') return true;
  // JSON has no -0, and no number that is none.
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  return typeof value === 'string' && !/\p{Surrogate}/u.test(value);
}
