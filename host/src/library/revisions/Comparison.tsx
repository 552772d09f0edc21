import type { Layout } from '@datamesh/contracts';
import { contentOf, diff } from '@datamesh/layout';
import { i18n } from '../../language/i18n';
import { describeChange, panelsIn } from '../../layouts/describe-changes';
import { useAnswer } from '../../ui/use-answer';
import { LayoutPicture } from '../LayoutPicture';

interface ComparisonProps {
  read(revision: number): Promise<Layout>;
  revision: number;
  /** null: there is none before it. */
  against: number | null;
}

/** What is different between two revisions, drawn and in words; the older one is on the left. */
export function Comparison({ read, revision, against }: ComparisonProps) {
  const { answer: pair, problem } = useAnswer(`${revision} ${against}`, () =>
    Promise.all([read(revision), against === null ? null : read(against)]),
  );
  if (problem)
    return (
      <p className="dialog-note" role="alert">
        {problem.message}
      </p>
    );
  if (!pair) return <p className="dialog-note">{i18n.t('Loading…')}</p>;
  const [now, then] = pair;
  if (!then) {
    const count = Object.keys(now.panels).length;
    return (
      <div className="comparison">
        <div className="layout-pictures">
          <figure>
            <LayoutPicture tree={now.tree} />
            <figcaption>{i18n.t('Revision {revision}', { revision: now.revision })}</figcaption>
          </figure>
        </div>
        <p className="revisions-note">
          {i18n.t('{count, plural, one {The first one: # panel.} other {The first one: # panels.}}', { count })}
        </p>
      </div>
    );
  }
  const [older, newer] = then.revision < now.revision ? [then, now] : [now, then];
  const changes = diff(contentOf(older), contentOf(newer));
  const marked = panelsIn(changes);
  return (
    <div className="comparison">
      <div className="layout-pictures">
        {[older, newer].map((one) => (
          <figure key={one.revision}>
            <LayoutPicture tree={one.tree} marked={marked} />
            <figcaption>{i18n.t('Revision {revision}', { revision: one.revision })}</figcaption>
          </figure>
        ))}
      </div>
      {changes.length === 0 ? (
        <p className="revisions-note">{i18n.t('Nothing is different between them.')}</p>
      ) : (
        <ul
          className="comparison-changes"
          aria-label={i18n.t('From revision {older} to revision {newer}', { older: older.revision, newer: newer.revision })}
        >
          {changes.map((change) => (
            <li key={change.path} data-kind={change.kind}>
              {describeChange(change)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
