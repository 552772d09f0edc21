import { i18n } from '../language/i18n';
import { ago, exactly } from '../ui/times';
import { type Environment, placeOf, type RevisionRow } from './environments';
import { Version } from './Version';

/** Deployments and their revisions, a row each. */
export function EnvironmentTable({ places, now }: { places: readonly Environment[]; now: number }) {
  if (places.length === 0)
    return (
      <p className="place-empty">
        {i18n.t(
          'Nothing runs in a cluster: people publish and promote. docs/deployments.md says how what runs can move a channel instead.',
        )}
      </p>
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
    <section className="place-scroll" aria-label={i18n.t('What runs, as a table')} tabIndex={0}>
      <table className="place-table deployments-environments">
        <thead>
          <tr>
            <th scope="col">{i18n.t('Environment')}</th>
            <th scope="col">{i18n.t('Channel')}</th>
            <th scope="col">{i18n.t('Revision')}</th>
            <th scope="col">{i18n.t('Version')}</th>
            <th scope="col">{i18n.t('Pods ready')}</th>
            <th scope="col">{i18n.t('Since')}</th>
            <th scope="col">{i18n.t('Now')}</th>
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
                <td>{i18n.t('{ready} of {pods}', { ready: row.ready, pods: row.pods })}</td>
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
  const more = [
    ...(row.draining > 0 ? [i18n.t('{count} draining', { count: row.draining })] : []),
    ...(row.silent > 0 ? [i18n.t('{count} silent', { count: row.silent })] : []),
  ];
  const isReplaced = revisions.some(({ active, revision }) => active && revision > row.revision);
  return [describeRevision(part, row, isReplaced), ...more].join(', ');
}

function describeRevision(part: Environment['part'], { active, ready }: RevisionRow, isReplaced: boolean): string {
  if (active) return i18n.t('browsers get it');
  if (part === 'foreign') return i18n.t('another Deployment moves the channel');
  if (ready === 0) return i18n.t('starting or going');
  if (isReplaced) return i18n.t('replaced');
  return part === 'held' ? i18n.t('held back') : i18n.t('waiting');
}
