import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { DashboardController } from '../dashboard/dashboard-controller';
import type { OpenLayout } from '../dashboard/open-layout';
import { libraryPath } from '../dashboard/route';
import { i18n } from '../language/i18n';
import type { SavedTab } from '../layouts/open-tabs';
import { Icon } from '../ui/Icon';
import { Menu, type MenuItem } from '../ui/Menu';
import { useStore } from '../ui/use-store';
import { followStrip, scrollStrip } from '../workspace/tab-strip';
import { DirtyMark } from './DirtyMark';
import { LayoutMenu } from './LayoutMenu';

/** The layouts that are open, the shown one with its menu. */
export function LayoutTabs({ controller }: { controller: DashboardController }) {
  const { tabs, place } = useStore(controller.store);
  const active = place.kind === 'layout' ? place.open.id : tabs.find(({ path }) => path === place.path)?.id;
  const list = useRef<HTMLDivElement>(null);
  const focusNext = useRef(false);

  // The keyboard follows to the tab that is selected next, once that is there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab, or one tab fewer, is what it waits for
  useEffect(() => {
    if (!focusNext.current) return;
    focusNext.current = false;
    list.current?.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
  }, [active, tabs.length]);

  const onKeyDown = (event: KeyboardEvent, at: number): void => {
    const tab = tabs[at];
    // What the key at the place of Delete is called on a Mac.
    if ((event.key === 'Delete' || event.key === 'Backspace') && tab) {
      event.preventDefault();
      focusNext.current = true;
      return void controller.actions.close(tab.id);
    }
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = tabs.at(to % tabs.length);
    if (!next || next === tab) return;
    focusNext.current = true;
    void controller.go(next.path);
  };
  const others: MenuItem[] = tabs.map((tab) => ({
    label: controller.layout(tab.id)?.session.state.content.title ?? tab.title,
    checked: tab.id === active,
    run: () => void controller.go(tab.path),
  }));

  return (
    <nav className="layout-tabs" aria-label={i18n.t('Layouts')}>
      <Strip list={list}>
        <div className="layout-tablist" role="tablist" aria-label={i18n.t('Open layouts')} ref={list}>
          {tabs.map((tab, at) => (
            <LayoutTab
              key={tab.id}
              controller={controller}
              tab={tab}
              active={tab.id === active}
              focusable={active ? tab.id === active : at === 0}
              onKeyDown={(event) => onKeyDown(event, at)}
            />
          ))}
        </div>
      </Strip>
      {place.kind === 'layout' ? <LayoutMenu controller={controller} open={place.open} /> : null}
      <Menu
        label={i18n.t('Open or make a layout')}
        className="button quiet icon-only"
        button={<Icon name="plus" />}
        items={[
          ...(others.length > 1 ? [...others, 'separator' as const] : []),
          { label: i18n.t('New layout'), run: () => void controller.actions.newLayout() },
          { label: i18n.t('All layouts'), href: libraryPath(), run: () => void controller.go(libraryPath()) },
          { label: i18n.t('Open a layout…'), run: () => controller.openDialog({ kind: 'layouts' }) },
        ]}
      />
    </nav>
  );
}

/** Arrows at both ends of a strip of tabs, seen only while there is more. For the mouse: keys have the tabs themselves. */
function Strip({ list, children }: { list: RefObject<HTMLDivElement | null>; children: React.ReactNode }) {
  const [{ before, after }, setOverflow] = useState({ before: false, after: false });
  useEffect(
    () =>
      list.current
        ? followStrip(list.current, (next) =>
            setOverflow((known) => (known.before === next.before && known.after === next.after ? known : next)),
          )
        : undefined,
    [list],
  );
  const arrow = (direction: -1 | 1, label: string, more: boolean) =>
    before || after ? (
      <button
        type="button"
        className="button quiet icon-only narrow strip-arrow"
        data-direction={direction}
        aria-label={label}
        title={label}
        tabIndex={-1}
        disabled={!more}
        onClick={() => list.current && scrollStrip(list.current, direction)}
      >
        <Icon name="caret" size={12} />
      </button>
    ) : null;
  return (
    <>
      {arrow(-1, i18n.t('Earlier tabs'), before)}
      {children}
      {arrow(1, i18n.t('Later tabs'), after)}
    </>
  );
}

interface LayoutTabProps {
  controller: DashboardController;
  tab: SavedTab;
  active: boolean;
  focusable: boolean;
  onKeyDown(event: KeyboardEvent): void;
}

function LayoutTab({ controller, tab, active, focusable, onKeyDown }: LayoutTabProps) {
  const open = controller.layout(tab.id);
  return (
    <button
      type="button"
      role="tab"
      className="layout-tab"
      aria-selected={active}
      aria-controls="stage"
      tabIndex={focusable ? 0 : -1}
      title={tab.title}
      onClick={() => void controller.go(tab.path)}
      onAuxClick={(event) => {
        if (event.button === 1) void controller.actions.close(tab.id);
      }}
      onKeyDown={onKeyDown}
    >
      {open ? <LiveTitle open={open} /> : <span className="layout-title">{tab.title}</span>}
      {/* For the mouse alone: keys have Delete, and Close tab in the menu. */}
      <span
        className="layout-tab-close"
        aria-hidden="true"
        title={i18n.t('Close')}
        onClick={(event) => {
          event.stopPropagation();
          void controller.actions.close(tab.id);
        }}
      >
        <Icon name="close" size={10} />
      </span>
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
