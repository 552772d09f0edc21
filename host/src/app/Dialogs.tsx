import { lazy, type ReactNode, Suspense } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog, Heading } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import type { DashboardController } from '../dashboard/dashboard-controller';
import type { Dialog as DashboardDialog } from '../dashboard/open-dashboard';
import { i18n } from '../language/i18n';
import { DeleteDialog, DeleteForEverDialog, NameDialog, RenameDialog, SaveDialog } from '../library/LayoutDialogs';
import { LayoutList } from '../library/LayoutList';
import { MergeDialog, mergeTitle } from '../library/MergeDialog';
import { ErrorBoundary } from '../ui/ErrorBoundary';
import { Icon } from '../ui/Icon';
import '../library/dialogs.css';

// Neither is part of what somebody downloads who only opens a layout.
const WidgetDetails = lazy(() => import(/* webpackChunkName: "widget-details" */ '../marketplace/WidgetDetails'));
const ShareDialog = lazy(() => import(/* webpackChunkName: "sharing" */ '../library/sharing/ShareDialog'));
const AccessRequests = lazy(() => import(/* webpackChunkName: "sharing" */ '../library/sharing/AccessRequests'));
const HistoryDialog = lazy(() => import(/* webpackChunkName: "history" */ '../library/revisions/HistoryDialog'));
const PullDialog = lazy(() => import(/* webpackChunkName: "pull" */ '../library/pull/PullDialog'));
const ImportDialog = lazy(() => import(/* webpackChunkName: "import" */ '../library/exchange/ImportDialog'));
const HoldDialog = lazy(() => import(/* webpackChunkName: "deployments" */ '../deployments/HoldDialog'));
const NotificationList = lazy(() => import(/* webpackChunkName: "notifications" */ './notifications/NotificationList'));
const Palette = lazy(() => import(/* webpackChunkName: "palette" */ './palette/Palette'));
const KeysDialog = lazy(() => import(/* webpackChunkName: "palette" */ './palette/KeysDialog'));
const MyWidgets = lazy(() => import(/* webpackChunkName: "my-widgets" */ '../marketplace/MyWidgets'));

/** Everything that asks before it goes on. */
export default function Dialogs({ controller, dialog }: { controller: DashboardController; dialog: DashboardDialog }) {
  const close = (): void => controller.openDialog(null);
  switch (dialog.kind) {
    case 'layouts':
      return (
        <DialogFrame title={i18n.t('Open a layout')} close={close}>
          <LayoutList controller={controller} />
        </DialogFrame>
      );
    case 'import':
      return (
        <DialogFrame title={i18n.t('Import a layout')} close={close}>
          <LaterPart>
            <ImportDialog controller={controller} close={close} />
          </LaterPart>
        </DialogFrame>
      );
    case 'rename':
      return (
        <DialogFrame title={i18n.t('Rename layout')} close={close} size="small">
          <RenameDialog controller={controller} close={close} />
        </DialogFrame>
      );
    case 'name':
      return (
        <DialogFrame title={i18n.t('Name this layout')} close={close} size="small">
          <NameDialog controller={controller} close={close} />
        </DialogFrame>
      );
    case 'save':
      return (
        <DialogFrame title={i18n.t('Save with a message')} close={close} size="small">
          <SaveDialog controller={controller} close={close} />
        </DialogFrame>
      );
    case 'delete':
      return (
        <DialogFrame title={i18n.t('Delete this layout?')} close={close} size="small" role="alertdialog">
          <DeleteDialog controller={controller} layout={dialog.layout} list={dialog.list} close={close} />
        </DialogFrame>
      );
    case 'delete-for-ever':
      return (
        <DialogFrame title={i18n.t('Delete it for ever?')} close={close} size="small" role="alertdialog">
          <DeleteForEverDialog controller={controller} layout={dialog.layout} done={dialog.done} close={close} />
        </DialogFrame>
      );
    case 'share':
      return (
        <DialogFrame
          title={i18n.t('Share “{title}”', { title: controller.active?.session.state.layout.title ?? '' })}
          close={close}
          size="large"
        >
          <LaterPart>
            <ShareDialog controller={controller} />
          </LaterPart>
        </DialogFrame>
      );
    case 'history':
      return (
        <DialogFrame
          title={i18n.t('History of “{title}”', { title: controller.active?.session.state.layout.title ?? '' })}
          close={close}
          size="wide"
        >
          <LaterPart>
            <HistoryDialog controller={controller} />
          </LaterPart>
        </DialogFrame>
      );
    case 'pull':
      return (
        <DialogFrame title={i18n.t('Pull from “{title}”', { title: dialog.title })} close={close} size="large">
          <LaterPart>
            <PullDialog controller={controller} close={close} />
          </LaterPart>
        </DialogFrame>
      );
    case 'access-requests':
      return (
        <DialogFrame title={i18n.t('Requests for access')} close={close}>
          <LaterPart>
            <AccessRequests controller={controller} />
          </LaterPart>
        </DialogFrame>
      );
    case 'notifications':
      return (
        <DialogFrame title={i18n.t('Notifications')} close={close}>
          <LaterPart>
            <NotificationList controller={controller} close={close} />
          </LaterPart>
        </DialogFrame>
      );
    case 'merge':
      return (
        <DialogFrame title={mergeTitle(controller, dialog.proposal)} close={close} size="large">
          <MergeDialog controller={controller} proposal={dialog.proposal} message={dialog.message} close={close} />
        </DialogFrame>
      );
    case 'widget':
      return (
        <DialogFrame title={dialog.title} close={close} size="wide">
          <LaterPart>
            <WidgetDetails controller={controller} name={dialog.name} placement="dialog" />
          </LaterPart>
        </DialogFrame>
      );
    case 'hold':
      return (
        <DialogFrame title={i18n.t('Hold {widget}@{channel}', { widget: dialog.hold.widget, channel: dialog.hold.channel })} close={close}>
          <LaterPart>
            <HoldDialog controller={controller} hold={dialog.hold} close={close} />
          </LaterPart>
        </DialogFrame>
      );
    case 'palette':
      return (
        <DialogFrame title={i18n.t('Command palette')} close={close} size="large">
          <LaterPart>
            <Palette controller={controller} close={close} />
          </LaterPart>
        </DialogFrame>
      );
    case 'keys':
      return (
        <DialogFrame title={i18n.t('Keyboard shortcuts')} close={close} size="large">
          <LaterPart>
            <KeysDialog />
          </LaterPart>
        </DialogFrame>
      );
    case 'my-widgets':
      return (
        <DialogFrame title={i18n.t('My widgets')} close={close} size="wide">
          <LaterPart>
            <MyWidgets controller={controller} />
          </LaterPart>
        </DialogFrame>
      );
  }
}

function LaterPart({ children }: { children: ReactNode }) {
  return (
    <ErrorBoundary
      fallback={(_, reset) => (
        <div className="dialog-note" role="alert">
          <p>{i18n.t('This could not be loaded. Check the connection.')}</p>
          <Button className="button" onPress={reset}>
            {i18n.t('Try again')}
          </Button>
        </div>
      )}
    >
      <Suspense fallback={<p className="dialog-note">{i18n.t('Loading…')}</p>}>{children}</Suspense>
    </ErrorBoundary>
  );
}

interface DialogFrameProps {
  title: string;
  close(): void;
  size?: 'small' | 'large' | 'wide';
  role?: 'dialog' | 'alertdialog';
  children: ReactNode;
}

function DialogFrame({ title, close, size, role = 'dialog', children }: DialogFrameProps) {
  return (
    <ModalOverlay className="dialog-overlay" isOpen isDismissable={role === 'dialog'} onOpenChange={(open) => !open && close()}>
      <Modal className="dialog-modal" data-size={size}>
        <Dialog className="dialog" role={role}>
          <div className="dialog-head">
            <Heading slot="title">{title}</Heading>
            <Button className="button quiet icon-only" aria-label={i18n.t('Close')} onPress={close}>
              <Icon name="close" />
            </Button>
          </div>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
