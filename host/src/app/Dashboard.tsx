import type { Binned } from '@datamesh/contracts';
import { useEffect, useRef } from 'react';
import { ApiProblem } from '../api/problem';
import type { DashboardController } from '../dashboard/dashboard-controller';
import { leaveKiosk } from '../dashboard/kiosk/kiosk';
import { adminSectionsOf, looksAfterWidgets, mayPin } from '../dashboard/loading';
import type { OpenLayout } from '../dashboard/open-layout';
import { type AdminSection, routeOf } from '../dashboard/route';
import { i18n } from '../language/i18n';
import { Icon } from '../ui/Icon';
import { LazyPart, part } from '../ui/lazy-part';
import { Page, ProblemPage } from '../ui/Page';
import { Store } from '../ui/store';
import { ToastList } from '../ui/ToastList';
import { useStore } from '../ui/use-store';
import type { Mode } from '../workspace/types';
import { Banners } from './Banners';
import { Bar } from './Bar';
import { OutagePage } from './OutagePage';
import { PrintVeil } from './print/PrintVeil';
import { SkeletonStage } from './Skeleton';
import { startShortcuts } from './shortcuts';

// Only editors open these: none of it is part of what a viewer downloads.
const Marketplace = part(() => import(/* webpackChunkName: "marketplace" */ '../marketplace/Marketplace'));
const Templates = part(() => import(/* webpackChunkName: "templates" */ '../marketplace/templates/Templates'));
const PanelSettings = part(() => import(/* webpackChunkName: "settings" */ '../settings/PanelSettings'));
const Deployments = part(() => import(/* webpackChunkName: "deployments" */ '../deployments/Deployments'));
const Administration = part(() => import(/* webpackChunkName: "administration" */ '../administration/Administration'));
const DepartmentPage = part(() => import(/* webpackChunkName: "administration" */ '../administration/departments/DepartmentPage'));
const AskForAccess = part(() => import(/* webpackChunkName: "sharing" */ '../library/sharing/AskForAccess'));
const Library = part(() => import(/* webpackChunkName: "library" */ '../library/Library'));
const Preferences = part(() => import(/* webpackChunkName: "preferences" */ '../preferences/Preferences'));
const MarketplacePage = part(() => import(/* webpackChunkName: "marketplace-page" */ '../marketplace/page/MarketplacePage'));
const KioskFrame = part(() => import(/* webpackChunkName: "kiosk" */ './kiosk/KioskFrame'));
const Dialogs = part(() => import(/* webpackChunkName: "dialogs" */ './Dialogs'));

export function Dashboard({ controller }: { controller: DashboardController }) {
  const { place, drawer, dialog, kiosk, printing } = useStore(controller.store);
  const open = place.kind === 'layout' ? place.open : null;
  useEffect(() => startShortcuts(controller), [controller]);
  return (
    <AppFrame open={open} kiosk={kiosk !== null}>
      {kiosk ? (
        <LazyPart what={i18n.t('The kiosk')} close={() => leaveKiosk(controller)} className="kiosk-waiting">
          <KioskFrame controller={controller} kiosk={kiosk} />
        </LazyPart>
      ) : (
        <>
          <button type="button" className="skip button" onClick={() => document.getElementById('stage')?.focus()}>
            {i18n.t('Skip to the panels')}
          </button>
          <Bar controller={controller} />
          <Banners controller={controller} />
        </>
      )}
      <div className="main" data-drawer={drawer ? drawer.kind : undefined}>
        <main id="stage" tabIndex={-1}>
          {open && (controller.powerUser || kiosk) ? <LayoutName open={open} /> : null}
          <Stage controller={controller} />
          {place.kind === 'loading' ? place.outage ? <OutagePage outage={place.outage} /> : <SkeletonStage /> : null}
          {place.kind === 'problem' ? (
            <ProblemPage problem={place.problem} retry={() => void controller.go(place.path, 'stay')}>
              {place.problem.binned ? (
                <RestoreLayout controller={controller} path={place.path} binned={place.problem.binned} />
              ) : (
                <AskForLayout key={place.path} controller={controller} path={place.path} requestedAt={place.problem.requestedAt} />
              )}
            </ProblemPage>
          ) : null}
          {place.kind === 'unpinned' ? <Unpinned controller={controller} department={place.department} /> : null}
          {place.kind === 'no-department' ? <NoDepartment controller={controller} /> : null}
          {place.kind === 'library' ? (
            <LazyPart what={i18n.t('This page')} close={() => void controller.go('/')} className="place-waiting">
              <Library controller={controller} />
            </LazyPart>
          ) : null}
          {place.kind === 'preferences' ? (
            <LazyPart what={i18n.t('This page')} close={() => void controller.go('/')} className="place-waiting">
              <Preferences controller={controller} />
            </LazyPart>
          ) : null}
          {place.kind === 'marketplace' ? (
            <LazyPart what={i18n.t('This page')} close={() => void controller.go('/')} className="deployments-waiting">
              <MarketplacePage key={place.widget} controller={controller} widget={place.widget} />
            </LazyPart>
          ) : null}
          {place.kind === 'deployments' ? <DeploymentsPlace controller={controller} widget={place.widget} /> : null}
          {place.kind === 'administration' ? <AdministrationPlace controller={controller} section={place.section} /> : null}
          {place.kind === 'department-page' ? <DepartmentPlace controller={controller} department={place.department} /> : null}
          {open ? <EmptyLayout key={open.id} controller={controller} open={open} /> : null}
        </main>
        {open && drawer ? (
          <LazyPart what={i18n.t('This part of the editor')} close={() => controller.openDrawer(null)} className="drawer">
            {drawer.kind === 'marketplace' ? (
              <Marketplace controller={controller} open={open} drawer={drawer} />
            ) : (
              <PanelSettings key={drawer.panel} controller={controller} open={open} panel={drawer.panel} />
            )}
          </LazyPart>
        ) : null}
      </div>
      {dialog ? (
        <LazyPart what={i18n.t('This dialog')} close={() => controller.openDialog(null)} className="lazy-dialog">
          <Dialogs controller={controller} dialog={dialog} />
        </LazyPart>
      ) : null}
      <ToastList toasts={controller.toasts} />
      {printing ? <PrintVeil controller={controller} /> : null}
    </AppFrame>
  );
}

/** One component whatever is shown: were it another one while a layout loads, the bar would be made anew, and an open menu be gone. */
function AppFrame({ open, kiosk, children }: { open: OpenLayout | null; kiosk: boolean; children: React.ReactNode }) {
  const { mode } = useStore(open?.mode ?? viewing);
  return (
    <div className="app" data-mode={mode} data-kiosk={kiosk ? '' : undefined}>
      {children}
    </div>
  );
}

const viewing = new Store<{ mode: Mode; switching: boolean }>({ mode: 'view', switching: false });

/** The page's heading, where the name is seen in a tab only, or nowhere. */
function LayoutName({ open }: { open: OpenLayout }) {
  const { content } = useStore(open.session.store);
  return <h1 className="hidden-text">{content.title}</h1>;
}

/** Only a place in the page: what hangs in it belongs to the controller. */
function Stage({ controller }: { controller: DashboardController }) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => frame.current?.append(controller.stage), [controller]);
  return <div className="stage-frame" ref={frame} />;
}

function EmptyLayout({ controller, open }: { controller: DashboardController; open: OpenLayout }) {
  const { content, mayEdit } = useStore(open.session.store);
  const { mode } = useStore(open.mode);
  const { drawer } = useStore(controller.store);
  if (Object.keys(content.panels).length > 0) return null;
  const add = (
    <button type="button" className="button primary" onClick={() => void controller.actions.addFirst()}>
      <Icon name="plus" size={14} />
      {i18n.t('Add a widget')}
    </button>
  );
  return (
    <Page icon="panels" title={i18n.t('This layout is empty')} actions={mayEdit && !drawer ? add : undefined}>
      <p>
        {!mayEdit
          ? i18n.t('Whoever owns it has not added anything yet.')
          : mode === 'edit'
            ? i18n.t('Add a first widget from the list, by click or by dragging it here.')
            : i18n.t('Add widgets and arrange them as you like. Nobody else sees it until you share it.')}
      </p>
      {mayEdit && mode === 'edit' ? (
        <LazyPart what={i18n.t('The list of templates')} close={() => controller.openDrawer(null)} className="templates-waiting">
          <Templates open={open} />
        </LazyPart>
      ) : null}
    </Page>
  );
}

/** Whoever follows a link to a layout that is not shared with them can ask for it. */
function AskForLayout({
  controller,
  path,
  requestedAt,
}: {
  controller: DashboardController;
  path: string;
  requestedAt: string | undefined;
}) {
  const route = routeOf(path);
  if (route.kind !== 'layout') return null;
  return (
    <LazyPart what={i18n.t('The form to ask for access')} close={() => void controller.go('/')} className="ask-waiting">
      <AskForAccess layout={route.layout} requestedAt={requestedAt} />
    </LazyPart>
  );
}

/** In front of a layout that is in the bin, for whoever may take it out of there. */
function RestoreLayout({ controller, path, binned }: { controller: DashboardController; path: string; binned: Binned }) {
  const route = routeOf(path);
  if (route.kind !== 'layout' || !binned.mayRestore) return null;
  return (
    <button
      type="button"
      className="button primary"
      onClick={() => void controller.actions.restore({ id: route.layout, title: binned.title })}
    >
      {i18n.t('Restore')}
    </button>
  );
}

function DeploymentsPlace({ controller, widget }: { controller: DashboardController; widget: string | null }) {
  const { session } = useStore(controller.store);
  if (!looksAfterWidgets(session)) return <ProblemPage problem={notForViewers()} retry={() => undefined} />;
  return (
    <LazyPart what={i18n.t('This page')} close={() => void controller.go('/')} className="place-waiting">
      <Deployments key={widget} controller={controller} widget={widget} />
    </LazyPart>
  );
}

function AdministrationPlace({ controller, section }: { controller: DashboardController; section: AdminSection }) {
  const { session } = useStore(controller.store);
  if (!adminSectionsOf(session).includes(section)) return <ProblemPage problem={notForOthers()} retry={() => undefined} />;
  return (
    <LazyPart what={i18n.t('This page')} close={() => void controller.go('/')} className="place-waiting">
      <Administration controller={controller} section={section} />
    </LazyPart>
  );
}

const notForOthers = (): ApiProblem =>
  new ApiProblem({
    status: 403,
    code: 'role_required',
    title: i18n.t('Not shown to you'),
    detail: i18n.t('The administration of this instance is for people with the role admin'),
  });

function DepartmentPlace({ controller, department }: { controller: DashboardController; department: string }) {
  const { session } = useStore(controller.store);
  if (!mayPin(session, department)) return <ProblemPage problem={notForTheDepartment()} retry={() => undefined} />;
  return (
    <LazyPart what={i18n.t('This page')} close={() => void controller.go('/')} className="place-waiting">
      <DepartmentPage key={department} controller={controller} department={department} />
    </LazyPart>
  );
}

const notForTheDepartment = (): ApiProblem =>
  new ApiProblem({
    status: 403,
    code: 'pin_not_allowed',
    title: i18n.t('Not shown to you'),
    detail: i18n.t('What a department opens is said by its power users, and by administrators'),
  });

const notForViewers = (): ApiProblem =>
  new ApiProblem({
    status: 403,
    code: 'team_mismatch',
    title: i18n.t('Not shown to you'),
    detail: i18n.t('What runs of a widget is shown to the team that publishes it, and to administrators'),
  });

function Unpinned({ controller, department }: { controller: DashboardController; department: string }) {
  const { session } = useStore(controller.store);
  const title = session.departments.find(({ id }) => id === department)?.title ?? department;
  const open = (
    <button type="button" className="button" onClick={() => controller.openDialog({ kind: 'layouts' })}>
      {i18n.t('Open a layout')}
    </button>
  );
  return (
    <Page icon="pin" title={i18n.t('{title} has not pinned a layout yet', { title })} actions={open}>
      <p>{i18n.t('As soon as somebody pins one, it appears here. Until then you can open any layout that is shared with you.')}</p>
    </Page>
  );
}

function NoDepartment({ controller }: { controller: DashboardController }) {
  return (
    <Page
      icon="compass"
      title={i18n.t('You belong to no department yet')}
      actions={
        <>
          <button type="button" className="button" onClick={() => controller.openDialog({ kind: 'layouts' })}>
            {i18n.t('Open a layout')}
          </button>
          {controller.powerUser ? (
            <button type="button" className="button primary" onClick={() => void controller.actions.newLayout()}>
              {i18n.t('New layout')}
            </button>
          ) : null}
        </>
      }
    >
      <p>{i18n.t('Ask whoever manages accounts in your company to add you to one. Layouts shared with you can be opened already.')}</p>
    </Page>
  );
}
