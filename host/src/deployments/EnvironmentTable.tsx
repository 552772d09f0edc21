import { ago, exactly } from '../shell/times';
import { type Environment, placeOf, type RevisionRow } from './environments';
import { Version } from './Version';

/** Deployments and their revisions, a row each. */
export function EnvironmentTable({ places, now }: { places: readonly Environment[]; now: number }) {
  if (places.length === 0)
    return (
      <p className="place-empty">
        Nothing runs in a cluster: people publish and promote. docs/deployments.md says how what runs can move a channel instead.
      </p>
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
    <section className="place-scroll" aria-label="What runs, as a table" tabIndex={0}>
      <table className="place-table deployments-environments">
        <thead>
          <tr>
            <th scope="col">Environment</th>
            <th scope="col">Channel</th>
            <th scope="col">Revision</th>
            <th scope="col">Version</th>
            <th scope="col">Pods ready</th>
            <th scope="col">Since</th>
            <th scope="col">Now</th>
          </tr>
        </thead>
        {places.map((place) => (
          <tbody key={place.key}>
            {place.revisions.map((row, index) => (
              <tr key={row.revision} data-active={row.active}>
                <th scope="row">{index === 0 ? placeOf(place) : <span className="hidden-text">{placeOf(place)}</span>}</th>
                <td>{index === 0 ? <span className="place-chip">{place.channel}</span> : null}</td>
                <td>{row.revision}</td>
                <td>
                  <Version version={row.version} />
                </td>
                <td>
                  {row.ready} of {row.pods}
                </td>
                <td>
                  <time title={exactly(row.since)}>{ago(row.since, now)}</time>
                </td>
                <td>{standing(place, row)}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

function standing({ part, revisions }: Environment, row: RevisionRow): string {
  const more = [...(row.draining > 0 ? [`${row.draining} draining`] : []), ...(row.silent > 0 ? [`${row.silent} silent`] : [])];
  const isReplaced = revisions.some(({ active, revision }) => active && revision > row.revision);
  return [inWords(part, row, isReplaced), ...more].join(', ');
}

function inWords(part: Environment['part'], { active, ready }: RevisionRow, isReplaced: boolean): string {
  if (active) return 'browsers get it';
  if (part === 'foreign') return 'another Deployment moves the channel';
  if (ready === 0) return 'starting or going';
  if (isReplaced) return 'replaced';
  return part === 'held' ? 'held back' : 'waiting';
}
