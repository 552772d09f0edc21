import type { AccessEntry, Department, Layout, LayoutAccess, LayoutSharing } from '@datamesh/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { readDataSources } from '../../api/data';
import { type ApiProblem, asProblem } from '../../api/problem';
import { watchAccessRequests } from '../../dashboard/access-requests';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import { layoutPath } from '../../dashboard/route';
import { i18n } from '../../language/i18n';
import { readAccess, share } from '../../layouts/sharing/access-calls';
import { circleOf, type May, reason, withCircle, withGrant, withoutGrant } from '../../layouts/sharing/grants';
import { Icon } from '../../ui/Icon';
import { useAnswer } from '../../ui/use-answer';
import { useStore } from '../../ui/use-store';
import { RequestList } from './AccessRequests';
import { CircleChoice } from './CircleChoice';
import { MayChoice } from './MayChoice';
import { PersonPicker } from './PersonPicker';
import { dataWords, seesWords, sourcesIn } from './sees';
import './sharing.css';

/** Who sees the shown layout and why; each change holds at once. */
export default function ShareDialog({ controller }: { controller: DashboardController }) {
  const { active } = controller;
  return active ? <Sharing controller={controller} layout={active.id} /> : null;
}

type Change = (sharing: LayoutSharing) => LayoutSharing;

function Sharing({ controller, layout }: { controller: DashboardController; layout: string }) {
  const { accessRequests, session } = useStore(controller.store);
  const [access, setAccess] = useState<LayoutAccess | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [said, setSaid] = useState('');
  /** What was chosen and is not answered yet, oldest first; shown as chosen until the answer says otherwise. */
  const [pending, setPending] = useState<readonly Change[]>([]);
  const answered = useRef(Promise.resolve());
  const waiting = accessRequests.filter((request) => request.layout === layout);
  const open = controller.layout(layout);
  const revision = open?.session.state.layout.revision;

  const look = useCallback(async () => {
    try {
      setAccess(await readAccess(layout));
      setProblem(null);
    } catch (cause) {
      setProblem(asProblem(cause));
    }
  }, [layout]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another revision, or an answered request, may be shared in another way
  useEffect(() => void look(), [look, revision, accessRequests]);

  const change = (next: Change, done: string): void => {
    setProblem(null);
    setSaid('');
    setPending((all) => [...all, next]);
    // A second one waits for the first: whoever is quicker than the answer loses nothing.
    answered.current = answered.current.then(() => send(next, done));
  };

  const send = async (next: Change, done: string): Promise<void> => {
    let failure: unknown;
    try {
      await share(layout, next);
      await open?.session.refresh();
      setSaid(done);
      // Whoever was added waits no longer.
      watchAccessRequests(controller);
    } catch (cause) {
      failure = cause;
    }
    await look();
    setPending((all) => all.filter((one) => one !== next));
    if (failure !== undefined) setProblem(asProblem(failure));
  };

  if (!access)
    return problem ? (
      <div className="dialog-note" role="alert">
        <p>{problem.message}</p>
        <Button className="button" onPress={() => void look()}>
          {i18n.t('Try again')}
        </Button>
      </div>
    ) : (
      <p className="dialog-note">{i18n.t('Loading…')}</p>
    );

  const { entries, mayShare, rules } = access;
  const sharing = pending.reduce((known, next) => next(known), access.sharing);
  const grants = entries.filter(({ why }) => why === 'grant');
  return (
    <div className="sharing" aria-busy={pending.length > 0}>
      {open?.session.state.dirty ? (
        <p className="sharing-hint">{i18n.t('What you have not saved is not shared yet: others see what was saved last.')}</p>
      ) : null}
      {waiting.length > 0 ? (
        <section className="sharing-part" aria-label={i18n.t('Requests for access')}>
          <RequestList controller={controller} requests={waiting} titled={false} />
        </section>
      ) : null}
      {mayShare ? (
        <PersonPicker
          rules={rules}
          departments={session.departments}
          ownName={session.user.name}
          taken={new Set(entries.filter(({ why }) => why === 'grant' || why === 'owner').map(({ to }) => to))}
          choose={({ to, name }, may) => change(withGrant(to, may), mayFromNow(name, may))}
        />
      ) : (
        <p className="sharing-hint">{i18n.t('Its owner and administrators say who sees this layout.')}</p>
      )}
      <section className="sharing-part" aria-labelledby="sharing-who">
        <h3 id="sharing-who">{i18n.t('Who has access, and why')}</h3>
        <ul className="sharing-list">
          {entries.map((entry) => (
            <li key={`${entry.why} ${entry.to}`}>
              <Who entry={entry} mine={entry.to === `user:${session.user.id}`} />
              {mayShare && grants.includes(entry) ? (
                <GrantControls
                  entry={entry}
                  setMay={(may) => change(withGrant(entry.to, may), mayFromNow(entry.name, may))}
                  remove={() => change(withoutGrant(entry.to), i18n.t('{name} is no longer added.', { name: entry.name }))}
                />
              ) : (
                <span className="sharing-may">{mays()[entry.may]}</span>
              )}
            </li>
          ))}
        </ul>
      </section>
      <CircleChoice
        circle={circleOf(sharing)}
        rules={rules}
        mayShare={mayShare}
        departments={session.departments}
        choose={(circle, done) => change(withCircle(circle), done)}
      />
      <details className="sharing-what">
        <summary>{i18n.t('What will they see?')}</summary>
        <WhatTheySee entries={entries} panels={open?.session.state.layout.panels ?? {}} departments={session.departments} />
      </details>
      <CopyLink layout={layout} />
      {problem ? (
        <p className="sharing-problem" role="alert">
          {problem.message}
        </p>
      ) : null}
      <output className="sharing-said">{said}</output>
    </div>
  );
}

interface WhatTheySeeProps {
  entries: readonly AccessEntry[];
  /** As they are saved. */
  panels: Layout['panels'];
  departments: readonly Department[];
}

function WhatTheySee({ entries, panels, departments }: WhatTheySeeProps) {
  // Where it is not known, the last sentence is all that can be said of it.
  const { answer: known } = useAnswer('sources', readDataSources);
  const sources = sourcesIn(panels, known ?? []);
  const titleOf = (department: string): string => departments.find(({ id }) => id === department)?.title ?? department;
  const told = entries.flatMap((entry) => {
    const words = seesWords(entry);
    return words === null ? [] : [{ key: `${entry.why} ${entry.to}`, words: [words, ...dataWords(entry, sources, titleOf)].join(' ') }];
  });
  return (
    <>
      {told.length > 0 ? (
        <ul aria-label={i18n.t('What will they see?')}>
          {told.map(({ key, words }) => (
            <li key={key}>{words}</li>
          ))}
        </ul>
      ) : (
        <p>{i18n.t('Only its owner and administrators see it so far.')}</p>
      )}
      <p>
        {i18n.t(
          'Each widget reads data with the rights of whoever looks: what somebody may not read stays empty for them. The history keeps every revision.',
        )}
      </p>
    </>
  );
}

const mays = (): Record<AccessEntry['may'], string> => ({ own: i18n.t('Owner'), edit: i18n.t('May edit'), view: i18n.t('May view') });

const mayFromNow = (name: string, may: May): string =>
  may === 'edit' ? i18n.t('{name} may edit it from now on.', { name }) : i18n.t('{name} may view it from now on.', { name });

function Who({ entry, mine }: { entry: AccessEntry; mine: boolean }) {
  const kind = entry.to.startsWith('user:') ? 'user' : entry.to.startsWith('department:') ? 'department' : entry.to;
  return (
    <span className="sharing-who">
      <span className="sharing-mark" data-kind={kind} aria-hidden="true">
        {kind === 'user' ? (
          entry.name.slice(0, 1).toUpperCase()
        ) : (
          <Icon name={kind === 'department' ? 'panels' : kind === 'admins' ? 'lock' : 'compass'} size={14} />
        )}
      </span>
      <span className="sharing-name">
        {entry.name}
        {mine ? ` (${i18n.t('you')})` : ''}
        <span className="sharing-why">{reason(entry)}</span>
      </span>
    </span>
  );
}

function GrantControls({ entry, setMay, remove }: { entry: AccessEntry; setMay(may: May): void; remove(): void }) {
  return (
    <span className="sharing-controls">
      <MayChoice label={i18n.t('What {name} may do', { name: entry.name })} may={entry.may === 'edit' ? 'edit' : 'view'} choose={setMay} />
      <Button className="button quiet icon-only" aria-label={i18n.t('Remove {name}', { name: entry.name })} onPress={remove}>
        <Icon name="close" />
      </Button>
    </span>
  );
}

function CopyLink({ layout }: { layout: string }) {
  const [said, setSaid] = useState('');
  const link = `${location.origin}${layoutPath(layout)}`;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link);
      setSaid(i18n.t('The link is copied.'));
    } catch {
      setSaid(i18n.t('This browser does not let the page copy: select the link and copy it.'));
    }
  };
  return (
    <section className="sharing-part" aria-label={i18n.t('Link')}>
      <div className="sharing-link">
        <input
          className="input"
          readOnly
          aria-label={i18n.t('Link to this layout')}
          value={link}
          onFocus={({ target }) => target.select()}
        />
        <Button className="button" onPress={() => void copy()}>
          {i18n.t('Copy link')}
        </Button>
      </div>
      <p className="sharing-small">{i18n.t('Opens for whoever has access. Everybody else can ask you for it there.')}</p>
      <output className="sharing-small">{said}</output>
    </section>
  );
}
