import type { WidgetDetail } from '@datamesh/contracts';
import { shownVersion } from '@datamesh/contracts/versions';
import { type ReactNode, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { api, ask } from '../api/client';
import type { DashboardController } from '../dashboard/dashboard-controller';
import { contextTitle, readableName } from '../interop/context-titles';
import { i18n } from '../language/i18n';
import { LazyPart, part } from '../ui/lazy-part';
import { useStore } from '../ui/use-store';
import { DeploymentsLink } from './DeploymentsLink';
import { count, dwellPerOpen, errorShare, inSeconds, percent, stay } from './format-usage';
import { HoldingLayouts } from './HoldingLayouts';
import { HowMany } from './HowMany';
import { Findings, NoFigures, Partial, Waiting } from './UsageNotes';
import { UsageTable } from './UsageTable';
import { type Usage, usageCache } from './usage-cache';
import { useQuery } from './use-query';
import { compareNewest, versionRows } from './versions';
import './details.css';

const Preview = part(() => import(/* webpackChunkName: "preview" */ './preview/Preview'));

type Placement = 'dialog' | 'page';

/** Everything there is to know of a widget before one adds it: in a dialog, or as a page, where it runs at once. */
export default function WidgetDetails({
  controller,
  name,
  placement,
}: {
  controller: DashboardController;
  name: string;
  placement: Placement;
}) {
  const answer = useQuery(name, () => ask(api.GET('/widgets/{name}', { params: { path: { name } } })));
  if (answer.state === 'failed')
    return (
      <div className="usage-text" role="alert">
        <p>{answer.problem.message}</p>
        {answer.problem.status === 404 ? null : (
          <Button className="button" onPress={answer.retry}>
            {i18n.t('Try again')}
          </Button>
        )}
      </div>
    );
  return (
    <div className="details" aria-busy={answer.state === 'loading'}>
      {answer.state === 'loading' ? <Waiting lines={6} /> : <Details controller={controller} detail={answer.value} placement={placement} />}
    </div>
  );
}

function Details({ controller, detail, placement }: { controller: DashboardController; detail: WidgetDetail; placement: Placement }) {
  const [trying, setTrying] = useState(placement === 'page');
  // Below the page's own heading, or below the dialog's, which is a second one.
  const Heading = placement === 'page' ? 'h2' : 'h3';
  const { widget, screenshots } = detail;
  const channels = Object.entries(detail.channels);
  return (
    <>
      <div className="details-head">
        <div>
          <p className="details-text">{detail.description}</p>
          <p className="details-small">
            {detail.categories.length > 0 ? `${detail.categories.join(', ')} · ` : ''}
            {detail.layouts === 0
              ? i18n.t('in no layout yet')
              : i18n.t('{layouts, plural, one {in # layout} other {in # layouts}}', { layouts: detail.layouts })}
          </p>
        </div>
        <div className="details-actions">
          {placement === 'page' ? null : (
            <Button className="button" aria-expanded={trying} onPress={() => setTrying(!trying)}>
              {trying ? i18n.t('End the preview') : i18n.t('Try it')}
            </Button>
          )}
          <AddButton controller={controller} detail={detail} />
        </div>
      </div>
      {trying ? (
        <LazyPart what={i18n.t('The preview')} close={() => setTrying(false)} className="preview">
          <Preview controller={controller} detail={detail} />
        </LazyPart>
      ) : null}
      {detail.deprecated ? <p className="details-warning">{i18n.t('Its publisher advises against using it any longer.')}</p> : null}
      {screenshots.length > 0 ? <Screenshots screenshots={screenshots} /> : null}
      <dl className="details-facts">
        <Fact name={i18n.t('Publisher')}>{detail.publisher}</Fact>
        <Fact name={i18n.t('Channels')}>
          {channels.map(([channel, version]) => (
            <span key={channel} className="details-pair">
              <span className="usage-channel">{channel}</span> <span title={version}>{shownVersion(version)}</span>
            </span>
          ))}
          {channels.length === 0 ? i18n.t('none') : null}
        </Fact>
        {widget.listensFor?.length ? <Fact name={i18n.t('Listens for')}>{named(widget.listensFor, contextTitle)}</Fact> : null}
        {widget.broadcasts?.length ? <Fact name={i18n.t('Broadcasts')}>{named(widget.broadcasts, contextTitle)}</Fact> : null}
        {widget.sources?.length ? <Fact name={i18n.t('Reads')}>{named(widget.sources, readableName)}</Fact> : null}
        {widget.license ? <Fact name={i18n.t('Licence')}>{widget.license}</Fact> : null}
        {widget.homepage || widget.repository ? (
          <Fact name={i18n.t('Links')}>
            <Link href={widget.homepage}>{i18n.t('Home page')}</Link> <Link href={widget.repository}>{i18n.t('Source')}</Link>
          </Fact>
        ) : null}
      </dl>
      <DeploymentsLink controller={controller} widget={detail} />
      <HoldingLayouts controller={controller} widget={detail} Heading={Heading} />
      <UsageSection detail={detail} Heading={Heading} />
    </>
  );
}

function UsageSection({ detail, Heading }: { detail: WidgetDetail; Heading: 'h2' | 'h3' }) {
  const answer = useQuery(detail.name, () => usageCache.of(detail.name));
  const usage = answer.state === 'ready' ? answer.value.usage : null;
  const rows = versionRows(detail, usage);
  return (
    <section className="details-usage" aria-label={i18n.t('Use')} aria-busy={answer.state === 'loading'}>
      <Heading>
        {i18n.t('Last 30 days')} <small>{i18n.t('on this dashboard')}</small>
      </Heading>
      {answer.state === 'loading' ? <Waiting lines={4} /> : null}
      {answer.state === 'failed' ? <NoFigures problem={answer.problem} retry={answer.retry} /> : null}
      {answer.state === 'ready' ? (
        <>
          {usage ? (
            <Headline usage={usage} />
          ) : (
            <p className="usage-text">
              {answer.value.partial.length > 0
                ? i18n.t('Too few people opened it in the last 30 days for that to be shown, or nobody did.')
                : i18n.t('Nobody opened it in the last 30 days.')}
            </p>
          )}
          <Partial missing={answer.value.partial} />
          <Findings findings={compareNewest(rows)} />
        </>
      ) : null}
      {answer.state === 'loading' ? null : <UsageTable title={detail.title} rows={rows} counted={answer.state === 'ready'} />}
    </section>
  );
}

export function Headline({ usage }: { usage: Usage }) {
  const dwell = dwellPerOpen(usage);
  const tiles: [string, string][] = [
    [i18n.t('Opens'), count(usage.opens)],
    [i18n.t('People'), count(usage.visitors)],
    [i18n.t('Looked at per open'), dwell === null ? '–' : stay(dwell)],
    [i18n.t('Errors per open'), percent(errorShare(usage))],
    [i18n.t('Ready within, 3 of 4'), usage.load ? inSeconds(usage.load.p75) : '–'],
  ];
  return (
    <dl className="usage-tiles">
      {tiles.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function AddButton({ controller, detail }: { controller: DashboardController; detail: WidgetDetail }) {
  const { place } = useStore(controller.store);
  const [many, setMany] = useState(1);
  const open = place.kind === 'layout' ? place.open : null;
  if (open?.mode.getSnapshot().mode !== 'edit') return null;
  return (
    <>
      <HowMany count={many} choose={setMany} />
      <Button
        className="button primary"
        onPress={() => {
          controller.openDialog(null);
          open.workspace.add(detail, undefined, many);
        }}
      >
        {i18n.t('Add to the layout')}
      </Button>
    </>
  );
}

function Screenshots({ screenshots }: { screenshots: WidgetDetail['screenshots'] }) {
  const [broken, setBroken] = useState<readonly string[]>([]);
  const shown = screenshots.filter(({ src }) => src.startsWith('/remotes/') && !broken.includes(src));
  return (
    <ul className="details-shots" aria-label={i18n.t('Screenshots')}>
      {shown.map(({ src, label }) => (
        <li key={src}>
          <figure>
            <img src={src} alt="" loading="lazy" decoding="async" onError={() => setBroken([...broken, src])} />
            <figcaption>{label}</figcaption>
          </figure>
        </li>
      ))}
    </ul>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** As people call them; what machines call them is on hover. */
const named = (names: readonly string[], titleOf: (name: string) => string): ReactNode =>
  names.map((name, index) => (
    <span key={name} title={name}>
      {titleOf(name)}
      {index < names.length - 1 ? ', ' : ''}
    </span>
  ));

/** Publishers' links: https only, whatever a manifest says, and they learn nothing of where one came from. */
const Link = ({ href, children }: { href: string | undefined; children: ReactNode }) =>
  href?.startsWith('https://') ? (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  ) : null;
