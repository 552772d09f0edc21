import type { LayoutNode, Panel } from '@datamesh/contracts';
import { shownVersion } from '@datamesh/contracts/versions';

const LONGEST = 120;

const isTree = (value: object): value is LayoutNode => 'type' in value && ('panels' in value || 'children' in value);
const isPanel = (value: object): value is Panel => 'widget' in value && typeof value.widget === 'string';

/** Any value of a layout, short enough to be compared by eye. */
export function inWords(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing';
  if (value === true) return 'on';
  if (value === false) return 'off';
  if (typeof value === 'string') return cut(`“${ofWidget(value)}”`);
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : cut(value.map(inWords).join(', '));
  if (typeof value !== 'object') return cut(String(value));
  if (isTree(value)) return shapeOf(value);
  if (isPanel(value)) return cut(`${value.title ?? value.widget.split('@')[0]} (${shownVersion(wantedBy(value.widget))})`);
  if ('startTime' in value && 'endTime' in value) return cut(`${String(value.startTime)} to ${String(value.endTime)}`);
  if ('type' in value && 'name' in value) return cut(String(value.name));
  return cut(JSON.stringify(value));
}

const wantedBy = (spec: string): string => spec.split('@')[1] ?? 'stable';

/** `series-chart@1.0.0-dev.560fa12` without what only a machine reads; any other text as it is. */
const ofWidget = (text: string): string =>
  text.replace(/^([a-z][a-z0-9-]*@)([0-9]\S*)$/, (_, name: string, version: string) => name + shownVersion(version));

/** "2 columns: 1 panel; 2 rows" says more to a person than a tree. */
function shapeOf(node: LayoutNode): string {
  if (node.type === 'stack') return node.panels.length === 1 ? '1 panel' : `${node.panels.length} tabs`;
  const kind = node.type === 'row' ? 'side by side' : 'one below the other';
  return cut(
    `${node.children.length} ${kind}: ${node.children.map(({ size, node: child }) => `${Math.round(size * 100)} % ${shapeOf(child)}`).join('; ')}`,
  );
}

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);
