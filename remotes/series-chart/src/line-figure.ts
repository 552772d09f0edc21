import { formatMonth, formatNumber } from '@datamesh/widget-sdk';
import type { ChartConfiguration } from 'chart.js';
import type { Colours, Figure, Told } from './figure';
import { alignTo, indexed, type Point, type SeriesAnswer, timeTicks } from './series';
import { say } from './words';

interface LineInput {
  series: SeriesAnswer;
  /** The series cut to the range; never empty. */
  points: readonly Point[];
  compare: SeriesAnswer | null;
  area: boolean;
}

const timeOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

export function lineFigure({ series, points, compare, area }: LineInput): Figure {
  const first = points[0]?.[0] ?? '';
  const last = points.at(-1)?.[0] ?? '';
  const drawn = compare ? indexed(points) : points;
  const aligned = compare ? alignTo(points, compare.points) : [];
  const base = aligned.find((value) => value !== null);
  const beside = compare && base ? aligned.map((value) => (value === null ? null : (value / base) * 100)) : null;
  const figures = beside ? say('as an index') : series.unit;

  const tell = (index: number): Told => {
    const [day = first, value = 0] = points[index] ?? [];
    const lines: Told['lines'] = [{ label: series.symbol, value: `${formatNumber(value, 2)} ${series.unit}`, swatch: null }];
    if (!beside) return { title: formatMonth(day), lines };
    const other = beside[index];
    return {
      title: formatMonth(day),
      lines: [
        { label: series.symbol, value: `${formatNumber(drawn[index]?.[1] ?? 0, 1)} · ${formatNumber(value, 2)} ${series.unit}`, swatch: 1 },
        { label: compare?.name ?? '', value: other === null || other === undefined ? '–' : formatNumber(other, 1), swatch: 2 },
      ],
    };
  };

  return {
    label: `${series.name}, ${figures}, ${say('{from} to {to}', { from: formatMonth(first), to: formatMonth(last) })}`,
    count: points.length,
    axis: 'x',
    tell,
    config: (colours) => lineConfig(colours, drawn, beside, area, [first, last]),
    table: {
      head: [say('Month'), say('Close, {unit}', { unit: series.unit }), ...(beside ? [say('Index'), compare?.name ?? ''] : [])],
      rows: points.map(([day, value], index) => {
        const row = [formatMonth(day), formatNumber(value, 2)];
        const other = beside?.[index];
        if (beside) row.push(formatNumber(drawn[index]?.[1] ?? 0, 1), other === null || other === undefined ? '–' : formatNumber(other, 1));
        return row;
      }),
    },
  };
}

function lineConfig(
  colours: Colours,
  points: readonly Point[],
  beside: readonly (number | null)[] | null,
  area: boolean,
  [first, last]: [string, string],
): ChartConfiguration {
  const main = {
    data: points.map(([day, value]) => ({ x: timeOf(day), y: value })),
    borderColor: colours['series-1'],
    borderWidth: 1.6,
    pointRadius: 0,
    // A comparison is about two lines; an area under one of them would hide the other.
    fill: area && !beside ? ('start' as const) : false,
    backgroundColor: `color-mix(in srgb, ${colours['series-1']} 11%, transparent)`,
  };
  const other = {
    data: (beside ?? []).map((y, index) => ({ x: timeOf(points[index]?.[0] ?? first), y: y ?? Number.NaN })),
    borderColor: colours['series-2'],
    borderWidth: 1.6,
    borderDash: [5, 3],
    pointRadius: 0,
  };
  return {
    type: 'line',
    data: { datasets: beside ? [main, other] : [main] },
    options: {
      responsive: false,
      maintainAspectRatio: false,
      animation: false,
      events: [],
      parsing: false,
      normalized: true,
      layout: { padding: { left: 6, right: 2, top: 8 } },
      scales: {
        x: {
          type: 'linear',
          min: timeOf(first),
          max: timeOf(last),
          grid: { display: false },
          border: { color: colours.line },
          afterBuildTicks: (axis) => {
            axis.ticks = timeTicks(first, last, Math.max(2, Math.floor(axis.width / 64))).map((day) => ({ value: timeOf(day) }));
          },
          ticks: {
            ...tickStyle(colours),
            maxRotation: 0,
            autoSkip: false,
            align: 'inner',
            callback: (value) => labelOf(dayOf(Number(value)), first, last),
          },
        },
        y: {
          type: 'linear',
          position: 'right',
          grace: '4%',
          grid: { color: colours.line, drawTicks: false },
          border: { display: false },
          ticks: {
            ...tickStyle(colours),
            maxTicksLimit: 6,
            padding: 8,
            callback: (value) => formatNumber(Number(value), Number.isInteger(Number(value)) ? 0 : 1),
          },
        },
      },
    },
  };
}

export const tickStyle = (colours: Colours) => ({ color: colours['fg-3'], font: { family: colours.font, size: 11 } });

/** Only years over many years; months carry their year where it changes. */
function labelOf(day: string, first: string, last: string): string {
  const long = Number(last.slice(0, 4)) - Number(first.slice(0, 4)) > 2;
  return long && day.slice(5, 7) === '01' ? day.slice(0, 4) : formatMonth(day);
}
