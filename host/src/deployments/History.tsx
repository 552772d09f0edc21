import type { ChannelMove } from '@datamesh/contracts';
import { Button } from 'react-aria-components/Button';
import { i18n } from '../language/i18n';
import { ago, exactly } from '../ui/times';
import { circumstances, describeMove, whoMoved } from './moves';

/** What moved the channels, the newest first. */
export function History({ moves, now, more }: { moves: readonly ChannelMove[]; now: number; more?: () => void }) {
  if (moves.length === 0) return <p className="place-empty">{i18n.t('No channel has been moved yet.')}</p>;
  return (
    <>
      <ol className="deployments-history">
        {moves.map((move) => {
          const who = whoMoved(move);
          return (
            <li key={move.seq} data-what={move.what}>
              <time title={exactly(move.at)}>{ago(move.at, now)}</time>
              <div>
                <p>
                  {describeMove(move)}
                  {who === null ? null : <span className="place-small"> {i18n.t('by {who}', { who })}</span>}
                </p>
                <Circumstances move={move} />
                {move.reason === null ? null : <p className="deployments-reason">{move.reason}</p>}
              </div>
            </li>
          );
        })}
      </ol>
      {more ? (
        <Button className="button small" onPress={more}>
          {i18n.t('Show more')}
        </Button>
      ) : null}
    </>
  );
}

function Circumstances({ move }: { move: ChannelMove }) {
  const known = circumstances(move);
  const { sync, integrity } = move.deployment ?? {};
  if (known.length === 0) return null;
  // What is short in the line is there in full for whoever points at it.
  return (
    <p className="place-small" title={[sync?.revision, integrity].filter(Boolean).join(' · ')}>
      {known.join(' · ')}
    </p>
  );
}
