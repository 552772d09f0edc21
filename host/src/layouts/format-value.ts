import type { LayoutNode, Panel } from '@datamesh/contracts';
import { shownVersion } from '@datamesh/contracts/versions';
import { numberFormat } from '../language/formats';
import { i18n } from '../language/i18n';

const LONGEST = 120;

const isTree = (value: object): value is LayoutNode => 'type' in value && ('panels' in value || 'children' in value);
const isPanel = (value: object): value is Panel => 'widget' in value && typeof value.widget === 'string';

/** Any value of a layout, short enough to be compared by eye. */
export function formatValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return i18n.t('nothing');
  if (value === true) return i18n.t('on');
  if (value === false) return i18n.t('off');
  if (typeof value === 'string') return cut(i18n.t('“{text}”', { text: ofWidget(value) }));
  if (typeof value === 'number') return numberFormat({ maximumSignificantDigits: 15, useGrouping: false }).format(value);
  if (Array.isArray(value)) return value.length === 0 ? i18n.t('nothing') : cut(value.map(formatValue).join(', '));
  if (typeof value !== 'object') return cut(String(value));
  if (isTree(value)) return shapeOf(value);
  if (isPanel(value)) return cut(`${value.title ?? value.widget.split('@')[0]} (${shownVersion(wantedBy(value.widget))})`);
  if ('startTime' in value && 'endTime' in value)
    return cut(i18n.t('{start} to {end}', { start: String(value.startTime), end: String(value.endTime) }));
  if ('type' in value && 'name' in value) return cut(String(value.name));
  return cut(JSON.stringify(value));
}

const wantedBy = (spec: string): string => spec.split('@')[1] ?? 'stable';

/** `series-chart@1.0.0-dev.560fa12` without what only a machine reads; any other text as it is. */
const ofWidget = (text: string): string =>
  text.replace(/^([a-z][a-z0-9-]*@)([0-9]\S*)$/, (_, name: string, version: string) => name + shownVersion(version));

/** "2 side by side: 50 % 1 panel; 50 % 2 tabs" says more to a person than a tree. */
function shapeOf(node: LayoutNode): string {
  if (node.type === 'stack') return i18n.t('{count, plural, one {# panel} other {# tabs}}', { count: node.panels.length });
  const parts = node.children.map(({ size, node: child }) => `${Math.round(size * 100)} % ${shapeOf(child)}`).join('; ');
  const said = { count: node.children.length, parts };
  return cut(node.type === 'row' ? i18n.t('{count} side by side: {parts}', said) : i18n.t('{count} one below the other: {parts}', said));
}

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);
