import type { DataError } from '@datamesh/widget-sdk';
import { say } from './words';

/** Rows to come, in the size they will have. */
export function Skeleton({ density }: { density: string }) {
  return (
    <div className="table" data-density={density} aria-busy="true">
      <span className="dm-visually-hidden" role="status">
        {say('Loading rows')}
      </span>
      <div className="skeleton" aria-hidden="true">
        {[62, 48, 70, 55, 66, 44, 58, 50].map((width) => (
          <div key={width}>
            <i className="dm-skeleton" />
            <i className="dm-skeleton" style={{ width: `${width}%` }} />
            <i className="dm-skeleton" />
          </div>
        ))}
      </div>
    </div>
  );
}

export function Failed({ error, source, retry }: { error: DataError; source: string; retry: () => void }) {
  return (
    <div className="dm-note" role="alert">
      <p>
        <strong>{say('The rows could not be loaded')}</strong>
        <br />
        {error.isTemporary ? say('The data does not come right now. It is tried again by itself.') : error.message}
      </p>
      <button type="button" className="dm-button" onClick={retry}>
        {say(error.isTemporary ? 'Try now' : 'Try again')}
      </button>
      {error.requestId ? <small title={`${source}, ${error.code}`}>{say('Request {id}', { id: error.requestId })}</small> : null}
    </div>
  );
}

export function NoMatch({ filter, clear }: { filter: string; clear: () => void }) {
  if (filter === '') {
    return (
      <div className="dm-note" role="status">
        <p>{say('This source has no rows.')}</p>
      </div>
    );
  }
  return (
    <div className="dm-note" role="status">
      <p>{say('No rows match “{filter}”.', { filter })}</p>
      <button type="button" className="dm-button" onClick={clear}>
        {say('Clear the filter')}
      </button>
    </div>
  );
}
