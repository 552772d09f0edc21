import { type ReactNode, useState } from 'react';
import { signInPath } from '../api/client';
import type { Outage } from '../api/keep-asking';
import { comingText } from '../dashboard/coming-text';
import type { DashboardController } from '../dashboard/dashboard-controller';
import { describeBroken } from '../dashboard/describe-broken';
import type { DashboardState } from '../dashboard/open-dashboard';
import type { OpenLayout } from '../dashboard/open-layout';
import { i18n } from '../language/i18n';
import { rich } from '../language/rich';
import { exactly, timeOfDay } from '../ui/times';
import { useStore } from '../ui/use-store';

/** Of the page as a whole. */
export function StatusBanners({ controller }: { controller: DashboardController }) {
  const { signedOut, coming, reload } = useStore(controller.store);
  return (
    <>
      {signedOut ? (
        <Banner tone="warn" text={i18n.t('You are no longer signed in. What is on the screen stays; nothing more is loaded or saved.')}>
          <a className="button primary" href={signInPath(`${location.pathname}${location.search}`)}>
            {i18n.t('Sign in again')}
          </a>
        </Banner>
      ) : null}
      {reload ? (
        <Banner
          tone="info"
          text={i18n.t('This page has followed many new versions. Reloading frees their memory; everything comes back as you have it.')}
        >
          <button type="button" className="button primary" onClick={() => void controller.live.reload()}>
            {i18n.t('Reload')}
          </button>
          <button type="button" className="button" onClick={() => controller.store.patch({ reload: false })}>
            {i18n.t('Later')}
          </button>
        </Banner>
      ) : null}
      {coming?.outage ? <ComingBanner controller={controller} title={coming.title} outage={coming.outage} /> : null}
    </>
  );
}

/** The shown layout stays in the place of one that does not come. */
function ComingBanner({ controller, title, outage }: { controller: DashboardController; title: string; outage: Outage }) {
  const { problem, asking, askNow } = outage;
  return (
    <Banner tone="info" text={comingText(title, outage)}>
      {problem === null ? null : (
        <button type="button" className="button primary" aria-disabled={asking} onClick={askNow}>
          {asking ? i18n.t('Trying…') : i18n.t('Try now')}
        </button>
      )}
      <button type="button" className="button" onClick={() => controller.stay()}>
        {i18n.t('Stay here')}
      </button>
    </Banner>
  );
}

export function AuditBanner({
  controller,
  broken,
}: {
  controller: DashboardController;
  broken: NonNullable<DashboardState['auditBroken']>;
}) {
  return (
    <Banner
      tone="bad"
      text={
        <>
          <strong>{i18n.t('The audit log is broken since entry {seq}.', { seq: broken.seq })}</strong> {describeBroken(broken)}.{' '}
          {broken.seq > 1 ? i18n.t('Entries up to {seq} can be trusted.', { seq: broken.seq - 1 }) : ''}{' '}
          {rich(
            (slots) =>
              i18n.t(
                'Copy the data as it is before anything else is tried: “the audit log is broken” in docs/operations.md says what to do, and {command} what was found.',
                slots,
              ),
            { command: <code>datamesh audit verify</code> },
          )}
        </>
      }
    >
      <button type="button" className="button" onClick={() => void controller.attempt(controller.live.verifyAudit())}>
        {i18n.t('Check again')}
      </button>
    </Banner>
  );
}

export function LayoutBanner({ controller, open }: { controller: DashboardController; open: OpenLayout }) {
  const { offered, gone, upstream, layout } = useStore(open.session.store);
  const [later, setLater] = useState(0);
  if (gone)
    return (
      <Banner
        tone="bad"
        text={
          gone === 'deleted'
            ? i18n.t('This layout was deleted. It stays in the bin for 30 days, and what you see is not lost yet.')
            : i18n.t('This layout is no longer shared with you, or was deleted. What you changed is not lost yet.')
        }
      >
        {gone === 'deleted' && controller.looksAfter(layout) ? (
          <button type="button" className="button primary" onClick={() => void controller.actions.restore(layout)}>
            {i18n.t('Restore')}
          </button>
        ) : null}
        <button type="button" className="button" onClick={() => void controller.actions.makeCopy()}>
          {i18n.t('Keep as a copy of my own')}
        </button>
      </Banner>
    );
  if (!offered && upstream && upstream.revision > later)
    return (
      <Banner tone="info" text={i18n.t('“{title}”, which this was copied from, has changed.', { title: upstream.title })}>
        <button type="button" className="button primary" onClick={() => controller.openDialog({ kind: 'pull', title: upstream.title })}>
          {i18n.t('See and pull')}
        </button>
        <button type="button" className="button" onClick={() => setLater(upstream.revision)}>
          {i18n.t('Later')}
        </button>
      </Banner>
    );
  if (!offered) return null;
  return (
    <Banner
      tone="info"
      text={rich((slots) => i18n.t('You have unsaved changes from {time}.', slots), {
        time: (
          <time dateTime={offered.updatedAt} title={exactly(offered.updatedAt)}>
            {timeOfDay(offered.updatedAt, Date.now())}
          </time>
        ),
      })}
    >
      <button type="button" className="button primary" onClick={() => void controller.actions.restoreDraft()}>
        {i18n.t('Restore')}
      </button>
      <button type="button" className="button" onClick={() => open.session.discardDraft()}>
        {i18n.t('Discard')}
      </button>
    </Banner>
  );
}

function Banner({ tone, text, children }: { tone: 'info' | 'warn' | 'bad'; text: ReactNode; children: ReactNode }) {
  return (
    <div className="banner" data-tone={tone}>
      <p>{text}</p>
      {children}
    </div>
  );
}
