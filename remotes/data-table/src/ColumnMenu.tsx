import { formatNumber } from '@datamesh/widget-sdk';
import { useId, useState } from 'react';
import { MAX_COLUMNS } from './column-model';
import type { SourceColumn } from './source';
import { say } from './words';

interface ColumnMenuProps {
  all: readonly SourceColumn[];
  shown: readonly { id: string }[];
  onToggle(id: string): void;
  onReset(): void;
}

/** As many as are listed at a time; of more, a part of the name is typed. */
const LISTED = 100;

/** Which columns are shown. A popover of the browser: it closes by Escape or a click beside it, and no panel clips it. */
export function ColumnMenu({ all, shown, onToggle, onReset }: ColumnMenuProps) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const wanted = typed.trim().toLowerCase();
  const on = new Set(shown.map((column) => column.id));
  const found = wanted === '' ? all : all.filter((column) => `${column.title} ${column.id}`.toLowerCase().includes(wanted));
  return (
    <>
      <button type="button" className="dm-icon-button" popoverTarget={id} aria-label={say('Choose columns')} title={say('Choose columns')}>
        <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.4" aria-hidden="true">
          <rect x="2" y="3" width="12" height="10" rx="1.5" />
          <path d="M6 3v10M10 3v10" />
        </svg>
      </button>
      <div id={id} popover="auto" className="menu">
        {all.length > LISTED && (
          <input
            type="search"
            aria-label={say('Find a column')}
            placeholder={say('Find one of {count}', { count: formatNumber(all.length) })}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        )}
        <fieldset>
          <legend>{say('Columns')}</legend>
          {found.slice(0, LISTED).map((column) => (
            <label key={column.id}>
              <input
                type="checkbox"
                checked={on.has(column.id)}
                disabled={on.has(column.id) ? on.size === 1 : on.size === MAX_COLUMNS}
                onChange={() => onToggle(column.id)}
              />
              {column.title}
            </label>
          ))}
          {found.length === 0 && <p>{say('No column is called so.')}</p>}
          {found.length > LISTED && <p>{say('{count} more: type a part of the name.', { count: formatNumber(found.length - LISTED) })}</p>}
        </fieldset>
        <button type="button" className="dm-button" onClick={onReset}>
          {all.length > MAX_COLUMNS ? say('Show the first {count}', { count: MAX_COLUMNS }) : say('Show all')}
        </button>
      </div>
    </>
  );
}
