import { shownVersion } from '@datamesh/contracts/versions';
import { Fragment, useId, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { numberFormat } from '../language/formats';
import { i18n } from '../language/i18n';
import { ago, exactly } from '../ui/times';
import { count, dwellPerOpen, errorShare, loadTime, percent, stay } from './format-usage';
import type { Figures } from './usage-cache';
import { isShown, type VersionRow } from './versions';

const PERCENTILES = ['p50', 'p75', 'p95'] as const;

const percentOf = (hundredths: number): string => numberFormat({ style: 'percent' }).format(hundredths / 100);

/** Versions next to each other; `counted`: whether the tracker could be asked at all. Bars are for the eye only: every figure stands beside its bar. */
export function UsageTable({ title, rows, counted }: { title: string; rows: readonly VersionRow[]; counted: boolean }) {
  const [all, setAll] = useState(false);
  const heading = useId();
  const shown = all ? rows : rows.filter(isShown);
  const most = Math.max(1, ...rows.map(({ figures }) => figures?.opens ?? 0));
  const slowest = Math.max(1, ...rows.map(({ figures }) => figures?.load?.p95 ?? 0));
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard */}
      <section className="usage-scroll" aria-labelledby={heading} tabIndex={0}>
        <table className="usage-table">
          <caption className="hidden-text" id={heading}>
            {counted ? i18n.t('{title} by version, last 30 days', { title }) : i18n.t('Versions of {title}', { title })}
          </caption>
          {counted ? <Heads /> : null}
          <tbody>
            {shown.map((row) => (
              <tr key={row.version}>
                <th scope="row">
                  <VersionName row={row} />
                </th>
                {counted ? <Cells figures={row.figures} most={most} slowest={slowest} /> : null}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {shown.length < rows.length ? (
        <Button className="link usage-more" onPress={() => setAll(true)}>
          {more(rows.length - shown.length, counted)}
        </Button>
      ) : null}
    </>
  );
}

const more = (count: number, unopened: boolean): string =>
  unopened
    ? i18n.t('{count, plural, one {Show # more version that nobody opened} other {Show # more versions that nobody opened}}', { count })
    : i18n.t('{count, plural, one {Show # more version} other {Show # more versions}}', { count });

function Heads() {
  return (
    <thead>
      <tr>
        <th scope="col" rowSpan={2}>
          {i18n.t('Version')}
        </th>
        <th scope="col" rowSpan={2}>
          {i18n.t('Opens')}
        </th>
        <th scope="col" rowSpan={2}>
          {i18n.t('People')}
        </th>
        <th scope="col" rowSpan={2} title={i18n.t('Time on the screen per open, on average')}>
          {i18n.t('Looked at')}
        </th>
        <th scope="col" rowSpan={2} title={i18n.t('Errors per open')}>
          {i18n.t('Errors')}
        </th>
        <th scope="colgroup" colSpan={3} className="usage-group" title={i18n.t('From mounting to ready')}>
          {i18n.t('Ready within, of all opens')}
        </th>
      </tr>
      <tr>
        {PERCENTILES.map((name) => (
          <th scope="col" key={name}>
            {percentOf(Number(name.slice(1)))}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Cells({ figures, most, slowest }: { figures: Figures | null; most: number; slowest: number }) {
  if (!figures)
    return (
      <td colSpan={7} className="usage-none">
        {i18n.t('not opened')}
      </td>
    );
  const dwell = dwellPerOpen(figures);
  return (
    <>
      <td>
        {count(figures.opens)}
        <Bar share={figures.opens / most} />
      </td>
      <td>{count(figures.visitors)}</td>
      <td>{dwell === null ? <None text={i18n.t('not opened')} /> : stay(dwell)}</td>
      <td>
        {count(figures.errors)} {figures.errors > 0 ? <small>({percent(errorShare(figures))})</small> : null}
        <Bar share={errorShare(figures)} tone="bad" />
      </td>
      {PERCENTILES.map((name) => (
        <td key={name}>
          {figures.load ? (
            <>
              {loadTime(figures.load[name])}
              <Bar share={figures.load[name] / slowest} tone="load" />
            </>
          ) : (
            <None text={i18n.t('not measured')} />
          )}
        </td>
      ))}
    </>
  );
}

function VersionName({ row }: { row: VersionRow }) {
  const notes = [
    row.yanked ? i18n.t('withdrawn: {reason}', { reason: row.yanked }) : row.yanked === '' ? i18n.t('withdrawn') : null,
    row.yanked !== null
      ? null
      : row.deprecated
        ? i18n.t('deprecated: {reason}', { reason: row.deprecated })
        : row.deprecated === ''
          ? i18n.t('deprecated')
          : null,
    row.published === null ? i18n.t('no longer in the registry') : null,
  ].filter((note) => note !== null);
  return (
    <>
      <span className="usage-version">
        <span title={row.version}>{shownVersion(row.version)}</span>
        {row.channels.map((channel) => (
          <Fragment key={channel}>
            {' '}
            <span className="usage-channel">{channel}</span>
          </Fragment>
        ))}
      </span>
      {row.published ? <small title={exactly(row.published.at)}>{whenAndByWhom(row.published)}</small> : null}
      {notes.map((note) => (
        <small key={note} className="usage-note">
          {note}
        </small>
      ))}
    </>
  );
}

/** A token's number says nothing to a reader. */
function whenAndByWhom({ at, by }: NonNullable<VersionRow['published']>): string {
  const when = ago(at, Date.now());
  return by.startsWith('user:') ? i18n.t('{when} by {who}', { when, who: by.slice(5) }) : when;
}

const None = ({ text }: { text: string }) => (
  <>
    <span aria-hidden="true">–</span>
    <span className="hidden-text">{text}</span>
  </>
);

const Bar = ({ share, tone }: { share: number; tone?: 'bad' | 'load' }) => (
  <span className="usage-bar" data-tone={tone} aria-hidden="true">
    <i style={{ width: `${Math.min(100, share * 100)}%` }} />
  </span>
);
