import { DepartmentMenu, ThemeMenu, UserMenu } from './AccountMenus';
import { Connection } from './Connection';
import { DirtyMark } from './DirtyMark';
import type { Desk } from './desk';
import { Icon } from './Icon';
import { commandKey } from './keys';
import { LayoutMenu } from './LayoutMenu';
import { LayoutTabs } from './LayoutTabs';
import type { OpenLayout } from './openLayout';
import { PinnedLayouts } from './PinnedLayouts';
import { ago, exactly } from './times';
import { useMedia } from './useMedia';
import { useStore } from './useStore';

/** The one bar. For somebody who only looks it fades to a title. */
export function Bar({ desk }: { desk: Desk }) {
  const { place } = useStore(desk.store);
  const open = place.kind === 'layout' ? place.open : null;
  // Where the controls have a row of their own below, the keyboard comes to them last as well.
  const narrow = useMedia('(max-width: 720px)');
  const who = [<ThemeMenu key="theme" />, <UserMenu key="user" desk={desk} />];
  const controls = [
    <Connection key="connection" desk={desk} />,
    open ? (
      <div key="controls" className="bar-controls">
        <LayoutControls desk={desk} open={open} />
      </div>
    ) : null,
  ];
  return (
    <header className="bar">
      <DepartmentMenu desk={desk} />
      <span className="bar-line" aria-hidden="true" />
      {desk.powerUser ? <LayoutTabs desk={desk} /> : open ? <LayoutHeading desk={desk} open={open} /> : null}
      {open?.pin ? <PinnedLayouts desk={desk} pin={open.pin} named={!desk.powerUser} /> : null}
      <span className="bar-space" />
      {narrow ? [...who, ...controls] : [...controls, ...who]}
    </header>
  );
}

function LayoutHeading({ desk, open }: { desk: Desk; open: OpenLayout }) {
  const { content, layout, dirty } = useStore(open.session.store);
  return (
    <div className="layout-heading">
      <h1>{content.title}</h1>
      {dirty ? <DirtyMark /> : null}
      <LayoutMenu desk={desk} open={open} />
      <p>
        {open.pin ? `pinned by ${open.pin.department.title} · ` : ''}
        <time dateTime={layout.updatedAt} title={exactly(layout.updatedAt)}>
          updated {ago(layout.updatedAt, Date.now())}
        </time>
      </p>
    </div>
  );
}

function LayoutControls({ desk, open }: { desk: Desk; open: OpenLayout }) {
  const { mayEdit, mine } = useStore(open.session.store);
  const { mode } = useStore(open.mode);
  if (mayEdit) return <EditControls desk={desk} open={open} />;
  return (
    <>
      {mine && mode === 'view' ? (
        <button type="button" className="button quiet" onClick={() => void desk.actions.resetMine()}>
          Reset my settings
        </button>
      ) : null}
      <button type="button" className="button" onClick={() => void desk.actions.makeCopy()}>
        Make my own copy
      </button>
    </>
  );
}

function EditControls({ desk, open }: { desk: Desk; open: OpenLayout }) {
  const { dirty, undo, redo, saving, newer } = useStore(open.session.store);
  const { mode, switching } = useStore(open.mode);
  const { drawer } = useStore(desk.store);
  const editing = mode === 'edit';
  return (
    <>
      {editing ? (
        <>
          <button
            type="button"
            className="button"
            aria-label="Add widget"
            aria-pressed={drawer?.kind === 'marketplace'}
            onClick={({ currentTarget }) =>
              desk.openDrawer(drawer?.kind === 'marketplace' ? null : { kind: 'marketplace', from: currentTarget })
            }
          >
            <Icon name="plus" size={14} />
            <span className="not-narrow">
              Add <span className="wide-only">widget</span>
            </span>
          </button>
          <button
            type="button"
            className="button quiet icon-only"
            aria-label="Undo"
            title={undo ? `Undo: ${undo}` : 'Nothing to undo'}
            aria-disabled={undo === null}
            onClick={() => void open.undo()}
          >
            <Icon name="undo" />
          </button>
          <button
            type="button"
            className="button quiet icon-only"
            aria-label="Redo"
            title={redo ? `Redo: ${redo}` : 'Nothing to redo'}
            aria-disabled={redo === null}
            onClick={() => void open.redo()}
          >
            <Icon name="redo" />
          </button>
        </>
      ) : null}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would only add a frame to undo */}
      <div className="segments" role="group" aria-label="Mode" aria-busy={switching}>
        <button type="button" aria-pressed={!editing} onClick={() => void desk.actions.setMode('view')}>
          View
        </button>
        <button type="button" aria-pressed={editing} onClick={() => void desk.actions.setMode('edit')}>
          Edit
        </button>
      </div>
      {editing ? (
        <>
          <button type="button" className="button wide-only" onClick={() => desk.openDialog({ kind: 'history' })}>
            History
          </button>
          <button type="button" className="button wide-only" onClick={() => desk.openDialog({ kind: 'share' })}>
            Share
          </button>
        </>
      ) : null}
      {editing || dirty ? (
        <button
          type="button"
          className="button primary"
          aria-disabled={!dirty || saving}
          title={newer ? `${newer.by} saved in between: both are merged` : dirty ? `Save (${commandKey('S')})` : 'Everything is saved'}
          onClick={() => void desk.actions.save()}
        >
          {saving ? 'Saving…' : newer ? 'Merge and save' : 'Save'}
        </button>
      ) : null}
    </>
  );
}
