import type { WidgetSummary } from '@datamesh/contracts';
import type { Place } from '@datamesh/layout';
import { useEffect, useState } from 'react';
import type { DashboardController } from '../dashboard/dashboard-controller';
import type { Drawer } from '../dashboard/open-dashboard';
import type { OpenLayout } from '../dashboard/open-layout';
import { NARROW } from '../ui/use-media';
import { useStore } from '../ui/use-store';

export interface Adding {
  /** Where the next one goes, in words; undefined: where there is most room. */
  where: string | undefined;
  /** How often each was added since the drawer was opened, by name. */
  added: ReadonlyMap<string, number>;
  add(widget: WidgetSummary): void;
  /** From now on where there is most room. */
  anywhere(): void;
}

/** Adds one after the other to one place of the layout, which is marked there meanwhile. */
export function useAdding(controller: DashboardController, open: OpenLayout, drawer: Drawer & { kind: 'marketplace' }): Adding {
  // Whatever is renamed, moved or closed changes what the place is called, or whether it is there at all.
  useStore(open.session.store);
  const { workspace } = open;
  const where = drawer.at && workspace.nameOf(drawer.at);
  const at = where === undefined ? undefined : drawer.at;
  const [added, setAdded] = useState<ReadonlyMap<string, number>>(new Map());
  useEffect(() => {
    workspace.aim(at ?? null);
    return () => workspace.aim(null);
  }, [workspace, at]);
  const aimAt = (next: Place | undefined): void =>
    controller.openDrawer({ kind: 'marketplace', ...(next ? { at: next } : {}), ...(drawer.from ? { from: drawer.from } : {}) });
  return {
    where,
    added,
    add: (widget) => {
      const id = workspace.add(widget, at);
      setAdded((before) => new Map(before).set(widget.name, (before.get(widget.name) ?? 0) + 1));
      // It lies over what was added, where the keyboard is now.
      if (matchMedia(NARROW).matches) controller.openDrawer(null);
      // The next one goes after this one.
      else if (at && 'between' in at) aimAt({ between: [id, at.between[1]] });
    },
    anywhere: () => aimAt(undefined),
  };
}
