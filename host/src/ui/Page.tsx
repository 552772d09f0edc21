import type { ReactNode } from 'react';
import { signInPath } from '../api/client';
import type { ApiProblem } from '../api/problem';
import { i18n } from '../language/i18n';
import { Icon, type IconName, Logo } from './Icon';

interface PageProps {
  icon?: IconName;
  title: string;
  children: ReactNode;
  actions?: ReactNode;
}

/** One thing to say, and what to do about it. */
export function Page({ icon, title, children, actions }: PageProps) {
  return (
    <div className="page">
      <span className="page-mark">{icon ? <Icon name={icon} size={22} /> : <Logo />}</span>
      <h1>{title}</h1>
      <div className="page-text">{children}</div>
      {actions ? <div className="page-actions">{actions}</div> : null}
    </div>
  );
}

export function SignedOut() {
  return (
    <main className="lone">
      <Page
        title="Data Mesh"
        actions={
          <a className="button primary large" href={signInPath(`${location.pathname}${location.search}`)}>
            {i18n.t('Sign in')}
          </a>
        }
      >
        <p>{i18n.t('Your department’s dashboard. Sign in to see it.')}</p>
      </Page>
    </main>
  );
}

export function Unsupported({ missing }: { missing: string[] }) {
  return (
    <main className="lone">
      <Page icon="compass" title={i18n.t('This browser cannot show the dashboard safely')}>
        <p>
          {i18n.t(
            'Every widget’s files are checked by the browser itself before they run. This one lacks what that takes: {missing}. Nothing is loaded without the check.',
            { missing: missing.join(', ') },
          )}
        </p>
        <p>{i18n.t('A current Chrome, Edge or another browser built on Chromium works.')}</p>
      </Page>
    </main>
  );
}

/** A place that cannot be shown: who may see it, or what is not there, or what failed. */
export function ProblemPage({ problem, retry, children }: { problem: ApiProblem; retry(): void; children?: ReactNode }) {
  const again = (
    <button type="button" className="button" onClick={retry}>
      {i18n.t('Try again')}
    </button>
  );
  const home = (
    <a className="button" href="/">
      {i18n.t('Go to my dashboard')}
    </a>
  );
  if (problem.status === 403)
    return (
      <Page icon="lock" title={i18n.t('You may not see this')} actions={home}>
        <p>
          {sentence(problem.message)} {i18n.t('Ask whoever looks after it if you should.')}
        </p>
      </Page>
    );
  if (problem.binned)
    return (
      <Page
        icon="bin"
        title={i18n.t('This layout is in the bin')}
        actions={
          <>
            {children}
            {home}
          </>
        }
      >
        <p>{sentence(problem.message)}</p>
      </Page>
    );
  if (problem.status === 404)
    return (
      <Page icon="compass" title={i18n.t('There is nothing here')} actions={home}>
        <p>{sentence(problem.message)}</p>
        {children}
      </Page>
    );
  return (
    <Page icon="compass" title={i18n.t('This could not be loaded')} actions={again}>
      <p>{sentence(problem.message)}</p>
      {problem.requestId ? <p className="page-detail">{i18n.t('Request {requestId}', { requestId: problem.requestId })}</p> : null}
    </Page>
  );
}

const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);
