import { LayoutPicture } from '../../layouts/LayoutPicture';
import type { Desk } from '../../shell/desk';
import { PlaceLink } from '../../shell/PlaceLink';
import { layoutPath } from '../../shell/route';
import { ago, exactly } from '../../shell/times';
import { type DepartmentOverview, pinLayout } from './departmentCalls';
import { LayoutPicker } from './LayoutPicker';

interface PinnedLayoutProps {
  desk: Desk;
  overview: DepartmentOverview;
  changed(): void;
}

/** What the department's people get first, and the way to give them another. */
export function PinnedLayout({ desk, overview: { department, pin, layout }, changed }: PinnedLayoutProps) {
  const put = async (id: string, title: string, back?: string): Promise<void> => {
    await pinLayout(department.id, id);
    changed();
    desk.toasts.show(
      'good',
      `${department.title} opens “${title}” first.`,
      back === undefined || back === id ? undefined : { label: 'Undo', run: () => void desk.attempt(put(back, layout?.title ?? back)) },
    );
  };
  return (
    <section aria-labelledby="department-pin">
      <h2 id="department-pin">Opens first</h2>
      {pin ? (
        <div className="place-rows administration-pin">
          {layout?.tree ? <LayoutPicture tree={layout.tree} /> : null}
          <div>
            <PlaceLink desk={desk} path={layoutPath(pin.layout)}>
              {layout?.title ?? 'A layout that you may not see'}
            </PlaceLink>
            <span className="place-small">
              pinned <time title={exactly(pin.pinnedAt)}>{ago(pin.pinnedAt, Date.now())}</time>
            </span>
          </div>
        </div>
      ) : (
        <p className="place-empty">Nothing is pinned: its people see an empty page. Choose a layout that is shared with the department.</p>
      )}
      <LayoutPicker
        label={pin ? 'Pin another layout' : 'Pin a layout'}
        taken={pin?.layout ?? null}
        choose={({ id, title }) => void desk.attempt(put(id, title, pin?.layout))}
      />
    </section>
  );
}
