/** Where things will be. It starts to shimmer only when it lasts. */
import { i18n } from '../language/i18n';

export function SkeletonStage() {
  return (
    <div className="skeleton-stage" aria-hidden="true">
      <i />
      <i />
      <i />
    </div>
  );
}

export function Skeleton() {
  return (
    <div className="app" data-mode="view" aria-busy="true">
      <header className="bar">
        <span className="skeleton-block" data-width="m" />
        <span className="bar-line" />
        <span className="skeleton-block" data-width="l" />
      </header>
      <main className="main">
        <p className="hidden-text" role="status">
          {i18n.t('Loading the dashboard')}
        </p>
        <SkeletonStage />
      </main>
    </div>
  );
}
