import type { DataError } from '@datamesh/widget-sdk';

/** Rows to come, in the size they will have. */
export function Skeleton({ density }: { density: string }) {
  return (
    <div className="table" data-density={density} aria-busy="true">
      <span className="dm-visually-hidden" role="status">
        Loading rows
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
        <strong>The rows could not be loaded</strong>
        <br />
        {error.isTemporary ? 'The data does not come right now. It is tried again by itself.' : error.message}
      </p>
      <button type="button" className="dm-button" onClick={retry}>
        {error.isTemporary ? 'Try now' : 'Try again'}
      </button>
      {error.requestId ? <small title={`${source}, ${error.code}`}>Request {error.requestId}</small> : null}
    </div>
  );
}

export function NoMatch({ filter, clear }: { filter: string; clear: () => void }) {
  if (filter === '') {
    return (
      <div className="dm-note" role="status">
        <p>This source has no rows.</p>
      </div>
    );
  }
  return (
    <div className="dm-note" role="status">
      <p>No rows match “{filter}”.</p>
      <button type="button" className="dm-button" onClick={clear}>
        Clear the filter
      </button>
    </div>
  );
}
