import type { Overlay } from '@datamesh/contracts';

/** An overlay with what `change` sets over it, setting by setting: what it does not name stays. Settings of panels that are no longer `known` go. */
export function overlaid(before: Overlay | null, change: Overlay, known: (panel: string) => boolean): Overlay {
  const panels = new Map(Object.entries(before?.panels ?? {}).filter(([id]) => known(id)));
  for (const [id, { settings }] of Object.entries(change.panels))
    if (known(id)) panels.set(id, { settings: { ...panels.get(id)?.settings, ...settings } });
  return { panels: Object.fromEntries(panels) };
}
