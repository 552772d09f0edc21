import { useId } from 'react';
import type { Column } from './column-model';

interface ColumnMenuProps {
  all: readonly Column[];
  shown: readonly Column[];
  onToggle(id: string): void;
  onReset(): void;
}

/** Which columns are shown. A popover of the browser: it closes by Escape or a click beside it, and no panel clips it. */
export function ColumnMenu({ all, shown, onToggle, onReset }: ColumnMenuProps) {
  const id = useId();
  return (
    <>
      <button type="button" className="dm-icon-button" popoverTarget={id} aria-label="Choose columns" title="Choose columns">
        <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.4" aria-hidden="true">
          <rect x="2" y="3" width="12" height="10" rx="1.5" />
          <path d="M6 3v10M10 3v10" />
        </svg>
      </button>
      <div id={id} popover="auto" className="menu">
        <fieldset>
          <legend>Columns</legend>
          {all.map((column) => {
            const on = shown.includes(column);
            return (
              <label key={column.id}>
                <input type="checkbox" checked={on} disabled={on && shown.length === 1} onChange={() => onToggle(column.id)} />
                {column.title}
              </label>
            );
          })}
        </fieldset>
        <button type="button" className="dm-button" onClick={onReset}>
          Show all
        </button>
      </div>
    </>
  );
}
