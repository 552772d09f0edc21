import { parseCsv } from './csv.ts';

/** The package has tickers only. These are the names at the time of the data. */
const NAMES = { AAPL: 'Apple', AMZN: 'Amazon', GOOG: 'Google', IBM: 'IBM', MSFT: 'Microsoft' };
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const SPARK_MONTHS = 24;

/** ISO date and price. */
type Point = [date: string, value: number];

interface Series {
  caption: string;
  symbol: string;
  name: string;
  unit: string;
  points: Point[];
}

/** A row of a price table. */
interface Price {
  date: string;
  price: string;
}

/** The files of the source `markets`, by path; of the tables stocks.csv and sp500.csv as text. */
export function markets({ stocks, sp500 }: { stocks: string; sp500: string }): Map<string, unknown> {
  const prices = parseCsv(stocks, ['symbol', 'date', 'price']);
  const series = [
    ...Object.entries(NAMES).map(([symbol, name]) =>
      stockSeries(
        symbol,
        name,
        prices.filter((row) => row.symbol === symbol),
      ),
    ),
    indexSeries(parseCsv(sp500, ['date', 'price'])),
  ];
  return new Map<string, unknown>([
    ['instruments.json', instruments(series)],
    ...series.map((one) => [`series/${one.symbol}.json`, one] as const),
  ]);
}

function stockSeries(symbol: string, name: string, rows: readonly Price[]): Series {
  const points = pointsOf(rows);
  return {
    caption: `Monthly price in USD, ${span(points)}, from the vega-datasets package (stocks.csv)`,
    symbol,
    name,
    unit: 'USD',
    points,
  };
}

function indexSeries(rows: readonly Price[]): Series {
  const points = pointsOf(rows);
  const caption = `Monthly close in index points, ${span(points)}, from the vega-datasets package (sp500.csv)`;
  return { caption, symbol: 'SP500', name: 'S&P 500', unit: 'points', points };
}

function instruments(series: readonly Series[]) {
  const all = series.flatMap(({ points }) => points);
  return {
    caption: `Last monthly price and its change from the month before; ${span(all)}, from the vega-datasets package (stocks.csv, sp500.csv)`,
    columns: [
      { id: 'symbol', title: 'Symbol', type: 'text' },
      { id: 'name', title: 'Name', type: 'text' },
      { id: 'last', title: 'Last', type: 'number' },
      { id: 'unit', title: 'Unit', type: 'text' },
      { id: 'change', title: 'Change', type: 'number' },
      { id: 'percent', title: '%', type: 'percent' },
      { id: 'spark', title: `${SPARK_MONTHS} months`, type: 'spark' },
    ],
    rows: series.map(({ symbol, name, unit, points }) => {
      const [before, latest] = points.slice(-2);
      if (!before || !latest) throw new Error(`${symbol} has no two prices`);
      const [asOf, last] = latest;
      const change = round(last - before[1]);
      return {
        symbol,
        name,
        last,
        unit,
        change,
        percent: round((change / before[1]) * 100),
        spark: points.slice(-SPARK_MONTHS).map(([, value]) => value),
        asOf,
      };
    }),
  };
}

function pointsOf(rows: readonly Price[]): Point[] {
  const points = rows.map((row): Point => [isoDate(row.date), Number(row.price)]);
  for (const [date, value] of points) if (!Number.isFinite(value)) throw new Error(`no price on ${date}`);
  return points.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** "Mar 1 2010" -> "2010-03-01"; by hand, so that no time zone can move it. */
function isoDate(text: string): string {
  const [month = '', day = '', year = ''] = text.split(' ');
  const number = MONTHS.indexOf(month) + 1;
  if (number === 0 || !/^\d{1,2}$/.test(day) || !/^\d{4}$/.test(year)) throw new Error(`"${text}" is not a date such as "Mar 1 2010"`);
  return `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function span(points: readonly Point[]): string {
  const dates = points.map(([date]) => date).sort();
  const month = (date = ''): string =>
    new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(date));
  return `${month(dates.at(0))} – ${month(dates.at(-1))}`;
}

const round = (value: number): number => Math.round(value * 100) / 100;
