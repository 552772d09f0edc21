import { formatNumber, takePath, withPath } from '@datamesh/widget-sdk';
import { useContextListener, useWidget } from '@datamesh/widget-sdk/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { ColumnMenu } from './ColumnMenu';
import { chosenColumns, columnsOf, matches, nextSort, toggleColumn } from './column-model';
import { Grid, type GridPlace } from './Grid';
import { Failed, NoMatch, Skeleton } from './notes';
import { readSettings, type TableSettings } from './settings';
import { cellOf, type Row, type TableSource } from './source';
import { useOwnSetting } from './use-own-setting';
import { useTable } from './use-table';
import { say } from './words';

interface State extends GridPlace {
  selected: string | null;
  filter: string;
}

export function DataTable() {
  const { widget, settings: own } = useWidget();
  const settings = readSettings(own);
  useEffect(() => widget.followLanguage(), [widget]);
  const { loading, retry } = useTable(settings.source);
  if (loading.status === 'loading') return <Skeleton density={settings.density} />;
  if (loading.status === 'failed') return <Failed error={loading.error} source={settings.source} retry={retry} />;
  return <Loaded key={settings.source} table={loading.table} settings={settings} />;
}

function Loaded({ table, settings }: { table: TableSource; settings: TableSettings }) {
  const { widget } = useWidget();
  const before = useRef(widget.restored as Partial<State> | undefined).current;
  const [selected, setSelected] = useState<string | null>(before?.selected ?? null);
  const [filter, setFilter] = useState(before?.filter ?? '');
  const [columns, setColumns] = useOwnSetting('columns', settings.columns);
  const [sort, setSort] = useOwnSetting('sort', settings.sort);
  const place = useRef<GridPlace>({ active: before?.active ?? null, scroll: before?.scroll ?? 0 });

  const all = table.columns;
  // Measured are those that are shown: a source may have thousands.
  const shown = useMemo(() => columnsOf(chosenColumns(table.columns, columns), table.rows), [table, columns]);
  const filtering = settings.filterBox ? filter : '';
  const rows = useMemo(() => table.rows.filter((row) => matches(row, shown, filtering)), [table, shown, filtering]);

  const state = useRef({ selected, filter });
  state.current = { selected, filter };
  useEffect(() => widget.keepState((): State => ({ ...state.current, ...place.current })), [widget]);

  // Marks what others speak about; only a person's own choice is broadcast, so nothing echoes.
  useContextListener(settings.context, (context) => {
    const id = takePath(context, settings.contextId);
    if (typeof id === 'string' || typeof id === 'number') setSelected(String(id));
  });
  const select = (row: Row): void => {
    const id = textOfCell(row, settings.idColumn);
    setSelected(id);
    const name = textOfCell(row, settings.nameColumn) || id;
    const context = withPath({ type: settings.context, name }, settings.contextId, id);
    widget.broadcast({ ...context, type: settings.context });
  };

  return (
    <div className="table" data-density={settings.density}>
      {settings.filterBox && (
        <search className="bar">
          <input
            type="search"
            aria-label={say('Filter rows')}
            placeholder={say('Filter')}
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
        </search>
      )}
      {rows.length === 0 ? (
        <NoMatch filter={filtering} clear={() => setFilter('')} />
      ) : (
        <Grid
          label={table.caption || say('Data')}
          columns={shown}
          rows={rows}
          sort={sort}
          onSort={(column) => setSort(nextSort(sort, column))}
          idColumn={settings.idColumn}
          selected={selected}
          onSelect={select}
          rowHeight={settings.density === 'compact' ? 28 : 36}
          place={place}
        />
      )}
      <footer>
        <span className="caption" title={table.caption}>
          {table.caption}
        </span>
        <output>
          {columns.length === 0 &&
            shown.length < all.length &&
            `${say('first {shown} of {all} columns', { shown: count(shown.length), all: count(all.length) })} · `}
          {rows.length === table.rows.length
            ? say('{count} rows', { count: count(rows.length) })
            : say('{count} of {all}', { count: count(rows.length), all: count(table.rows.length) })}
        </output>
        <ColumnMenu all={all} shown={shown} onToggle={(id) => setColumns(toggleColumn(all, columns, id))} onReset={() => setColumns([])} />
      </footer>
    </div>
  );
}

/** As it is told to others. */
function textOfCell(row: Row, id: string): string {
  const value = cellOf(row, id);
  return typeof value === 'object' ? '' : String(value ?? '');
}

const count = (value: number): string => formatNumber(value);
