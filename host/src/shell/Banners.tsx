import { type ReactNode, useState } from 'react';
import { signInPath } from '../api/client';
import { verifyAudit } from './auditWatch';
import type { Desk } from './desk';
import type { DashboardState } from './openDashboard';
import type { OpenLayout } from './openLayout';
import { reloadPage } from './pageReload';
import { exactly, timeOfDay } from './times';
import { useStore } from './useStore';

/** What has to be decided before going on; everything else is a toast. */
export function Banners({ desk }: { desk: Desk }) {
  const { signedOut, place, auditBroken, reload } = useStore(desk.store);
  return (
    <div className="banners">
      <div role="alert">{auditBroken ? <AuditBanner desk={desk} broken={auditBroken} /> : null}</div>
      <div role="status">
        {signedOut ? (
          <Banner tone="warn" text="You are no longer signed in. What is on the screen stays; nothing more is loaded or saved.">
            <a className="button primary" href={signInPath(`${location.pathname}${location.search}`)}>
              Sign in again
            </a>
          </Banner>
        ) : null}
        {reload ? (
          <Banner
            tone="info"
            text="This page has followed many new versions. Reloading frees their memory; everything comes back as you have it."
          >
            <button type="button" className="button primary" onClick={() => void reloadPage(desk)}>
              Reload
            </button>
            <button type="button" className="button" onClick={() => desk.store.patch({ reload: false })}>
              Later
            </button>
          </Banner>
        ) : null}
        {place.kind === 'layout' ? <LayoutBanner key={place.open.id} desk={desk} open={place.open} /> : null}
      </div>
    </div>
  );
}

function AuditBanner({ desk, broken: { seq, detail } }: { desk: Desk; broken: NonNullable<DashboardState['auditBroken']> }) {
  return (
    <Banner
      tone="bad"
      text={
        <>
          <strong>The audit log is broken since entry {seq}.</strong> {detail}. {seq > 1 ? `Entries up to ${seq - 1} can be trusted. ` : ''}
          Copy the data as it is before anything else is tried: “the audit log is broken” in docs/operations.md says what to do, and{' '}
          <code>datamesh audit verify</code> what was found.
        </>
      }
    >
      <button type="button" className="button" onClick={() => void desk.attempt(verifyAudit(desk))}>
        Check again
      </button>
    </Banner>
  );
}

function LayoutBanner({ desk, open }: { desk: Desk; open: OpenLayout }) {
  const { offered, gone, upstream, layout } = useStore(open.session.store);
  const [later, setLater] = useState(0);
  if (gone)
    return (
      <Banner
        tone="bad"
        text={
          gone === 'deleted'
            ? 'This layout was deleted. It stays in the bin for 30 days, and what you see is not lost yet.'
            : 'This layout is no longer shared with you, or was deleted. What you changed is not lost yet.'
        }
      >
        {gone === 'deleted' && desk.looksAfter(layout) ? (
          <button type="button" className="button primary" onClick={() => void desk.actions.restore(layout)}>
            Restore
          </button>
        ) : null}
        <button type="button" className="button" onClick={() => void desk.actions.makeCopy()}>
          Keep as a copy of my own
        </button>
      </Banner>
    );
  if (!offered && upstream && upstream.revision > later)
    return (
      <Banner tone="info" text={`“${upstream.title}”, which this was copied from, has changed.`}>
        <button type="button" className="button primary" onClick={() => desk.openDialog({ kind: 'pull', title: upstream.title })}>
          See and pull
        </button>
        <button type="button" className="button" onClick={() => setLater(upstream.revision)}>
          Later
        </button>
      </Banner>
    );
  if (!offered) return null;
  return (
    <Banner
      tone="info"
      text={
        <>
          You have unsaved changes from{' '}
          <time dateTime={offered.updatedAt} title={exactly(offered.updatedAt)}>
            {timeOfDay(offered.updatedAt, Date.now())}
          </time>
          .
        </>
      }
    >
      <button type="button" className="button primary" onClick={() => void desk.actions.restoreDraft()}>
        Restore
      </button>
      <button type="button" className="button" onClick={() => open.session.discardDraft()}>
        Discard
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
