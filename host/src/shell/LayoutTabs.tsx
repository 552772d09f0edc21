import { type KeyboardEvent, useRef } from 'react';
import type { SavedTab } from '../layouts/openTabs';
import { DirtyMark } from './DirtyMark';
import type { Desk } from './desk';
import { Icon } from './Icon';
import { LayoutMenu } from './LayoutMenu';
import { Menu } from './Menu';
import type { OpenLayout } from './openLayout';
import { useStore } from './useStore';

/** The layouts that are open, the shown one with its menu. */
export function LayoutTabs({ desk }: { desk: Desk }) {
  const { tabs, place } = useStore(desk.store);
  const active = place.kind === 'layout' ? place.open.id : tabs.find(({ path }) => path === place.path)?.id;
  const list = useRef<HTMLDivElement>(null);

  const onKeyDown = (event: KeyboardEvent, at: number): void => {
    if (event.key === 'Delete') return void desk.close(tabs[at]?.id ?? '');
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const tab = tabs.at(to % tabs.length);
    if (!tab) return;
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[tabs.indexOf(tab)]?.focus();
    void desk.go(tab.path);
  };

  return (
    <nav className="layout-tabs" aria-label="Layouts">
      <div className="layout-tablist" role="tablist" aria-label="Open layouts" ref={list}>
        {tabs.map((tab, at) => (
          <LayoutTab
            key={tab.id}
            desk={desk}
            tab={tab}
            active={tab.id === active}
            focusable={active ? tab.id === active : at === 0}
            onKeyDown={(event) => onKeyDown(event, at)}
          />
        ))}
      </div>
      {place.kind === 'layout' ? <LayoutMenu desk={desk} open={place.open} /> : null}
      <Menu
        label="Open or make a layout"
        className="button quiet icon-only"
        button={<Icon name="plus" />}
        items={[
          { label: 'New layout', run: () => void desk.actions.newLayout() },
          { label: 'Open a layout…', run: () => desk.openDialog({ kind: 'layouts' }) },
        ]}
      />
    </nav>
  );
}

interface LayoutTabProps {
  desk: Desk;
  tab: SavedTab;
  active: boolean;
  focusable: boolean;
  onKeyDown(event: KeyboardEvent): void;
}

function LayoutTab({ desk, tab, active, focusable, onKeyDown }: LayoutTabProps) {
  const open = desk.layout(tab.id);
  return (
    <button
      type="button"
      role="tab"
      className="layout-tab"
      aria-selected={active}
      aria-controls="stage"
      tabIndex={focusable ? 0 : -1}
      onClick={() => void desk.go(tab.path)}
      onAuxClick={(event) => {
        if (event.button === 1) void desk.close(tab.id);
      }}
      onKeyDown={onKeyDown}
    >
      {open ? <LiveTitle open={open} /> : <span className="layout-title">{tab.title}</span>}
    </button>
  );
}

function LiveTitle({ open }: { open: OpenLayout }) {
  const { content, dirty } = useStore(open.session.store);
  return (
    <>
      <span className="layout-title">{content.title}</span>
      {dirty ? <DirtyMark /> : null}
    </>
  );
}
