import type { ChannelMove } from '@datamesh/contracts';
import { Button } from 'react-aria-components/Button';
import { ago, exactly } from '../shell/times';
import { moveInWords, whoMoved } from './moves';

/** What moved the channels, the newest first. */
export function History({ moves, now, more }: { moves: readonly ChannelMove[]; now: number; more?: () => void }) {
  if (moves.length === 0) return <p className="place-empty">No channel has been moved yet.</p>;
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
                  {moveInWords(move)}
                  {who === null ? null : <span className="place-small"> by {who}</span>}
                </p>
                {move.reason === null ? null : <p className="deployments-reason">{move.reason}</p>}
              </div>
            </li>
          );
        })}
      </ol>
      {more ? (
        <Button className="button small" onPress={more}>
          Show more
        </Button>
      ) : null}
    </>
  );
}
