import { shownVersion } from '@datamesh/contracts/versions';
import { Fragment, useId, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { ago, exactly } from '../shell/times';
import { count, dwellPerOpen, errorShare, loadTime, percent, stay } from './inFigures';
import type { Figures } from './usageBook';
import { isShown, type VersionRow } from './versions';

const PERCENTILES = ['p50', 'p75', 'p95'] as const;

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
            {counted ? `${title} by version, last 30 days` : `Versions of ${title}`}
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
          Show {rows.length - shown.length} more {rows.length - shown.length === 1 ? 'version' : 'versions'}
          {counted ? ' that nobody opened' : ''}
        </Button>
      ) : null}
    </>
  );
}

function Heads() {
  return (
    <thead>
      <tr>
        <th scope="col" rowSpan={2}>
          Version
        </th>
        <th scope="col" rowSpan={2}>
          Opens
        </th>
        <th scope="col" rowSpan={2}>
          People
        </th>
        <th scope="col" rowSpan={2} title="Time on the screen per open, on average">
          Looked at
        </th>
        <th scope="col" rowSpan={2} title="Errors per open">
          Errors
        </th>
        <th scope="colgroup" colSpan={3} className="usage-group" title="From mounting to ready">
          Ready within, of all opens
        </th>
      </tr>
      <tr>
        {PERCENTILES.map((name) => (
          <th scope="col" key={name}>
            {name.slice(1)}%
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
        not opened
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
      <td>{dwell === null ? <None text="not opened" /> : stay(dwell)}</td>
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
            <None text="not measured" />
          )}
        </td>
      ))}
    </>
  );
}

function VersionName({ row }: { row: VersionRow }) {
  const notes = [
    row.yanked !== null ? `withdrawn${row.yanked ? `: ${row.yanked}` : ''}` : null,
    row.deprecated !== null && row.yanked === null ? `deprecated${row.deprecated ? `: ${row.deprecated}` : ''}` : null,
    row.published === null ? 'no longer in the registry' : null,
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
      {row.published ? (
        <small title={exactly(row.published.at)}>
          {ago(row.published.at, Date.now())}
          {byWhom(row.published.by)}
        </small>
      ) : null}
      {notes.map((note) => (
        <small key={note} className="usage-note">
          {note}
        </small>
      ))}
    </>
  );
}

/** A token's number says nothing to a reader. */
const byWhom = (publisher: string): string => (publisher.startsWith('user:') ? ` by ${publisher.slice(5)}` : '');

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
