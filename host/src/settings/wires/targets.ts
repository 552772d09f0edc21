import type { PanelBinding, WidgetManifest } from '@datamesh/contracts';
import { isAttribute } from '../../interop/bindings';

/** What of a panel a wire may set. */
export interface Target {
  kind: 'setting' | 'attribute';
  name: string;
  /** As people know it. */
  label: string;
}

/** What the wire sets, as people know it; undefined for what is not known of the widget. */
export const labelOf = (targets: readonly Target[], wire: Pick<PanelBinding, 'setting' | 'attribute'>): string | undefined =>
  targets.find(({ kind, name }) => wire[kind] === name)?.label;

/** The contract's rule for names of settings and of attributes. */
export const mayBeWired = (name: string): boolean => name.length <= 50 && isAttribute(name);

/** Its settings first, then attributes that its widget.json or its element names. */
export function targetsOf(manifest: WidgetManifest | null, attributes: readonly string[]): Target[] {
  const { properties = {} } = (manifest?.settings ?? {}) as { properties?: Record<string, { title?: unknown }> };
  const settings = Object.entries(properties)
    .filter(([name]) => mayBeWired(name))
    .map(([name, { title }]): Target => ({ kind: 'setting', name, label: typeof title === 'string' ? title : name }));
  const bound = (manifest?.bindings?.inputs ?? []).flatMap(({ attribute }) => attribute ?? []);
  const others = [...new Set([...bound, ...attributes])].filter((name) => mayBeWired(name) && !Object.hasOwn(properties, name));
  return [...settings, ...others.map((name): Target => ({ kind: 'attribute', name, label: name }))];
}
