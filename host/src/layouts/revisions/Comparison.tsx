import type { Layout } from '@datamesh/contracts';
import { contentOf, diff } from '@datamesh/layout';
import { useEffect, useState } from 'react';
import { type ApiProblem, asProblem } from '../../api/problem';
import { changeInWords, panelsIn } from '../changesInWords';
import { LayoutPicture } from '../LayoutPicture';

interface ComparisonProps {
  read(revision: number): Promise<Layout>;
  revision: number;
  /** null: there is none before it. */
  against: number | null;
}

type Pair = { of: string; now: Layout; then: Layout | null };

/** What is different between two revisions, drawn and in words; the older one is on the left. */
export function Comparison({ read, revision, against }: ComparisonProps) {
  const [pair, setPair] = useState<Pair | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const wanted = `${revision} ${against}`;
  useEffect(() => {
    let over = false;
    setProblem(null);
    Promise.all([read(revision), against === null ? null : read(against)]).then(
      ([now, then]) => over || setPair({ of: `${revision} ${against}`, now, then }),
      (cause: unknown) => over || setProblem(asProblem(cause)),
    );
    return () => {
      over = true;
    };
  }, [read, revision, against]);
  if (problem)
    return (
      <p className="dialog-note" role="alert">
        {problem.message}
      </p>
    );
  if (pair?.of !== wanted) return <p className="dialog-note">Loading…</p>;
  const { now, then } = pair;
  if (!then) {
    const count = Object.keys(now.panels).length;
    return (
      <div className="comparison">
        <div className="comparison-pictures">
          <figure>
            <LayoutPicture tree={now.tree} />
            <figcaption>Revision {now.revision}</figcaption>
          </figure>
        </div>
        <p className="revisions-note">The first one: {count === 1 ? '1 panel' : `${count} panels`}.</p>
      </div>
    );
  }
  const [older, newer] = then.revision < now.revision ? [then, now] : [now, then];
  const changes = diff(contentOf(older), contentOf(newer));
  const marked = panelsIn(changes);
  return (
    <div className="comparison">
      <div className="comparison-pictures">
        {[older, newer].map((one) => (
          <figure key={one.revision}>
            <LayoutPicture tree={one.tree} marked={marked} />
            <figcaption>Revision {one.revision}</figcaption>
          </figure>
        ))}
      </div>
      {changes.length === 0 ? (
        <p className="revisions-note">Nothing is different between them.</p>
      ) : (
        <ul className="comparison-changes" aria-label={`From revision ${older.revision} to revision ${newer.revision}`}>
          {changes.map((change) => (
            <li key={change.path} data-kind={change.kind}>
              {changeInWords(change)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
