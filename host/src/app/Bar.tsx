import type { DashboardController } from '../dashboard/dashboard-controller';
import { commandKey } from '../dashboard/keys';
import type { OpenLayout } from '../dashboard/open-layout';
import { i18n } from '../language/i18n';
import { rich } from '../language/rich';
import { Icon } from '../ui/Icon';
import { ago, exactly } from '../ui/times';
import { NARROW, useMedia } from '../ui/use-media';
import { useStore } from '../ui/use-store';
import { DepartmentMenu, ThemeMenu, UserMenu } from './AccountMenus';
import { Connection } from './Connection';
import { DirtyMark } from './DirtyMark';
import { LayoutMenu } from './LayoutMenu';
import { LayoutTabs } from './LayoutTabs';
import { Bell } from './notifications/Bell';
import { PinnedLayouts } from './PinnedLayouts';
import { CompanyList } from './presence/CompanyList';

/** The one bar. For somebody who only looks it fades to a title. */
export function Bar({ controller }: { controller: DashboardController }) {
  const { place } = useStore(controller.store);
  const open = place.kind === 'layout' ? place.open : null;
  // Where the controls have a row of their own below, the keyboard comes to them last as well.
  const narrow = useMedia(NARROW);
  const who = [<Bell key="bell" controller={controller} />, <ThemeMenu key="theme" />, <UserMenu key="user" controller={controller} />];
  const controls = [
    <Connection key="connection" controller={controller} />,
    open ? (
      <div key="controls" className="bar-controls">
        <LayoutControls controller={controller} open={open} />
      </div>
    ) : null,
  ];
  return (
    <header className="bar">
      <DepartmentMenu controller={controller} />
      <span className="bar-line" aria-hidden="true" />
      {controller.powerUser ? <LayoutTabs controller={controller} /> : open ? <LayoutHeading controller={controller} open={open} /> : null}
      {open ? <CompanyList controller={controller} open={open} /> : null}
      {open?.pin ? <PinnedLayouts controller={controller} pin={open.pin} /> : null}
      <span className="bar-space" />
      {narrow ? [...who, ...controls] : [...controls, ...who]}
    </header>
  );
}

function LayoutHeading({ controller, open }: { controller: DashboardController; open: OpenLayout }) {
  const { content, layout, dirty } = useStore(open.session.store);
  return (
    <div className="layout-heading">
      <h1>{content.title}</h1>
      {dirty ? <DirtyMark /> : null}
      <LayoutMenu controller={controller} open={open} />
      <p>
        {open.pin ? `${i18n.t('pinned by {title}', { title: open.pin.department.title })} · ` : ''}
        <time dateTime={layout.updatedAt} title={exactly(layout.updatedAt)}>
          {i18n.t('updated {when}', { when: ago(layout.updatedAt, Date.now()) })}
        </time>
      </p>
    </div>
  );
}

function LayoutControls({ controller, open }: { controller: DashboardController; open: OpenLayout }) {
  const { mayEdit, mine } = useStore(open.session.store);
  const { mode } = useStore(open.mode);
  if (mayEdit) return <EditControls controller={controller} open={open} />;
  return (
    <>
      {mine && mode === 'view' ? (
        <button type="button" className="button quiet" onClick={() => void controller.actions.resetMine()}>
          {i18n.t('Reset my settings')}
        </button>
      ) : null}
      <button type="button" className="button" onClick={() => void controller.actions.makeCopy()}>
        {i18n.t('Make my own copy')}
      </button>
    </>
  );
}

function EditControls({ controller, open }: { controller: DashboardController; open: OpenLayout }) {
  const { dirty, undo, redo, saving, newer } = useStore(open.session.store);
  const { mode, switching } = useStore(open.mode);
  const { drawer } = useStore(controller.store);
  const editing = mode === 'edit';
  const heardOf = newer?.quiet ? null : newer;
  return (
    <>
      {editing ? (
        <>
          <button
            type="button"
            className="button"
            aria-label={i18n.t('Add widget')}
            aria-pressed={drawer?.kind === 'marketplace'}
            onClick={({ currentTarget }) =>
              controller.openDrawer(drawer?.kind === 'marketplace' ? null : { kind: 'marketplace', from: currentTarget })
            }
          >
            <Icon name="plus" size={14} />
            <span className="not-narrow">
              {rich((slots) => i18n.t('Add {widget}', slots), { widget: <span className="wide-only">{i18n.t('widget')}</span> })}
            </span>
          </button>
          <button
            type="button"
            className="button quiet icon-only"
            aria-label={i18n.t('Undo')}
            title={undo ? i18n.t('Undo: {undo}', { undo }) : i18n.t('Nothing to undo')}
            aria-disabled={undo === null}
            onClick={() => void open.undo()}
          >
            <Icon name="undo" />
          </button>
          <button
            type="button"
            className="button quiet icon-only"
            aria-label={i18n.t('Redo')}
            title={redo ? i18n.t('Redo: {redo}', { redo }) : i18n.t('Nothing to redo')}
            aria-disabled={redo === null}
            onClick={() => void open.redo()}
          >
            <Icon name="redo" />
          </button>
        </>
      ) : null}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would only add a frame to undo */}
      <div className="segments" role="group" aria-label={i18n.t('Mode')} aria-busy={switching}>
        <button type="button" aria-pressed={!editing} onClick={() => void controller.actions.setMode('view')}>
          {i18n.t('View')}
        </button>
        <button type="button" aria-pressed={editing} onClick={() => void controller.actions.setMode('edit')}>
          {i18n.t('Edit')}
        </button>
      </div>
      {editing ? (
        <>
          <button type="button" className="button wide-only" onClick={() => controller.openDialog({ kind: 'history' })}>
            {i18n.t('History')}
          </button>
          <button type="button" className="button wide-only" onClick={() => controller.openDialog({ kind: 'share' })}>
            {i18n.t('Share')}
          </button>
        </>
      ) : null}
      {editing || dirty ? (
        <button
          type="button"
          className="button primary"
          aria-disabled={!dirty || saving}
          title={
            heardOf
              ? heardOf.by === null
                ? i18n.t('You saved on another page: both are merged')
                : i18n.t('{by} saved in between: both are merged', { by: heardOf.by })
              : dirty
                ? i18n.t('Save ({key})', { key: commandKey('S') })
                : i18n.t('Everything is saved')
          }
          onClick={() => void controller.actions.save()}
        >
          {saving ? i18n.t('Saving…') : heardOf ? i18n.t('Merge and save') : i18n.t('Save')}
        </button>
      ) : null}
    </>
  );
}
