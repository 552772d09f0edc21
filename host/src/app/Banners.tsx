import { lazy, Suspense } from 'react';
import type { DashboardController } from '../dashboard/dashboard-controller';
import type { OpenLayout } from '../dashboard/open-layout';
import { fetchCode, once } from '../ui/later';
import { useStore } from '../ui/use-store';

/** Nothing has to be decided, nearly always. */
export const fetchBanners = once(() => fetchCode(() => import(/* webpackChunkName: "banners" */ './BannerContents')));

const AuditBanner = lazy(async () => ({ default: (await fetchBanners()).AuditBanner }));
const StatusBanners = lazy(async () => ({ default: (await fetchBanners()).StatusBanners }));
const LayoutBanner = lazy(async () => ({ default: (await fetchBanners()).LayoutBanner }));

/** What has to be decided before going on; everything else is a toast. What is said in them is read out, as they are there before it. */
export function Banners({ controller }: { controller: DashboardController }) {
  const { signedOut, place, coming, auditBroken, reload } = useStore(controller.store);
  return (
    <div className="banners">
      <div role="alert">
        <Suspense>{auditBroken ? <AuditBanner controller={controller} broken={auditBroken} /> : null}</Suspense>
      </div>
      <div role="status">
        <Suspense>
          {signedOut || reload || coming?.outage ? <StatusBanners controller={controller} /> : null}
          {place.kind === 'layout' ? <OfLayout key={place.open.id} controller={controller} open={place.open} /> : null}
        </Suspense>
      </div>
    </div>
  );
}

function OfLayout({ controller, open }: { controller: DashboardController; open: OpenLayout }) {
  const { offered, gone, upstream } = useStore(open.session.store);
  return offered || gone || upstream ? <LayoutBanner controller={controller} open={open} /> : null;
}
