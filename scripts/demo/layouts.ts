/** The two layouts that the demo company starts with. Setting names are those of the widgets' widget.json. */

import type { LayoutContentInput, LayoutNode, SplitNode, StackNode } from '@datamesh/contracts';

type Share = SplitNode['children'][number];

const stack = (...panels: string[]): StackNode => ({ type: 'stack', active: 0, panels });
const row = (...children: Share[]): SplitNode => ({ type: 'row', children });
const column = (...children: Share[]): SplitNode => ({ type: 'column', children });
const share = (size: number, node: LayoutNode): Share => ({ size, node });

const marketsNote = `Select a row of **Instruments**: the price history and the heading above follow it.

- [ ] Compare with the S&P 500 (settings of the chart)
- [ ] Narrow the date range to the last three years
`;
const operationsNote = `Select an airport: its busiest routes and the heading above follow it.

- [ ] Filter the table by a city
- [ ] Sort by destinations
`;

const markets: LayoutContentInput = {
  title: 'Markets morning',
  department: 'sales',
  visibility: 'department',
  defaultChannel: 'blue',
  tree: row(
    share(0.45, column(share(0.56, stack('instruments')), share(0.44, stack('usage', 'notes')))),
    share(0.55, column(share(0.19, stack('range')), share(0.81, stack('chart')))),
  ),
  panels: {
    instruments: {
      widget: 'data-table@stable',
      title: 'Instruments',
      settings: { source: 'markets/instruments.json', columns: ['symbol', 'name', 'last', 'change', 'percent', 'spark'] },
    },
    chart: { widget: 'series-chart@stable', title: 'Price history', settings: { symbol: 'SP500' } },
    range: { widget: 'date-range@stable', title: 'Date range', settings: {} },
    notes: { widget: 'notes@stable', title: 'Notes', settings: { text: marketsNote } },
    usage: { widget: 'usage@stable', title: 'Usage', settings: {} },
  },
};

const operations: LayoutContentInput = {
  title: 'Airport operations',
  department: 'operations',
  visibility: 'department',
  defaultChannel: 'blue',
  tree: row(share(0.52, stack('airports')), share(0.48, column(share(0.6, stack('routes')), share(0.4, stack('usage', 'notes'))))),
  panels: {
    airports: {
      widget: 'data-table@stable',
      title: 'Airports',
      settings: {
        source: 'operations/airports.json',
        columns: ['iata', 'name', 'city', 'country', 'destinations', 'flights'],
        sort: '-flights',
        context: 'datamesh.airport',
        'context-id': 'id.iata',
        'id-column': 'iata',
        'name-column': 'name',
      },
    },
    routes: { widget: 'series-chart@stable', title: 'Busiest routes', settings: {} },
    notes: { widget: 'notes@stable', title: 'Notes', settings: { text: operationsNote } },
    usage: { widget: 'usage@stable', title: 'Usage', settings: {} },
  },
};

/** By department. */
export const layouts = { sales: markets, operations };
