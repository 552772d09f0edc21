import { type ComponentType, type LazyExoticComponent, lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { i18n } from '../language/i18n';
import { ErrorBoundary } from './ErrorBoundary';
import { fetchCode } from './later';

/** A part of the page whose code comes when it is first wanted. */
export const part = <Props,>(load: () => Promise<{ default: ComponentType<Props> }>): LazyExoticComponent<ComponentType<Props>> =>
  lazy(() => fetchCode(load));

interface LazyPartProps {
  /** "This dialog" */
  what: string;
  close(): void;
  className: string;
  children: ReactNode;
}

export function LazyPart({ what, close, className, children }: LazyPartProps) {
  return (
    <ErrorBoundary
      fallback={(_, reset) => (
        <Failed
          className={className}
          close={close}
          text={i18n.t('{what} ran into an error.', { what })}
          action={{ label: i18n.t('Try again'), run: reset }}
        />
      )}
    >
      <Suspense fallback={<Coming what={what} close={close} className={className} />}>{children}</Suspense>
    </ErrorBoundary>
  );
}

/** Milliseconds that are short enough to say nothing about. */
const SHORT = 2_000;

function Coming({ what, close, className }: Omit<LazyPartProps, 'children'>) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), SHORT);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return <div className={`${className} lazy-waiting`} aria-busy="true" />;
  return (
    <Failed
      className={className}
      close={close}
      text={i18n.t(
        '{what} has not come yet. It is tried again by itself; where that does not help, reload the page: unsaved changes are kept.',
        { what },
      )}
      action={{ label: i18n.t('Reload the page'), run: () => location.reload() }}
    />
  );
}

function Failed({
  className,
  text,
  action,
  close,
}: {
  className: string;
  text: string;
  action: { label: string; run(): void };
  close(): void;
}) {
  return (
    <div className={`${className} lazy-failed`} role="alert">
      <p>{text}</p>
      <button type="button" className="button" onClick={action.run}>
        {action.label}
      </button>
      <button type="button" className="button quiet" onClick={close}>
        {i18n.t('Close')}
      </button>
    </div>
  );
}
