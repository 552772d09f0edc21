/** A kiosk's part of the dashboard: which layout is due, and when the page itself is. */

import type { Kiosk, OpenDashboard } from '../../dashboard/open-dashboard';
import { reloadQuietly } from '../../dashboard/page-reload';
import { departmentPath, pinPath } from '../../dashboard/route';
import { browserClock } from '../../layouts/ports';
import { isAnotherBuild, LOOK, servedPage } from './new-build';
import { comingAfter, Rotation } from './rotation';

/** Until the way back is called. `told`: the ids of those whose turn it was, and that could not be had, at each turn. */
export function turnLayouts(
  dashboard: OpenDashboard,
  { interval, department }: Kiosk,
  told: (missing: readonly string[]) => void,
): () => void {
  const { store } = dashboard;
  const over = new AbortController();
  const upToDate = new UpToDate(dashboard);
  const pinned = (): readonly string[] => pinnedBy(dashboard, department);
  const missing = new Set<string>();
  const turn = async (): Promise<void> => {
    await upToDate.look();
    if (over.signal.aborted || department === null) return;
    await showNext(dashboard, department, pinned(), over.signal, (layout, there) => {
      if (there) missing.delete(layout);
      else missing.add(layout);
    });
    const order = pinned();
    told([...missing].filter((layout) => order.includes(layout)));
    letGo(dashboard, order);
  };
  const rotation = new Rotation({ clock: browserClock, interval, visible: () => !document.hidden, turn });
  const follow = (): void => rotation.follow();
  document.addEventListener('visibilitychange', follow);
  let { active } = dashboard;
  let order = pinned();
  const stop = store.subscribe(() => {
    const [before, orderBefore] = [active, order];
    [active, order] = [dashboard.active, pinned()];
    if (active !== before) rotation.restart();
    // What was taken away stays no longer than it takes to show another one.
    else if (department !== null && order !== orderBefore && active && !order.includes(active.id)) rotation.now();
  });
  return () => {
    over.abort();
    stop();
    rotation.stop();
    document.removeEventListener('visibilitychange', follow);
  };
}

function pinnedBy({ store, active }: OpenDashboard, department: string | null): readonly string[] {
  const known = store.getSnapshot().session.departments.find(({ id }) => id === department);
  return known?.layouts ?? active?.pin?.department.layouts ?? [];
}

/** The next one that can be had; `tried`: each that was asked for. While nobody answers, those take turns that are loaded, or were seen before. */
async function showNext(
  dashboard: OpenDashboard,
  department: string,
  pinned: readonly string[],
  over: AbortSignal,
  tried: (layout: string, there: boolean) => void,
): Promise<void> {
  const { active, store } = dashboard;
  const { session, signedOut } = store.getSnapshot();
  const home = session.departments.find(({ id }) => id === department)?.layout ?? active?.pin?.department.layout ?? null;
  if (pinned.length === 0 && active) return dashboard.go(departmentPath(department), 'replace');
  for (const layout of comingAfter(pinned, active?.id ?? null)) {
    const path = pinPath({ id: department, layout: home }, layout);
    if (signedOut && !dashboard.layout(layout)) continue;
    const there = await isThere(dashboard, path);
    tried(layout, there);
    if (!there) continue;
    // Somebody may have chosen one, or left the kiosk, meanwhile.
    if (!over.aborted && dashboard.active === active) await dashboard.go(path, 'replace');
    return;
  }
}

async function isThere(dashboard: OpenDashboard, path: string): Promise<boolean> {
  let there = false;
  // It is tried again when its turn comes; that nobody is signed in any more is said by whoever heard it.
  await dashboard.attempt(
    dashboard.prepare(path).then((answer) => {
      there = answer;
    }),
    undefined,
    'silent',
  );
  return there;
}

/** Pinned layouts come and go for months: what nobody can come back to here is let go of. A power user's stay in their tabs. */
function letGo(dashboard: OpenDashboard, pinned: readonly string[]): void {
  if (dashboard.powerUser) return;
  for (const open of [...dashboard.layouts()])
    if (open !== dashboard.active && !pinned.includes(open.id) && !open.session.state.dirty) dashboard.leave(open.id);
}

/** Loads the page anew when it has followed many versions of widgets, and when the dashboard itself is another one. */
class UpToDate {
  #lookedAt = browserClock.now();
  #outdated = false;

  constructor(private readonly dashboard: OpenDashboard) {}

  async look(): Promise<void> {
    const { reload } = this.dashboard.store.getSnapshot();
    if (!this.#outdated && browserClock.now() - this.#lookedAt >= LOOK) {
      this.#lookedAt = browserClock.now();
      this.#outdated = await isOutdated();
    }
    if (!reload && !this.#outdated) return;
    const stays = await reloadQuietly(this.dashboard);
    if (stays !== null) console.info(stays);
  }
}

async function isOutdated(): Promise<boolean> {
  try {
    return isAnotherBuild(document.head.innerHTML, await servedPage());
  } catch {
    // Nobody answers: the next look will tell.
    return false;
  }
}
