import { type CSSProperties, memo } from 'react';
import { type Column, isFigure, sparkOf, textOf } from './column-model';
import { Sparkline } from './Sparkline';
import { cellOf, type Row } from './source';

interface GridRowProps {
  index: number;
  top: number;
  row: Row;
  columns: readonly Column[];
  idColumn: string;
  selected: boolean;
  tabbable: boolean;
  onChoose(index: number): void;
}

export const GridRow = memo(function GridRow({ index, top, row, columns, idColumn, selected, tabbable, onChoose }: GridRowProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of a virtual grid
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard once, on the group of rows
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-index={index}
      className="row body"
      tabIndex={tabbable ? 0 : -1}
      style={{ '--top': `${top}px` } as CSSProperties}
      onClick={() => onChoose(index)}
    >
      {columns.map((column, at) => (
        // biome-ignore lint/a11y/useSemanticElements: part of a virtual grid
        // biome-ignore lint/a11y/useFocusableInteractive: rows take the focus in this grid, as one row is one choice
        <div key={column.id} role="gridcell" aria-colindex={at + 1} className={classOf(column, cellOf(row, column.id), idColumn)}>
          <Cell column={column} value={cellOf(row, column.id)} />
        </div>
      ))}
    </div>
  );
});

function Cell({ column, value }: { column: Column; value: unknown }) {
  if (column.type === 'spark')
    return Array.isArray(value) && value.length > 1 ? <Sparkline values={sparkOf(value)} label={column.title} /> : null;
  const text = textOf(column, value);
  return isFigure(column.type) ? text : <span title={text.length > 24 ? text : undefined}>{text}</span>;
}

function classOf(column: Column, value: unknown, idColumn: string): string {
  const classes = ['cell'];
  if (isFigure(column.type)) classes.push('figure');
  if (column.id === idColumn) classes.push('identity');
  if (column.signed && typeof value === 'number' && value !== 0) classes.push(value > 0 ? 'dm-good' : 'dm-bad');
  return classes.join(' ');
}
