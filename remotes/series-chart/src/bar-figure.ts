import { formatNumber } from '@datamesh/widget-sdk';
import { BarElement, type ChartConfiguration, type Plugin } from 'chart.js';
import type { Colours, Figure } from './figure';
import { tickStyle } from './line-figure';
import { type Bar, type RoutesAnswer, topRoutes } from './series';
import { say } from './words';

export function barFigure(answer: RoutesAnswer, destinations: number): Figure {
  const bars = topRoutes(answer.routes, destinations);
  const total = answer.routes.reduce((sum, { flights }) => sum + flights, 0);
  const share = (flights: number): string => `${formatNumber((flights / total) * 100, 1)}%`;
  return {
    label: say('Flights from {name} by destination', { name: answer.name }),
    count: bars.length,
    axis: 'y',
    config: (colours) => barConfig(colours, bars),
    tell: (index) => {
      const bar = bars[index];
      if (!bar) return { title: '', lines: [] };
      return {
        title: bar.rest ? bar.label : `${bar.label} · ${bar.detail}`,
        lines: [{ label: say('Flights'), value: `${formatNumber(bar.flights)} (${share(bar.flights)})`, swatch: null }],
      };
    },
    table: {
      head: ['Destination', 'Name', 'Flights', 'Share'].map((title) => say(title)),
      rows: bars.map(({ label, detail, flights }) => [label, detail, formatNumber(flights), share(flights)]),
    },
  };
}

/** Where the scale ends when the rest would flatten every bar beside it: its own bar then runs off the scale, and says so. */
export function scaleEnd(bars: readonly Bar[]): number | null {
  const rest = bars.find((bar) => bar.rest);
  const largest = bars[0]?.flights ?? 0;
  return rest && rest.flights > largest * 1.6 ? Math.ceil(largest * 1.12) : null;
}

function barConfig(colours: Colours, bars: readonly Bar[]): ChartConfiguration {
  const cutOff = scaleEnd(bars);
  return {
    type: 'bar',
    plugins: cutOff === null ? [] : [restLabel(colours, bars)],
    data: {
      labels: bars.map(({ label }) => label),
      datasets: [
        {
          data: bars.map(({ flights }) => flights),
          backgroundColor: bars.map(({ rest }) => (rest ? colours['line-strong'] : colours['series-1'])),
          borderRadius: 3,
          maxBarThickness: 26,
          categoryPercentage: 0.9,
          barPercentage: 0.88,
        },
      ],
    },
    options: {
      indexAxis: 'y',
      responsive: false,
      maintainAspectRatio: false,
      animation: false,
      events: [],
      layout: { padding: { left: 2, right: 10, top: 4 } },
      scales: {
        x: {
          type: 'linear',
          beginAtZero: true,
          grid: { color: colours.line, drawTicks: false },
          border: { display: false },
          ...(cutOff === null ? {} : { max: cutOff }),
          ticks: {
            ...tickStyle(colours),
            maxRotation: 0,
            includeBounds: cutOff === null,
            maxTicksLimit: 6,
            padding: 6,
            callback: (value) => formatNumber(Number(value)),
          },
        },
        y: {
          type: 'category',
          grid: { display: false },
          border: { color: colours.line },
          ticks: { ...tickStyle(colours), color: colours['fg-2'] },
        },
      },
    },
  };
}

/** The figure of the rest, written on its bar, because the bar's length does not tell it. */
const restLabel = (colours: Colours, bars: readonly Bar[]): Plugin => ({
  id: 'rest-label',
  afterDatasetsDraw: (chart) => {
    const { ctx, chartArea } = chart;
    const index = bars.findIndex((bar) => bar.rest);
    const bar = chart.getDatasetMeta(0).data[index];
    // Thinner than its text, a bar cannot carry it: the table and the pointer still tell.
    if (!(bar instanceof BarElement) || bar.getProps(['height']).height < 12) return;
    ctx.save();
    ctx.font = `550 11px ${colours.font}`;
    ctx.textAlign = 'right';
    ctx.textBaseline = 'middle';
    ctx.fillStyle = colours.fg;
    ctx.fillText(say('{flights}, off the scale ▸', { flights: formatNumber(bars[index]?.flights ?? 0) }), chartArea.right - 6, bar.y);
    ctx.restore();
  },
});
