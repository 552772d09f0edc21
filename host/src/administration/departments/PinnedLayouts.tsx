import type { LayoutSummary } from '@datamesh/contracts';
import { useState } from 'react';
import { ApiProblem } from '../../api/problem';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import { PlaceLink } from '../../dashboard/PlaceLink';
import { pinPath } from '../../dashboard/route';
import { i18n } from '../../language/i18n';
import { LayoutPicker } from '../../library/LayoutPicker';
import { LayoutPicture } from '../../library/LayoutPicture';
import { mayShareWithDepartments, shareWithDepartment } from '../../library/with-department';
import { type DepartmentOverview, pinLayout, unpinLayout } from './department-calls';

/** As many as there are keys to switch with; the service refuses more. */
const MAX_PINS = 9;

/** Chosen, and not seen by the department. */
interface Unshared {
  id: string;
  title: string;
  mayShare: boolean;
}

interface PinnedLayoutsProps {
  controller: DashboardController;
  overview: DepartmentOverview;
  changed(): void;
}

/** What the department's people switch between, in this order, one of them opened first. */
export function PinnedLayouts({ controller, overview: { department, layouts }, changed }: PinnedLayoutsProps) {
  const [said, setSaid] = useState('');
  const [unshared, setUnshared] = useState<Unshared | null>(null);
  const ids = department.layouts;
  const change = (work: Promise<unknown>, words: string): void => {
    void controller.attempt(
      work.then(() => {
        changed();
        setSaid(words);
      }),
    );
  };
  /** What its people could not see is not pinned; whoever chose it is asked what to do about that. */
  const pin = async ({ id, title }: Pick<LayoutSummary, 'id' | 'title'>): Promise<void> => {
    setUnshared(null);
    try {
      await pinLayout(department.id, id, {});
    } catch (cause) {
      if (!(cause instanceof ApiProblem) || cause.code !== 'layout_not_shared') throw cause;
      return setUnshared({ id, title, mayShare: await mayShareWithDepartments(id) });
    }
    changed();
    setSaid(i18n.t('{layout} is pinned for {department}.', { layout: title, department: department.title }));
  };
  const titleOf = (id: string): string => layouts.get(id)?.title ?? i18n.t('A layout that you may not see');
  /** `to`: its place afterwards, from 0. */
  const move = (id: string, to: number): void => {
    const before = ids.filter((one) => one !== id)[to] ?? null;
    change(
      pinLayout(department.id, id, { before }),
      i18n.t('{layout} is number {number} of {count}.', { layout: titleOf(id), number: to + 1, count: ids.length }),
    );
  };
  const unpin = async (id: string): Promise<void> => {
    const before = ids[ids.indexOf(id) + 1] ?? null;
    const place = { before, ...(id === department.layout ? { home: true as const } : {}) };
    await unpinLayout(department.id, id);
    changed();
    controller.toasts.show(
      'good',
      i18n.t('“{layout}” is no longer pinned for {department}.', { layout: titleOf(id), department: department.title }),
      {
        label: i18n.t('Undo'),
        run: () => change(pinLayout(department.id, id, place), i18n.t('{layout} is pinned again.', { layout: titleOf(id) })),
      },
    );
  };
  return (
    <section aria-labelledby="department-pins">
      <h2 id="department-pins">{i18n.t('Pinned layouts')}</h2>
      {ids.length === 0 ? (
        <p className="place-empty">
          {i18n.t('Nothing is pinned: its people see an empty page. Choose a layout that is shared with the department.')}
        </p>
      ) : (
        <ol className="place-rows" aria-label={i18n.t('Pinned layouts')}>
          {ids.map((id, at) => {
            const title = titleOf(id);
            const tree = layouts.get(id)?.tree;
            return (
              <li key={id} aria-label={title} className="administration-row administration-pin">
                <span className="administration-pin-picture">{tree ? <LayoutPicture tree={tree} /> : null}</span>
                <div>
                  <PlaceLink controller={controller} path={pinPath(department, id)}>
                    {title}
                  </PlaceLink>
                  <span className="place-small">
                    {i18n.t('key {key}', { key: at + 1 })}
                    {id === department.layout ? ` · ${i18n.t('opened first')}` : ''}
                  </span>
                </div>
                <div className="administration-actions">
                  <Move what={i18n.t('Move {layout} up', { layout: title })} isAtEnd={at === 0} move={() => move(id, at - 1)}>
                    ↑
                  </Move>
                  <Move
                    what={i18n.t('Move {layout} down', { layout: title })}
                    isAtEnd={at === ids.length - 1}
                    move={() => move(id, at + 1)}
                  >
                    ↓
                  </Move>
                  {id === department.layout ? null : (
                    <button
                      type="button"
                      className="button small"
                      aria-label={i18n.t('Open first: {layout}', { layout: title })}
                      onClick={() =>
                        change(
                          pinLayout(department.id, id, { home: true }),
                          i18n.t('{department} opens {layout} first.', { department: department.title, layout: title }),
                        )
                      }
                    >
                      {i18n.t('Open first')}
                    </button>
                  )}
                  <button
                    type="button"
                    className="button small"
                    aria-label={i18n.t('Unpin {layout}', { layout: title })}
                    onClick={() => void controller.attempt(unpin(id))}
                  >
                    {i18n.t('Unpin')}
                  </button>
                </div>
              </li>
            );
          })}
        </ol>
      )}
      <p className="hidden-text" role="status">
        {said}
      </p>
      {ids.length < MAX_PINS ? (
        <LayoutPicker
          label={ids.length > 0 ? i18n.t('Pin another layout') : i18n.t('Pin a layout')}
          taken={ids}
          note={(layout) => (isSurelySeen(layout, department.id) ? null : i18n.t('may have to be shared first'))}
          choose={(layout) => void controller.attempt(pin(layout))}
        />
      ) : (
        <p className="place-small">
          {i18n.t('Nine layouts are pinned, as many as there are keys to switch with. Unpin one to pin another.')}
        </p>
      )}
      <div role="status">
        {unshared ? (
          <div className="place-empty">
            <p>
              {unshared.mayShare
                ? i18n.t('“{layout}” is not shared with {department}, so that its people would not see it.', {
                    layout: unshared.title,
                    department: department.title,
                  })
                : i18n.t('“{layout}” is not shared with {department}. Somebody who may share it has to do that before it can be pinned.', {
                    layout: unshared.title,
                    department: department.title,
                  })}
            </p>
            <div className="administration-actions">
              {unshared.mayShare ? (
                <button
                  type="button"
                  className="button primary"
                  onClick={() => void controller.attempt(shareWithDepartment(unshared.id, department.id).then(() => pin(unshared)))}
                >
                  {i18n.t('Share with {department} and pin', { department: department.title })}
                </button>
              ) : null}
              <button type="button" className="button" onClick={() => setUnshared(null)}>
                {unshared.mayShare ? i18n.t('Cancel') : i18n.t('Close')}
              </button>
            </div>
          </div>
        ) : null}
      </div>
    </section>
  );
}

/** By what a list says of it; it may be shared with the department by name as well. */
const isSurelySeen = ({ visibility, department }: Pick<LayoutSummary, 'visibility' | 'department'>, id: string): boolean =>
  visibility === 'company' || (visibility === 'department' && department === id);

interface MoveProps {
  what: string;
  isAtEnd: boolean;
  move(): void;
  children: string;
}

/** Stays focusable at the end of the way: who moves by keyboard keeps their place. */
const Move = ({ what, isAtEnd, move, children }: MoveProps) => (
  <button type="button" className="button small" aria-label={what} aria-disabled={isAtEnd} onClick={() => isAtEnd || move()}>
    {children}
  </button>
);
