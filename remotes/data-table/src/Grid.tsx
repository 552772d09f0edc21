import { type ColumnDef, getCoreRowModel, getSortedRowModel, useReactTable } from '@tanstack/react-table';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { type Column, compareCells, isFigure, isMissing, parseSort } from './column-model';
import { GridHeader } from './GridHeader';
import { GridRow } from './GridRow';
import { moveActive, rowIds } from './row-keys';
import { cellOf, type Row } from './source';

/** Where the reader is; kept across a swap of the version. */
export interface GridPlace {
  active: string | null;
  scroll: number;
}

export interface GridProps {
  label: string;
  columns: readonly Column[];
  rows: readonly Row[];
  sort: string;
  onSort(column: Column): void;
  idColumn: string;
  selected: string | null;
  onSelect(row: Row): void;
  rowHeight: number;
  place: RefObject<GridPlace>;
}

const HEADER_HEIGHT = 30;

export function Grid(props: GridProps) {
  const { columns, rowHeight, selected, place } = props;
  const rows = useSortedRows(props);
  const indexOf = useMemo(() => new Map(rows.map(({ id }, index) => [id, index])), [rows]);
  const [active, setActive] = useState(place.current.active);
  const activeIndex = indexOf.get(active ?? selected ?? '') ?? 0;
  const scroller = useRef<HTMLDivElement>(null);
  const takeFocus = useRef(false);

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    initialOffset: place.current.scroll,
    scrollPaddingStart: HEADER_HEIGHT,
    scrollMargin: 0,
    // The active row exists also while it is out of sight: it holds the focus.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), activeIndex])].filter((index) => index < rows.length).sort((a, b) => a - b),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another height means other places
  useLayoutEffect(() => virtual.measure(), [rowHeight]);

  // What others speak about comes into sight, once for each new subject.
  const shownSelection = useRef(place.current.scroll > 0 ? selected : null);
  useEffect(() => {
    const index = selected === null ? undefined : indexOf.get(selected);
    if (index === undefined || shownSelection.current === selected) return;
    shownSelection.current = selected;
    virtual.scrollToIndex(index, { align: 'auto' });
  }, [selected, indexOf, virtual]);

  useEffect(() => {
    if (!takeFocus.current) return;
    takeFocus.current = false;
    virtual.scrollToIndex(activeIndex, { align: 'auto' });
    scroller.current?.querySelector<HTMLElement>(`[data-index="${activeIndex}"]`)?.focus({ preventScroll: true });
  });

  const choose = (index: number): void => {
    const row = rows[index];
    if (!row) return;
    shownSelection.current = row.id;
    setActive(row.id);
    place.current.active = row.id;
    props.onSelect(row.original);
  };
  const latestChoose = useRef(choose);
  latestChoose.current = choose;
  const onChoose = useCallback((index: number) => latestChoose.current(index), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEADER_HEIGHT) / rowHeight) - 1);
    const to = moveActive(event.key, activeIndex, rows.length, page);
    const isChoice = event.key === 'Enter' || event.key === ' ';
    if (to === null && !isChoice) return;
    event.preventDefault();
    if (to === null) {
      choose(activeIndex);
      return;
    }
    takeFocus.current = true;
    const id = rows[to]?.id ?? null;
    place.current.active = id;
    setActive(id);
    if (to === activeIndex) takeFocus.current = false;
  };

  const frame = {
    '--columns': columns.map(({ width }) => width).join(' '),
    '--least': `${columns.reduce((sum, { least }) => sum + least, 0)}px`,
    '--row': `${rowHeight}px`,
  } as CSSProperties;
  return (
    <div
      className="scroller"
      ref={scroller}
      style={frame}
      onScroll={(event) => {
        place.current.scroll = event.currentTarget.scrollTop;
      }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: thousands of rows are drawn a screen at a time, which <table> cannot do */}
      <div role="grid" aria-label={props.label} aria-rowcount={rows.length + 1} aria-colcount={columns.length} className="grid">
        <GridHeader columns={columns} sort={props.sort} onSort={props.onSort} />
        {/* biome-ignore lint/a11y/useSemanticElements: part of a virtual grid */}
        <div role="rowgroup" className="rows" style={{ '--height': `${virtual.getTotalSize()}px` } as CSSProperties} onKeyDown={onKeyDown}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            if (!row) return null;
            return (
              <GridRow
                key={row.id}
                index={index}
                top={start}
                row={row.original}
                columns={columns}
                idColumn={props.idColumn}
                selected={row.id === selected}
                tabbable={index === activeIndex}
                onChoose={onChoose}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

function useSortedRows({ columns, rows, sort, idColumn }: GridProps) {
  const definitions = useMemo(
    () =>
      columns.map(
        (column): ColumnDef<Row> => ({
          id: column.id,
          accessorFn: (row) => (isMissing(cellOf(row, column.id)) ? undefined : cellOf(row, column.id)),
          sortUndefined: 'last',
          sortingFn: (a, b, id) => compareCells(a.getValue(id), b.getValue(id)),
          enableSorting: column.type !== 'spark',
          meta: { figure: isFigure(column.type) },
        }),
      ),
    [columns],
  );
  const sorting = useMemo(() => {
    const parsed = parseSort(sort);
    return parsed && columns.some(({ id }) => id === parsed.id) ? [parsed] : [];
  }, [sort, columns]);
  const ids = useMemo(() => rowIds(rows, idColumn), [rows, idColumn]);
  const table = useReactTable({
    data: rows as Row[],
    columns: definitions,
    state: { sorting },
    getRowId: (_, index) => ids[index] ?? String(index),
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
  });
  return table.getRowModel().rows;
}
