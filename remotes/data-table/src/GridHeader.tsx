import { type Column, isFigure, parseSort } from './column-model';

interface GridHeaderProps {
  columns: readonly Column[];
  sort: string;
  onSort(column: Column): void;
}

export function GridHeader({ columns, sort, onSort }: GridHeaderProps) {
  const sorted = parseSort(sort);
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of a virtual grid
    // biome-ignore lint/a11y/useFocusableInteractive: the focus is on the sort buttons within
    <div role="row" aria-rowindex={1} className="row head">
      {columns.map((column, index) => {
        const direction = sorted?.id === column.id ? (sorted.desc ? 'descending' : 'ascending') : 'none';
        return (
          // biome-ignore lint/a11y/useSemanticElements: part of a virtual grid
          // biome-ignore lint/a11y/useFocusableInteractive: the focus is on the sort button within
          <div
            key={column.id}
            role="columnheader"
            aria-colindex={index + 1}
            aria-sort={column.type === 'spark' ? undefined : direction}
            className={isFigure(column.type) ? 'cell figure' : 'cell'}
          >
            {column.type === 'spark' ? (
              column.title
            ) : (
              <button type="button" onClick={() => onSort(column)} title={column.unit ? `${column.title}, ${column.unit}` : column.title}>
                <span>{column.title}</span>
                {direction !== 'none' && <i aria-hidden="true">{direction === 'ascending' ? '▲' : '▼'}</i>}
              </button>
            )}
          </div>
        );
      })}
    </div>
  );
}
