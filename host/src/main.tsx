import { useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { i18n } from './language/i18n';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/shell.css';
import './styles/forced-colors.css';
import './styles/print.css';
import { ApiProblem } from './api/problem';
import { boot, type Phase } from './app/boot';
import { Dashboard } from './app/Dashboard';
import { OutagePage } from './app/OutagePage';
import { Skeleton } from './app/Skeleton';
import { locale, onLanguageChange, startLanguage } from './language/language';
import { startAppearance } from './ui/appearance';
import { ErrorBoundary } from './ui/ErrorBoundary';
import { ProblemPage, SignedOut, Unsupported } from './ui/Page';
import { startSingleKeys } from './ui/single-keys';
import { startTheme } from './ui/theme';

const element = document.getElementById('app');
if (!element) throw new Error('the page has no #app');
const root = createRoot(element);

function App({ phase }: { phase: Phase }) {
  // All texts are of this language: whatever is shown is drawn again in another one, and keeps its state.
  useSyncExternalStore(onLanguageChange, locale);
  switch (phase.kind) {
    case 'starting':
      return <Skeleton />;
    case 'waiting':
      return (
        <main className="lone">
          <OutagePage outage={phase.outage} />
        </main>
      );
    case 'unsupported':
      return <Unsupported missing={phase.missing} />;
    case 'signed-out':
      return <SignedOut />;
    case 'failed':
      return (
        <main className="lone">
          <ProblemPage problem={phase.problem} retry={() => void start()} />
        </main>
      );
    case 'ready':
      return <Dashboard controller={phase.controller} />;
  }
}

const defect = (error: unknown): ApiProblem =>
  new ApiProblem({
    title: i18n.t('Something broke'),
    detail: i18n.t('The dashboard ran into an error of its own: {error}', {
      error: error instanceof Error ? error.message : String(error),
    }),
  });

const start = (): Promise<void> =>
  boot(location.pathname, spoken, (phase) =>
    root.render(
      <ErrorBoundary
        fallback={(error) => (
          <main className="lone">
            <ProblemPage problem={defect(error)} retry={() => location.reload()} />
          </main>
        )}
      >
        <App phase={phase} />
      </ErrorBoundary>,
    ),
  );

startTheme();
startAppearance();
const spoken = startLanguage();
startSingleKeys();
void start();
