import type { LayoutContent, LayoutContentInput, Overlay } from '@datamesh/contracts';
import { contentOf } from '@datamesh/layout';

/**
 * What a copy of a layout holds: the unsaved content when there is some, else the layout's own, with the copier's overlay folded
 * into the settings. A setting that the unsaved content has changed is newer than the overlay and stays. Nobody else sees it yet.
 */
export function copyOf(
  layout: LayoutContent,
  { overlay, content, title }: { overlay: Overlay | undefined; content: LayoutContentInput | undefined; title: string | undefined },
): LayoutContent {
  const from = content ? contentOf(content) : layout;
  const panels = Object.fromEntries(
    Object.entries(from.panels).map(([id, panel]) => {
      const own = overlay?.panels[id]?.settings;
      if (!own) return [id, panel];
      const [before, now] = [layout.panels[id]?.settings ?? {}, panel.settings ?? {}];
      const edited = Object.fromEntries(Object.entries(now).filter(([key, value]) => !same(value, before[key])));
      return [id, { ...panel, settings: { ...now, ...own, ...edited } }];
    }),
  );
  return {
    ...from,
    panels,
    title: title ?? (content ? from.title : copyTitle(from.title)),
    department: null,
    visibility: 'private',
    grants: [],
  };
}

const longest = 120;
const suffix = ' (copy)';
const copyTitle = (title: string): string => `${title.slice(0, longest - suffix.length)}${suffix}`;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
